/**
 * Draws the machine as it is: a Mermaid state diagram for what leads from state to state, and a table
 * of what each state takes without leaving it. Run by itself, it writes both into ARCHITECTURE.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { rotationMachine } from '../../machines/rotation.machine.ts'
import { meta } from '../../machines/rotation.meta.ts'
import type { StateName } from '../../machines/rotation.meta.ts'

export const ARCHITECTURE = new URL('../../ARCHITECTURE.md', import.meta.url)
const BEGIN = '<!-- diagram:rotation:begin -->'
const END = '<!-- diagram:rotation:end -->'

interface Arrow {
  from: string
  /** The same as `from` where the event does not leave the state. */
  to: string
  event: string
  guard: string | null
}

/** Every transition, in the order in which XState tries them. */
export function arrows(): Arrow[] {
  return Object.values(rotationMachine.states).flatMap((state) =>
    [...state.transitions.values()].flat().map(({ eventType, guard, target }) => ({
      from: state.key,
      to: target?.[0]?.key ?? state.key,
      event: eventType,
      guard: guard === undefined ? null : nameOf(guard),
    })),
  )
}

/** A guard without a name could not be drawn, so there is none. */
function nameOf(guard: unknown): string {
  if (typeof guard === 'string') return guard
  throw new Error('a guard without a name')
}

const label = ({ event, guard }: Arrow): string => (guard === null ? event : `${event} [${guard}]`)

export function diagram(): string {
  const all = arrows()
  const leaving = all.filter((arrow) => arrow.from !== arrow.to)
  const pairs = new Map<string, string[]>()
  for (const arrow of leaving) {
    const pair = `${arrow.from} --> ${arrow.to}`
    pairs.set(pair, [...(pairs.get(pair) ?? []), label(arrow)])
  }
  const ends = Object.values(rotationMachine.states).filter((state) => state.type === 'final')
  return [
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${rotationMachine.root.initial.target[0]?.key ?? ''}`,
    ...[...pairs].map(([pair, labels]) => `  ${pair}: ${labels.join('<br/>')}`),
    ...ends.map((state) => `  ${state.key} --> [*]`),
    '```',
    '',
    '| state | step | taken without leaving it |',
    '| --- | --- | --- |',
    ...Object.keys(rotationMachine.states).map((state) => {
      const staying = all.filter((arrow) => arrow.from === state && arrow.to === state)
      const list = staying.map((arrow) => `\`${label(arrow)}\``).join(', ')
      return `| \`${state}\` | ${meta[state as StateName].step} | ${list === '' ? 'nothing' : list} |`
    }),
  ].join('\n')
}

/** What stands between the markers, or null when they are not there. */
export function drawnIn(page: string): string | null {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  return from === -1 || to < from ? null : page.slice(from + BEGIN.length, to).trim()
}

export function withDiagram(page: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from === -1 || to < from) throw new Error('ARCHITECTURE.md has lost the diagram’s markers')
  return `${page.slice(0, from + BEGIN.length)}\n\n${diagram()}\n\n${page.slice(to)}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(ARCHITECTURE, withDiagram(readFileSync(ARCHITECTURE, 'utf8')))
}
