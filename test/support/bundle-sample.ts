/** A bundle made from a committed example with a key of the tests: the same bytes, wherever it is made. */
import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleOf } from '../../src/support/bundle-file.ts'
import type { Bundle, BundleParts } from '../../src/support/bundle-file.ts'
import { LEFT_OUT } from '../../src/support/bundle-redaction.ts'
import { BundleContent } from '../../src/support/bundle-schema.ts'
import { FILE, openSigner } from '../../src/support/signer.ts'
import type { Signer } from '../../src/support/signer.ts'

export const EXAMPLE_FOLDER = new URL('../../docs/examples/', import.meta.url)

/** PKCS #8 (RFC 8410) around a seed of 32 bytes. */
const KEY = Buffer.concat([
  Buffer.from('302e020100300506032b657004220420', 'hex'),
  Buffer.alloc(32, 7),
])

export async function testSigner(): Promise<Signer> {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-signer-'))
  try {
    const key = createPrivateKey({ key: KEY, format: 'der', type: 'pkcs8' })
    writeFileSync(join(folder, FILE), key.export({ format: 'pem', type: 'pkcs8' }))
    return await openSigner(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function partsOf(name: string): BundleParts {
  const text = readFileSync(new URL(`${name}/bundle.json`, EXAMPLE_FOLDER), 'utf8')
  return {
    content: BundleContent.parse(JSON.parse(text)),
    journal: { format: 'interlock/journal', version: 1, sources: [], entries: [] },
    redactions: {
      format: 'interlock/redactions',
      version: 1,
      detector: { name: 'interlock leak-check', rules: 'test' },
      checked: ['bundle.json', 'summary.md'],
      cut: [],
      refused: [],
      leftOut: [...LEFT_OUT],
    },
  }
}

export const sample = async (name = 'revoked-too-early'): Promise<Bundle> =>
  bundleOf(partsOf(name), await testSigner())
