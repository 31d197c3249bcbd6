/** What every store is tested with: a small record with a history of versions, and a second opinion on the chain. */
import { createHash } from 'node:crypto'

import { z } from 'zod'

import type { Entry, NewEntry, RecordCodec } from '../../src/store/contract.ts'
import { UnreadableRecord } from '../../src/store/contract.ts'

export const NOON = Date.UTC(2026, 2, 1, 12)

const Version1 = z.strictObject({ v: z.literal(1), text: z.string(), step: z.string() })
const Version0 = z.strictObject({ v: z.literal(0), text: z.string() })
export type Sample = z.infer<typeof Version1>

export const sample = (text: string, step = 'verify'): Sample => ({ v: 1, text, step })

/** Version 0 had no step. Anything else, version 2 for instance, is refused in words that quote it. */
export const sampleCodec: RecordCodec = {
  parse(_kind, record) {
    const older = Version0.safeParse(record)
    if (older.success) return sample(older.data.text, 'create')
    const current = Version1.safeParse(record)
    if (!current.success) throw new Error(`cannot read ${JSON.stringify(record)}`)
    return current.data
  },
  labels: (_kind, record) => ({ step: Version1.parse(record).step, tenant: 'acme' }),
}

export const note = (event: string, outcome: NewEntry['outcome'] = 'applied'): NewEntry => ({
  at: '2026-03-01T10:00:00.000Z',
  actor: { kind: 'key', id: 'key_1', name: 'Ann' },
  event,
  outcome,
  detail: { requirement: ['old-token-quiet'], attempt: 1 },
})

/** RFC 8785 for what entries hold: sorted names, no white space. Not the store's own implementation. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}

export function hashOf(entry: Omit<Entry, 'hash'>): string {
  return createHash('sha256').update(canonical(entry)).digest('hex')
}

/** Every entry numbered, hashed and tied to the one before it. */
export function chainIsWhole(entries: readonly Entry[]): boolean {
  return entries.every(({ hash, ...entry }, index) => {
    const previous = entries[index - 1]?.hash ?? null
    return entry.seq === index + 1 && entry.previousHash === previous && hash === hashOf(entry)
  })
}

/** Refused, and a person can tell from it which one. */
export const namesIt = (id: string) => (error: unknown) =>
  error instanceof UnreadableRecord && error.where.includes(id) && error.message.includes(id)
