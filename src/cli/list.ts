/** `interlock list`: connections, and where the rotation of each stands. */
import type { RotationView } from '../workflow/rotation-view.ts'
import { JSON_OPTION, SERVER_OPTIONS } from './command.ts'
import type { Command } from './command.ts'
import { EXIT } from './fault.ts'
import type { Out } from './terminal.ts'
import { moment } from './view.ts'
import type { ConnectionView } from './view.ts'

export const list: Command = {
  usage: '[options]',
  about: [
    'Lists the connections you may see, those that need somebody first, each with its rotation.',
  ],
  options: {
    ...SERVER_OPTIONS,
    all: { type: 'boolean', says: 'finished rotations as well, one line each' },
    json: JSON_OPTION,
  },
  examples: [
    ['interlock list', 'on the local store'],
    [
      `interlock list --url https://interlock.example --json | jq '.items[] | select(.rotation.status == "halted")'`,
      'which are halted?',
    ],
  ],
  exits: { 0: 'listed', 1: 'refused, or no answer', 2: 'it was called wrongly' },
  words: [0, 0],
  async run(call) {
    const { reaching } = await import('./reach.ts')
    return reaching(call, async ({ api }) => {
      const [connections, rotations] = await Promise.all([
        api.all<ConnectionView>('/v1/connections'),
        api.all<RotationView>('/v1/rotations'),
      ])
      const rows = connections.map((connection) => {
        const own = rotations.filter(({ connectionId }) => connectionId === connection.id)
        return { connection, rotation: own.at(-1) ?? null, rotations: own }
      })
      const all = call.has('all')
      const sorted = rows.toSorted((a, b) => urgency(a) - urgency(b))
      if (call.json) {
        const items = sorted.map(({ rotations: own, ...row }) =>
          all ? { ...row, rotations: own } : row,
        )
        call.out.json({ items })
      } else tell(call.out, sorted, all)
      return EXIT.done
    })
  },
}

interface Row {
  connection: ConnectionView
  rotation: RotationView | null
  rotations: RotationView[]
}

function urgency({ connection, rotation }: Row): number {
  if (connection.hold !== null || rotation?.status === 'halted') return 0
  if (rotation?.status === 'active') return 1
  return rotation?.status === 'abandoned' ? 2 : 3
}

function tell(out: Out, rows: readonly Row[], all: boolean): void {
  if (rows.length === 0) {
    out.line('No connection yet. Add one on the pages, or by POST /v1/connections.')
    return
  }
  for (const row of rows) {
    const { connection, rotation, rotations } = row
    const name = `${connection.tenantId} / ${connection.name}`
    out.line(`${out.ink.strong(name)}  ${out.ink.quiet(`${connection.idp}, ${connection.id}`)}`)
    if (connection.hold !== null) {
      out.line(
        `  ${out.ink.bad('HELD')} since ${moment(connection.hold.at)}: another tenant answered`,
      )
    }
    const shown = all ? rotations : rotation === null ? [] : [rotation]
    if (shown.length === 0) out.line('  no rotation yet')
    for (const one of shown) out.line(`  ${standing(out, one)}`)
  }
}

const ORDER = ['create', 'update-idp', 'test', 'verify', 'revoke']

function standing({ ink }: Out, view: RotationView): string {
  const id = ink.quiet(view.id)
  switch (view.status) {
    case 'halted':
      return `${ink.bad('HALTED')} ${view.halted === null ? '' : `${moment(view.halted.at)}: ${view.halted.reason}`}  ${id}`
    case 'active': {
      const step = ORDER.indexOf(view.step) + 1
      return `${ink.wait(`step ${step} of 5`)}, next: ${view.next.title}  ${id}`
    }
    default: {
      const words = { completed: 'rotated', rolledBack: 'rolled back', abandoned: 'abandoned' }
      const ended = view.ending?.at ?? view.proof?.at
      return `${words[view.status]}${ended === undefined ? '' : ` ${moment(ended)}`}  ${id}`
    }
  }
}
