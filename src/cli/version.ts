/** `interlock version`. */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { JSON_OPTION } from './command.ts'
import type { Command } from './command.ts'
import { EXIT } from './fault.ts'

export const version: Command = {
  usage: '',
  about: ['Shows the version of Interlock, and the Node it runs on.'],
  options: { json: JSON_OPTION },
  examples: [['interlock version --json', 'for a script']],
  exits: { 0: 'shown' },
  words: [0, 0],
  run({ out, json }) {
    const own = versionOf(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    const node = process.versions.node
    if (json) out.json({ version: own, node })
    else out.line(`interlock ${own} (Node ${node})`)
    return Promise.resolve(EXIT.done)
  },
}

const versionOf = (text: string): string => (JSON.parse(text) as { version: string }).version
