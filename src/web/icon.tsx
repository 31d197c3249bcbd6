/** The icons: nine shapes, drawn once per page and used by name, always beside a word. */
const SHAPES = {
  done: 'M3 8.5l3.2 3.2L13 4.8',
  open: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z',
  now: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  wait: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 5v3.2l2.2 1.6',
  stop: 'M5.6 2h4.8L14 5.6v4.8L10.4 14H5.6L2 10.4V5.6zM8 5v3.6M8 10.9v.2',
  person: 'M8 2.5a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2zM3 13.5c.6-3 2.6-4.3 5-4.3s4.4 1.3 5 4.3',
  key: 'M10.5 2.5a3 3 0 1 1-2.3 5L3 12.7v.8h2l.6-1.6 1.2-.3.3-1.4 1.9-1.5',
  look: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4l3.1 3.1',
  none: 'M3 8h10',
} as const

export type IconName = keyof typeof SHAPES

export const IconSheet = () => (
  <svg class="sheet" aria-hidden="true" width="0" height="0">
    {Object.entries(SHAPES).map(([name, d]) => (
      <symbol id={`i-${name}`} viewBox="0 0 16 16">
        <path d={d} />
      </symbol>
    ))}
  </svg>
)

export const Icon = ({ name }: { name: IconName }) => (
  <svg class={`icon icon-${name}`} aria-hidden="true" width="16" height="16">
    <use href={`#i-${name}`} />
  </svg>
)
