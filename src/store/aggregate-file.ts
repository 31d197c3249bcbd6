/**
 * One aggregate on disk: a record, its journal, and a sum that finds a flipped bit. One line of JSON:
 * `{format, version, kind, id, revision, updatedAt, record, journal, sum}`; `sum` is the SHA-256 (hex)
 * of the file's bytes before `,"sum"`. The chain (journal.ts) is about people, the sum about disks.
 */
import { hash } from 'node:crypto'

import { z } from 'zod'

import { Instant } from '../../machines/vocabulary.ts'
import { RECORD_ID, UnreadableRecord } from './contract.ts'
import type { Entry, Kind } from './contract.ts'
import type { Tail } from './journal.ts'
import { verifyChain } from './journal.ts'

const FORMAT = 'interlock/aggregate'
const VERSION = 1

/**
 * Record and journal stay text while they are held: nobody can change them by holding on to an
 * object, and the next write does not turn the whole journal into JSON again.
 */
export interface Aggregate {
  kind: Kind
  id: string
  revision: number
  updatedAt: string
  recordText: string
  journalText: string
  tail: Tail
}

const Envelope = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  kind: z.string(),
  id: z.string().regex(RECORD_ID),
  revision: z.int().min(1),
  updatedAt: Instant,
  record: z.unknown(),
  journal: z.array(z.unknown()).min(1),
  sum: z.string(),
})
export type Envelope = z.infer<typeof Envelope>

const SUM_TAIL = /^,"sum":"([0-9a-f]{64})"\}\n$/
const SUM_TAIL_BYTES = ',"sum":""}\n'.length + 64

/** The aggregate after one more entry, and (for a commit) another record. */
export function follow(
  before: Aggregate | null,
  head: Pick<Aggregate, 'kind' | 'id' | 'revision' | 'updatedAt'>,
  recordText: string,
  entry: Entry,
): Aggregate {
  const line = JSON.stringify(entry)
  return {
    ...head,
    recordText,
    journalText: before === null ? `[${line}]` : `${before.journalText.slice(0, -1)},${line}]`,
    tail: { seq: entry.seq, hash: entry.hash },
  }
}

export function encode(aggregate: Aggregate): Buffer {
  const { kind, id, revision, updatedAt, recordText, journalText } = aggregate
  const body = Buffer.from(
    `{"format":"${FORMAT}","version":${VERSION},"kind":"${kind}","id":"${id}"` +
      `,"revision":${revision},"updatedAt":"${updatedAt}"` +
      `,"record":${recordText},"journal":${journalText}`,
  )
  return Buffer.concat([body, Buffer.from(`,"sum":"${sumOf(body)}"}\n`)])
}

/**
 * Everything but the chain and the record's own schema. Throws `UnreadableRecord`, whose reasons
 * tell apart what a person must do: restore a backup, take a stray file away, or run the newer version.
 */
export function decode(where: string, bytes: Buffer, kind: Kind, id: string): Envelope {
  const parsed = parseJson(bytes)
  if (parsed === undefined) throw new UnreadableRecord(where, 'torn or damaged: it is not JSON')
  const { format, version } = Object(parsed) as { format?: unknown; version?: unknown }
  if (format !== FORMAT) throw new UnreadableRecord(where, 'not a file of this program')
  if (typeof version === 'number' && version > VERSION) {
    throw new UnreadableRecord(where, 'written by a newer version of this program')
  }
  const end = bytes.length - SUM_TAIL_BYTES
  const sum = SUM_TAIL.exec(bytes.toString('latin1', Math.max(end, 0)))?.[1]
  if (sum === undefined || sum !== sumOf(bytes.subarray(0, end))) {
    throw new UnreadableRecord(where, 'damaged or edited: its sum does not agree')
  }
  const envelope = Envelope.safeParse(parsed)
  if (!envelope.success) throw new UnreadableRecord(where, 'not in the shape of its version')
  if (envelope.data.kind !== kind || envelope.data.id !== id) {
    throw new UnreadableRecord(where, 'not where it belongs: the file was renamed or moved')
  }
  if (envelope.data.journal.length < envelope.data.revision) {
    throw new UnreadableRecord(where, 'its journal is shorter than its revisions')
  }
  return envelope.data
}

/** Ready to be held and appended to. Checks the chain. */
export function hold(where: string, envelope: Envelope, kind: Kind): Aggregate {
  const last = verifyChain(envelope.journal)?.at(-1)
  if (last === undefined) throw new UnreadableRecord(where, 'its journal was tampered with')
  return {
    kind,
    id: envelope.id,
    revision: envelope.revision,
    updatedAt: envelope.updatedAt,
    recordText: JSON.stringify(envelope.record),
    journalText: JSON.stringify(envelope.journal),
    tail: { seq: last.seq, hash: last.hash },
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

function sumOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}
