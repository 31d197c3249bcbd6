/** From checked content to the files of a bundle: texts, manifest, signature, archive. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { writeArchive } from './archive.ts'
import type { ArchiveFile } from './archive.ts'
import { BundleJournal } from './bundle-journal.ts'
import { BundleRedactions } from './bundle-redaction.ts'
import { BundleContent } from './bundle-schema.ts'
import { summaryOf } from './bundle-summary.ts'
import { Sha256 } from './bundle-word.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Signer } from './signer.ts'

/** The files that the manifest names, in the order of their names. */
export const CONTENT_FILES = [
  'bundle.json',
  'journal.json',
  'redactions.json',
  'summary.md',
] as const
export const ALL_FILES = [...CONTENT_FILES, 'manifest.json', 'signature.json'] as const

export const Manifest = z.strictObject({
  format: z.literal('interlock/manifest'),
  version: z.literal(1),
  files: z.array(
    z.strictObject({ path: z.enum(CONTENT_FILES), bytes: z.int().min(1), sha256: Sha256 }),
  ),
})

export const Signature = z.strictObject({
  format: z.literal('interlock/signature'),
  version: z.literal(1),
  algorithm: z.literal('Ed25519'),
  /** Over the bytes of this file. */
  signs: z.literal('manifest.json'),
  /** SHA-256 of the public key's 32 bytes. */
  keyFingerprint: Sha256,
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})

export interface Bundle {
  files: ArchiveFile[]
  zip: Uint8Array
  /** Of the zip, hex. */
  sha256: string
}

export interface BundleParts {
  content: BundleContent
  journal: BundleJournal
  redactions: BundleRedactions
}

/** Throws a ZodError when a part is not as its schema says: nothing else may leave. */
export function bundleOf(parts: BundleParts, signer: Signer): Bundle {
  const content = BundleContent.parse(parts.content)
  const texts: Readonly<Record<(typeof CONTENT_FILES)[number], string>> = {
    'bundle.json': canonicalJson(content),
    'journal.json': canonicalJson(BundleJournal.parse(parts.journal)),
    'redactions.json': canonicalJson(BundleRedactions.parse(parts.redactions)),
    'summary.md': summaryOf(content),
  }
  const files = CONTENT_FILES.map((path) => ({ path, bytes: Buffer.from(texts[path], 'utf8') }))
  const manifest = Buffer.from(
    canonicalJson({
      format: 'interlock/manifest',
      version: 1,
      files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: sha256(bytes) })),
    } satisfies z.infer<typeof Manifest>),
    'utf8',
  )
  const signature = canonicalJson({
    format: 'interlock/signature',
    version: 1,
    algorithm: 'Ed25519',
    signs: 'manifest.json',
    keyFingerprint: signer.keyFingerprint,
    publicKey: signer.publicKey,
    signature: signer.sign(manifest),
  } satisfies z.infer<typeof Signature>)
  const all = [
    ...files,
    { path: 'manifest.json', bytes: manifest },
    { path: 'signature.json', bytes: Buffer.from(signature, 'utf8') },
  ]
  const zip = writeArchive(all)
  return { files: all, zip, sha256: sha256(zip) }
}

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')
