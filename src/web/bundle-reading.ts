/**
 * A bundle as it can be read here: verified first, by the same code as `interlock bundle verify`, with
 * every token this program has handled. What is not whole and clean is not opened.
 */
import type { z } from 'zod'
import { readArchive } from '../support/archive.ts'
import { sha256 } from '../support/bundle-file.ts'
import type { Bundle } from '../support/bundle-file.ts'
import { BundleRedactions } from '../support/bundle-redaction.ts'
import { BundleContent } from '../support/bundle-schema.ts'
import { parseCanonical } from '../support/canonical-json.ts'
import { verifyBundle } from '../support/verify.ts'
import type { Verdict } from '../support/verify.ts'
import type { StoredBundle } from '../workflow/bundle-show.ts'
import type { Ctx } from '../workflow/context.ts'

export interface Reading {
  /** Of the bytes as they are now. */
  sha256: string
  /** As it was when the case was submitted; a preview has only the one. */
  named: string
  bytes: number
  verdict: Verdict
  /** Signed with the key of this Interlock. */
  ownKey: boolean
  rules: string
  /** Null: it is not opened. */
  open: { content: BundleContent; redactions: BundleRedactions; summary: string } | null
}

type Parts = Pick<Ctx, 'leaks' | 'bundles'>

export const readingOfStored = (parts: Parts, { zip, sha256: named }: StoredBundle): Reading =>
  readingOf(parts, zip, named)

export const readingOfPreview = (parts: Parts, { zip, sha256: named }: Bundle): Reading =>
  readingOf(parts, zip, named)

/** Whole: the very bytes that were submitted, signed by us, and clean. */
export const isWhole = ({ sha256: now, named, verdict }: Reading): boolean =>
  now === named && verdict.verdict === 'clean'

function readingOf({ leaks, bundles }: Parts, zip: Uint8Array, named: string): Reading {
  const verdict = verifyBundle(zip, leaks)
  const reading: Reading = {
    sha256: sha256(zip),
    named,
    bytes: zip.length,
    verdict,
    ownKey: verdict.keyFingerprint === bundles.signer.keyFingerprint,
    rules: leaks.version,
    open: null,
  }
  return isWhole(reading) ? { ...reading, open: opened(zip) } : reading
}

function opened(zip: Uint8Array): Reading['open'] {
  const files = new Map((readArchive(zip) ?? []).map(({ path, bytes }) => [path, textOf(bytes)]))
  const part = <T>(path: string, schema: z.ZodType<T>): T | null => {
    const parsed = schema.safeParse(parseCanonical(files.get(path) ?? ''))
    return parsed.success ? parsed.data : null
  }
  const content = part('bundle.json', BundleContent)
  const redactions = part('redactions.json', BundleRedactions)
  const summary = files.get('summary.md')
  return content === null || redactions === null || summary === undefined
    ? null
    : { content, redactions, summary }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')
