/** `interlock bundle verify`: is this file what was sent, whole, and free of tokens? Offline. */
import { readFile } from 'node:fs/promises'
import { JSON_OPTION } from './command.ts'
import type { Call, Command } from './command.ts'
import { CliFault, EXIT, wrongUsage } from './fault.ts'
import type { Verdict } from '../support/verify.ts'

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
    const { verifyBundle } = await import('../support/verify.ts')
    const verdict = verifyBundle(bytes)
    if (call.json) call.out.json(verdict)
    else tell(call, verdict)
    return { clean: EXIT.done, 'not-clean': EXIT.no, unreadable: EXIT.usage }[verdict.verdict]
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

function tell({ out }: Call, { verdict, findings, keyFingerprint }: Verdict): void {
  const words = {
    clean: out.ink.good('Clean: whole, unchanged, and no token found.'),
    'not-clean': out.ink.bad('Not clean. Do not rely on it, and do not send it on.'),
    unreadable: out.ink.bad('Unreadable: this is no bundle, or not a whole one.'),
  }
  out.line(words[verdict])
  if (keyFingerprint !== null) out.line(`  signed by the key ${keyFingerprint}`)
  for (const { path, kind, detail } of findings) {
    out.line(
      `  ${path === '' ? 'the file' : path}: ${kind}${detail === undefined ? '' : `. ${detail}`}`,
    )
  }
}
