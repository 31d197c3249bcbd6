/** One look tells whether the old token still works somewhere: ours hollow, theirs filled. The same stands beside it in words. */
import { ms } from '../../machines/vocabulary.ts'
import { proofLine, ticks, told } from './proof-line.ts'
import type { Mark, ProofLine } from './proof-line.ts'
import type { RotationData } from './rotation-data.ts'
import { Prose, Time } from './time.tsx'

const LEFT = 168
const WIDTH = 720
const ROWS = { old: 48, new: 88, event: 128 } as const

export const ProofPicture = ({ data }: { data: RotationData }) => {
  const { view, look } = data
  const line = proofLine(view, look.now)
  if (line === null) return null
  const x = (at: string | number): number => {
    const share = ((typeof at === 'number' ? at : ms(at)) - line.from) / (line.to - line.from)
    return Math.round(LEFT + Math.min(1, Math.max(0, share)) * (WIDTH - LEFT - 8))
  }
  return (
    <section aria-labelledby="proof">
      <h2 id="proof">The proof, as a picture</h2>
      <figure class="proof">
        <svg viewBox={`0 0 ${WIDTH} 168`} role="img" aria-labelledby="proof-words">
          <Scale line={line} x={x} />
          {line.quiet !== null && <Band quiet={line.quiet} now={look.now} x={x} />}
          <Row name={`old ${hint(view.oldToken.hint)}`} row="old" />
          <Row name={`new ${hint(view.newToken?.hint ?? null)}`} row="new" />
          <Row name="events" row="event" />
          <Cutover x={x(line.cutoverAt)} />
          {line.marks.map((mark) => (
            <Dot mark={mark} x={x(mark.at)} />
          ))}
          {line.marks.every(({ row }) => row !== 'event') && (
            <text class="faint" x={LEFT + 8} y={ROWS.event - 6}>
              none seen
            </text>
          )}
        </svg>
        <figcaption>
          <p class="legend">
            Filled: somebody else. Hollow: Interlock’s own requests. Crossed: does not count.
            Upright line: the cutover. Band: the quiet window.
          </p>
          <ol id="proof-words" class="words">
            {told(line).map((mark) => (
              <li>
                <Time at={mark.at} now={look.now} exactly />{' '}
                <Prose text={mark.words} now={look.now} />
              </li>
            ))}
          </ol>
        </figcaption>
      </figure>
    </section>
  )
}

/** Long hints keep their end: that is what a person compares. */
const hint = (text: string | null): string =>
  text === null ? 'token' : `token ${text.length > 12 ? `…${text.slice(-8)}` : text}`

/** Text near an edge stays inside. */
const anchorAt = (x: number): 'start' | 'middle' | 'end' =>
  x > WIDTH - 60 ? 'end' : x < LEFT ? 'start' : 'middle'

const Row = ({ name, row }: { name: string; row: keyof typeof ROWS }) => (
  <>
    <text x="0" y={ROWS[row] + 4}>
      {name}
    </text>
    <path class="rail" d={`M${LEFT} ${ROWS[row]}H${WIDTH}`} />
  </>
)

const Scale = ({ line, x }: { line: ProofLine; x: (at: string) => number }) => (
  <>
    {ticks(line).map((at, i) => (
      <text
        class="faint"
        x={x(at)}
        y="14"
        text-anchor={i === 0 ? 'start' : i === 3 ? 'end' : 'middle'}
      >
        {at.slice(11, line.to - line.from < 600_000 ? 19 : 16)}
      </text>
    ))}
    <text class="faint" x="0" y="14">
      UTC
    </text>
  </>
)

const Cutover = ({ x }: { x: number }) => (
  <>
    <path class="cutover" d={`M${x} 24V146`} />
    <text class="faint" x={x} y="162" text-anchor={anchorAt(x)}>
      cutover
    </text>
  </>
)

const Band = (props: {
  quiet: { since: string; until: string }
  now: number
  x: (at: string | number) => number
}) => {
  const { quiet, now, x } = props
  const start = x(quiet.since)
  const end = x(quiet.until)
  const filled = Math.min(end, x(now))
  return (
    <>
      <rect class="band" x={start} y={ROWS.old - 12} width={Math.max(0, end - start)} height="24" />
      <rect
        class="band over"
        x={start}
        y={ROWS.old - 12}
        width={Math.max(0, filled - start)}
        height="24"
      />
    </>
  )
}

const Dot = ({ mark, x }: { mark: Mark; x: number }) => {
  const y = ROWS[mark.row]
  return mark.kind === 'void' ? (
    <path class="mark" d={`M${x - 5} ${y - 5}l10 10m0-10l-10 10`} />
  ) : (
    <circle class={`mark ${mark.kind}`} cx={x} cy={y} r="6" />
  )
}
