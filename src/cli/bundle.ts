/** `interlock bundle verify`: is this file what was sent, whole, and free of tokens? Offline. */
import { readFile } from 'node:fs/promises'
import { JSON_OPTION } from './command.ts'
import type { Call, Command } from './command.ts'
import { CliFault, EXIT, wrongUsage } from './fault.ts'

/** What `support/` answers about a bundle's bytes. */
interface Verdict {
  verdict: 'clean' | 'not-clean' | 'unreadable'
  findings: readonly { path: string; kind: string; detail?: string }[]
}
type Verify = (bytes: Uint8Array) => Verdict | Promise<Verdict>

/** Larger than any bundle may be. */
const MOST_BYTES = 64 * 1024 * 1024

export const bundle: Command = {
  usage: 'verify FILE [--json]',
  about: [
    'Looks at a bundle (.zip) without a server or a network: its structure, the hash of every file, the signature over them, and the leak check once more over all its bytes. A changed byte anywhere is found.',
    'The signature says that nothing was changed since it was signed. Whose key it is, only its fingerprint can tell: compare it with the one your administrator names.',
  ],
  options: { json: JSON_OPTION },
  examples: [['interlock bundle verify bun_01j….zip', 'before you read it, or send it on']],
  exits: {
    0: 'clean: whole, unchanged, no token found',
    1: 'not clean: each find is listed',
    2: 'unreadable, or it was called wrongly',
  },
  words: [1, 2],
  among: ['verify'],
  async run(call) {
    const [verb, file] = call.words
    if (verb !== 'verify' || file === undefined) {
      throw wrongUsage('It is: interlock bundle verify FILE', 'See: interlock bundle --help')
    }
    const bytes = await bytesOf(file)
    const { verdict, findings } = await (await verifier())(bytes)
    if (call.json) call.out.line(JSON.stringify({ verdict, findings }))
    else tell(call, { verdict, findings })
    return { clean: EXIT.done, 'not-clean': EXIT.no, unreadable: EXIT.usage }[verdict]
  },
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(file)
    if (bytes.length <= MOST_BYTES) return bytes
  } catch {
    throw new CliFault(
      EXIT.usage,
      'unreadable',
      'The file cannot be read.',
      'Check its name and your rights to it.',
    )
  }
  throw new CliFault(
    EXIT.usage,
    'unreadable',
    'The file is larger than a bundle can be.',
    'Ask for the bundle again.',
  )
}

function tell({ out }: Call, { verdict, findings }: Verdict): void {
  const words = {
    clean: out.ink.good('Clean: whole, unchanged, and no token found.'),
    'not-clean': out.ink.bad('Not clean. Do not rely on it, and do not send it on.'),
    unreadable: out.ink.bad('Unreadable: this is no bundle, or not a whole one.'),
  }
  out.line(words[verdict])
  for (const { path, kind, detail } of findings) {
    out.line(
      `  ${path === '' ? 'the file' : path}: ${kind}${detail === undefined ? '' : `. ${detail}`}`,
    )
  }
}

/** The seam to `support/verify.ts`. */
async function verifier(): Promise<Verify> {
  const place = new URL('../support/verify.ts', import.meta.url)
  const loaded = (await import(place.href).catch(() => null)) as { verifyBundle?: Verify } | null
  if (loaded?.verifyBundle !== undefined) return loaded.verifyBundle
  throw new CliFault(
    EXIT.usage,
    'not-built',
    'This build cannot verify bundles yet.',
    'Use a later version.',
  )
}
