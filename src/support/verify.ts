/**
 * Is this bundle what was sent, whole, and free of tokens? Offline, from the bytes alone: structure,
 * hashes, signature, the strict schema, and the leak check once more. A changed byte anywhere is found.
 */
import type { z } from 'zod'
import { partsOf } from './archive.ts'
import type { ArchiveFile } from './archive.ts'
import { ALL_FILES, CONTENT_FILES, Manifest, sha256, Signature } from './bundle-file.ts'
import { BundleJournal } from './bundle-journal.ts'
import { BundleRedactions } from './bundle-redaction.ts'
import { BundleContent } from './bundle-schema.ts'
import { parseCanonical } from './canonical-json.ts'
import { gate } from './gate.ts'
import { createLeakCheck } from './leak-check/leak-check.ts'
import type { LeakCheck } from './leak-check/leak-check.ts'
import { knowingOwnMarks } from './own-mark.ts'
import { loadRules } from './rule-book.ts'
import { fingerprintOf, isSignedBy } from './signer.ts'

export interface Finding {
  /** The file's name; empty: the archive as a whole. */
  path: string
  kind: string
  detail?: string
}

export interface Verdict {
  verdict: 'clean' | 'not-clean' | 'unreadable'
  findings: Finding[]
  /** Whose signature it is, once it holds. */
  keyFingerprint: string | null
}

/** `check` defaults to the rules of `data/`; tokens that only the sender knows are not known here. */
export function verifyBundle(
  bytes: Uint8Array,
  check: Pick<LeakCheck, 'inspect'> = createLeakCheck({
    rules: loadRules(),
    known: { scan: () => [] },
  }),
): Verdict {
  const parts = partsOf(bytes)
  if (parts === null) return unreadable('no-bundle', 'It is no archive as Interlock writes it.')
  const { files } = parts
  const names = files.map(({ path }) => path)
  if (ALL_FILES.some((name) => !names.includes(name)) || names.length !== ALL_FILES.length) {
    return unreadable('other-files', `It must hold ${ALL_FILES.join(', ')} and nothing else.`)
  }
  const held = new Map(files.map((file) => [file.path, file]))
  const signed = signature(held)
  const findings = [
    ...hashes(held),
    ...signed.findings,
    ...contents(held),
    ...gate(knowingOwnMarks(check), files, bytes),
  ]
  return {
    verdict: findings.length === 0 ? 'clean' : 'not-clean',
    findings,
    keyFingerprint: signed.keyFingerprint,
  }
}

const unreadable = (kind: string, detail: string): Verdict => ({
  verdict: 'unreadable',
  findings: [{ path: '', kind, detail }],
  keyFingerprint: null,
})

type Held = ReadonlyMap<string, ArchiveFile>

const bytesOf = (held: Held, path: string): Uint8Array => held.get(path)?.bytes ?? new Uint8Array()

function read<T>(held: Held, path: string, schema: z.ZodType<T>): T | null {
  const parsed = schema.safeParse(parseCanonical(Buffer.from(bytesOf(held, path)).toString('utf8')))
  return parsed.success ? parsed.data : null
}

function hashes(held: Held): Finding[] {
  const manifest = read(held, 'manifest.json', Manifest)
  if (manifest === null) return [{ path: 'manifest.json', kind: 'not-accepted' }]
  const named = manifest.files.map(({ path }) => path)
  if (named.join(' ') !== CONTENT_FILES.join(' ')) {
    return [{ path: 'manifest.json', kind: 'other-files' }]
  }
  return manifest.files
    .filter(({ path, bytes, sha256: expected }) => {
      const found = bytesOf(held, path)
      return found.length !== bytes || sha256(found) !== expected
    })
    .map(({ path }) => ({
      path,
      kind: 'hash-differs',
      detail: 'It is not the file that was signed.',
    }))
}

function signature(held: Held): { findings: Finding[]; keyFingerprint: string | null } {
  const path = 'signature.json'
  const no = (kind: string, detail?: string) => ({
    findings: [{ path, kind, ...(detail === undefined ? {} : { detail }) }],
    keyFingerprint: null,
  })
  const parsed = read(held, path, Signature)
  if (parsed === null) return no('not-accepted')
  const key = Buffer.from(parsed.publicKey, 'hex')
  const mark = Buffer.from(parsed.signature, 'hex')
  if (fingerprintOf(key) !== parsed.keyFingerprint) return no('key-differs')
  if (!isSignedBy(key, bytesOf(held, 'manifest.json'), mark)) {
    return no('signature-invalid', 'The manifest is not the one that was signed.')
  }
  return { findings: [], keyFingerprint: parsed.keyFingerprint }
}

function contents(held: Held): Finding[] {
  const schemas: readonly (readonly [string, z.ZodType])[] = [
    ['bundle.json', BundleContent],
    ['journal.json', BundleJournal],
    ['redactions.json', BundleRedactions],
  ]
  return schemas
    .filter(([path, schema]) => read(held, path, schema) === null)
    .map(([path]) => ({ path, kind: 'not-accepted', detail: 'It holds what no bundle may hold.' }))
}
