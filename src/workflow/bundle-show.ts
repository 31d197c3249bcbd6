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

/** One that its case does not name was never submitted: it does not exist. */
export async function loadBundle(ctx: Ctx, id: string): Promise<KeptBundle> {
  const stored = await ctx.store.load('bundle', id)
  if (stored === null) throw new ProblemError('not-found')
  const record = parseBundleRecord(stored.record)
  const { record: owner } = await loadEscalation(ctx, record.escalationId)
  if (!owner.facts.submissions.some(({ bundleId }) => bundleId === id)) {
    throw new ProblemError('not-found')
  }
  const zip = Buffer.from(record.zip, 'base64')
  const files = readArchive(zip)
  if (files === null || sha256(zip) !== record.sha256) {
    throw new ProblemError('internal', 'The bundle kept is not the one that was made.')
  }
  return {
    id,
    sha256: record.sha256,
    zip,
    files: new Map(files.map(({ path, bytes }) => [path, bytes])),
  }
}
