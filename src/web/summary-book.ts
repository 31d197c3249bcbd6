/**
 * What the home page says of a connection at rest, which no list head tells: when its token ends, who
 * rotated it last, whether a wrong tenant stopped it. Read once per revision, in the background for
 * those nobody looks at, and kept in memory; nothing in it decides anything.
 */
import { parseRotation } from '../../machines/records.ts'
import { statusOf } from '../../machines/rotation.view.ts'
import type { Head, Store } from '../store/contract.ts'
import { parseConnectionRecord } from '../workflow/connection.record.ts'

export interface Summary {
  held: boolean
  /** Of the token that stays in use; null: no rotation here has told it yet. */
  expiresAt: string | null
  lastRotation: { at: string; by: string } | null
}

export interface SummaryBook {
  /** Null: not read yet. */
  of(head: Head): Summary | null
  /** Reads what is missing of these, now. */
  read(heads: readonly Head[]): Promise<void>
  /** Reads what is missing of these when there is time; one run at a time. */
  warm(heads: readonly Head[]): Promise<void>
}

const UNKNOWN: Summary = { held: false, expiresAt: null, lastRotation: null }

export function createSummaryBook(store: Pick<Store, 'load'>): SummaryBook {
  const known = new Map<string, { revision: number; summary: Summary }>()
  let running: Promise<void> | null = null

  const of = (head: Head): Summary | null => {
    const entry = known.get(head.id)
    return entry?.revision === head.revision ? entry.summary : null
  }
  const readOne = async (head: Head): Promise<void> => {
    if (of(head) !== null) return
    const summary = await summarise(store, head.id)
    known.set(head.id, { revision: head.revision, summary })
  }
  return {
    of,
    async read(heads) {
      for (const head of heads) await readOne(head)
    },
    warm(heads) {
      const missing = running === null ? heads.filter((head) => of(head) === null) : []
      if (missing.length > 0) {
        running = patiently(missing, readOne).finally(() => {
          running = null
        })
      }
      return running ?? Promise.resolve()
    },
  }
}

/** Lets requests in between; what cannot be read stays unknown, its own page says why. */
async function patiently(heads: readonly Head[], readOne: (head: Head) => Promise<void>) {
  for (const head of heads) {
    await readOne(head).catch(() => undefined)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function summarise(store: Pick<Store, 'load'>, id: string): Promise<Summary> {
  const stored = await store.load('connection', id)
  if (stored === null) return UNKNOWN
  const connection = parseConnectionRecord(stored.record)
  const held = connection.hold !== null
  const latest =
    connection.latestRotation === null
      ? null
      : await store.load('rotation', connection.latestRotation)
  if (latest === null) return { ...UNKNOWN, held }
  const record = parseRotation(latest.record)
  const { facts } = record
  if (statusOf(record) !== 'completed') {
    return { held, expiresAt: facts.reading?.old.expiresAt ?? null, lastRotation: null }
  }
  const by = facts.revocation?.by.name ?? facts.startedBy.name
  return {
    held,
    expiresAt: facts.newToken?.expiresAt ?? null,
    lastRotation: facts.proof === null ? null : { at: facts.proof.at, by },
  }
}
