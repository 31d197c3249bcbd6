/** Everything stored that a bundle tells of: the case, its connection, its rotation, their journals. Nothing is asked of anybody. */
import { parseRotation } from '../../machines/records.ts'
import { instant, ms } from '../../machines/vocabulary.ts'
import type { Entry, Kind } from '../store/contract.ts'
import type { Held } from './advance.ts'
import { latestChecks } from './check-memory.ts'
import type { RememberedChecks } from './check-memory.ts'
import type { HeldConnection } from './connection.ts'
import { parseConnectionRecord } from './connection.record.ts'
import type { Ctx } from './context.ts'
import type { HeldEscalation } from './escalation-advance.ts'
import { CHECKS_FRESH_MS } from './escalation-observe.ts'

export interface Source {
  held: HeldEscalation
  connection: HeldConnection | null
  rotation: Held | null
  checks: RememberedChecks | null
  journals: { kind: 'escalation' | 'rotation' | 'connection'; id: string; entries: Entry[] }[]
  /** The latest change of any of them. */
  asOf: string
  /** Sections that could not be read. */
  unread: string[]
}

export async function sourceOf(ctx: Ctx, held: HeldEscalation): Promise<Source> {
  const { facts } = held.record
  const unread: string[] = []
  const tried = async <T>(section: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read()
    } catch {
      // Whatever it is: the case has to get out, and says what is not in it.
      unread.push(section)
      return null
    }
  }
  const { connectionId, rotationId } = facts
  const connection =
    connectionId === null ? null : await tried('connection', () => connectionOf(ctx, connectionId))
  const rotation =
    rotationId === null ? null : await tried('rotation', () => rotationOf(ctx, rotationId))
  const checks =
    connectionId === null ? null : await tried('checks', () => latestChecks(ctx, connectionId))
  const kinds = [
    ['escalation', held.id],
    ['rotation', rotationId],
    ['connection', connectionId],
  ] as const
  const journals: Source['journals'] = []
  for (const [kind, id] of kinds) {
    if (id === null) continue
    const entries = await tried(`journal-of-the-${kind}`, () => journalOf(ctx, kind, id))
    if (entries !== null) journals.push({ kind, id, entries })
  }
  const latest = journals.flatMap(({ entries }) => entries.map(({ at }) => ms(at)))
  const asOf = instant(Math.max(ms(facts.changedAt), ...latest))
  const young = checks !== null && ms(asOf) - ms(checks.at) <= CHECKS_FRESH_MS
  return { held, connection, rotation, checks: young ? checks : null, journals, asOf, unread }
}

/** A deleted connection still explains its case. */
async function connectionOf(ctx: Ctx, id: string): Promise<HeldConnection | null> {
  const stored = await ctx.store.load('connection', id)
  if (stored === null) return null
  const record = parseConnectionRecord(stored.record)
  return { id, revision: stored.head.revision, record }
}

async function rotationOf(ctx: Ctx, id: string): Promise<Held | null> {
  const stored = await ctx.store.load('rotation', id)
  if (stored === null) return null
  return { id, revision: stored.head.revision, record: parseRotation(stored.record) }
}

const journalOf = (ctx: Ctx, kind: Kind, id: string): Promise<Entry[]> =>
  ctx.store.journal(kind, id)
