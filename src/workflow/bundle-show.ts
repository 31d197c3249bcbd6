/** A bundle that was submitted, for whoever may see its case. */
import { ProblemError } from '../problem.ts'
import { readArchive } from '../support/archive.ts'
import { sha256 } from '../support/bundle-file.ts'
import { parseBundleRecord } from './bundle.record.ts'
import type { Ctx } from './context.ts'
import { loadEscalation } from './escalation-advance.ts'

export interface KeptBundle {
  id: string
  sha256: string
  zip: Uint8Array
  /** By name. */
  files: ReadonlyMap<string, Uint8Array>
}

/** As it lies in the store, whole or not: whoever shows it has to say which. */
export interface StoredBundle {
  id: string
  escalationId: string
  createdAt: string
  /** As its case named it when it was submitted. */
  sha256: string
  zip: Uint8Array
}

/** One that its case does not name was never submitted: it does not exist. */
export async function storedBundle(ctx: Ctx, id: string): Promise<StoredBundle> {
  const stored = await ctx.store.load('bundle', id)
  if (stored === null) throw new ProblemError('not-found')
  const record = parseBundleRecord(stored.record)
  const { record: owner } = await loadEscalation(ctx, record.escalationId)
  const named = owner.facts.submissions.find(({ bundleId }) => bundleId === id)
  if (named === undefined) throw new ProblemError('not-found')
  return {
    id,
    escalationId: record.escalationId,
    createdAt: record.createdAt,
    sha256: named.sha256,
    zip: Buffer.from(record.zip, 'base64'),
  }
}

/** Only what is byte for byte what was submitted. */
export async function loadBundle(ctx: Ctx, id: string): Promise<KeptBundle> {
  const { zip, sha256: named } = await storedBundle(ctx, id)
  const files = readArchive(zip)
  if (files === null || sha256(zip) !== named) {
    throw new ProblemError('internal', 'The bundle kept is not the one that was made.')
  }
  return {
    id,
    sha256: named,
    zip,
    files: new Map(files.map(({ path, bytes }) => [path, bytes])),
  }
}
