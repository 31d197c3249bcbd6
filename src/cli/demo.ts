/** `interlock demo`: a rotation on the practice provider, with every attempt to revoke too early refused. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { text as textOf } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { JSON_OPTION } from './command.ts'
import type { Command } from './command.ts'
import { EXIT } from './fault.ts'

export const demo: Command = {
  usage: '',
  about: [
    'Rotates a token from beginning to end, over HTTP, on a practice service provider and a temporary store; nothing of it is kept. At each step it tries to revoke the old token too early and shows the refusal.',
  ],
  options: { json: JSON_OPTION },
  examples: [['interlock demo', 'a few seconds, nothing to set up']],
  exits: { 0: 'everything it says happened', 1: 'something did not' },
  words: [0, 0],
  async run({ out, json }) {
    if (!json) {
      await import('../practice/demo.ts')
      return null
    }
    // What it prints becomes part of the document, so it needs an output of its own.
    const child = spawn(process.execPath, [script('../interlock.js'), 'demo'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [told, [code]] = await Promise.all([textOf(child.stdout), once(child, 'exit')])
    out.json({ passed: code === 0, lines: told.trimEnd().split('\n') })
    return code === 0 ? EXIT.done : EXIT.no
  },
}

const script = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
