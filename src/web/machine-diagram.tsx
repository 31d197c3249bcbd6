/** The machine, with the state this rotation is in lit. Drawn from the machine's own words. */
import { meta } from '../../machines/rotation.meta.ts'
import type { StateName } from '../../machines/rotation.meta.ts'

interface Place {
  state: StateName
  x: number
  y: number
  name: string
}

const PLACES: readonly Place[] = [
  { state: 'creatingToken', x: 0, y: 8, name: 'creating' },
  { state: 'updatingIdp', x: 122, y: 8, name: 'updating IdP' },
  { state: 'testingConnection', x: 244, y: 8, name: 'testing' },
  { state: 'verifyingEvent', x: 366, y: 8, name: 'verifying' },
  { state: 'revokingOldToken', x: 488, y: 8, name: 'revoking old' },
  { state: 'rotated', x: 610, y: 8, name: 'rotated' },
  { state: 'halted', x: 122, y: 88, name: 'halted' },
  { state: 'abandoned', x: 244, y: 88, name: 'abandoned' },
  { state: 'revokingNewToken', x: 488, y: 88, name: 'revoking new' },
  { state: 'rolledBack', x: 610, y: 88, name: 'rolled back' },
]

/** Box edges: forward along the top, the way back below, halting from every step and back again. */
const WAYS = [
  'M108 26h14m108 0h14m108 0h14m108 0h14m108 0h14',
  'M420 44v24h122v20',
  'M596 106h14',
  'M176 44v44M54 44v24h122M298 44v24H176M420 68H298',
  'M298 68v20',
]

export const MachineDiagram = ({ state }: { state: StateName }) => (
  <figure class="machine">
    <svg viewBox="0 0 720 132" role="img" aria-label={`State: ${meta[state].title}`}>
      {WAYS.map((d) => (
        <path class="way" d={d} />
      ))}
      {PLACES.map((place) => (
        <g class={place.state === state ? 'place lit' : 'place'}>
          <rect x={place.x + 1} y={place.y} width="106" height="36" rx="4" />
          <text x={place.x + 54} y={place.y + 23} text-anchor="middle">
            {place.name}
          </text>
        </g>
      ))}
    </svg>
    <figcaption>
      <strong>{meta[state].title}.</strong> {meta[state].purpose}{' '}
      {meta[state].without !== '' && <>Without it: {meta[state].without}</>}
    </figcaption>
  </figure>
)
