/** `interlock rotate`: the guided walk. The server decides everything; this asks, shows and waits. */
import { JSON_OPTION, SERVER_OPTIONS } from './command.ts'
import type { Command } from './command.ts'
import { EXIT, wrongUsage } from './fault.ts'
import type { RotationView } from '../workflow/rotation-view.ts'

export const rotate: Command = {
  usage: '[ROTATION] [options]',
  about: [
    'Walks one rotation with you: create, update the IdP, test, verify, revoke. It shows what this IdP needs where, waits while the evidence comes in, and lists what is still missing. The old token can be revoked only when a real provisioning event by the new token was seen and the old one stayed unused.',
    'Leave at any time: nothing is lost, and `interlock rotate ROTATION` goes on where it stood. The new token is shown once, on a screen of its own that does not stay in the scroll-back.',
    'Works against a server (--url, with a key in INTERLOCK_KEY) or, where no server runs, on the store at STORE_URL.',
  ],
  options: {
    ...SERVER_OPTIONS,
    connection: { type: 'string', value: 'ID', says: 'start with this connection' },
    every: {
      type: 'string',
      value: 'SECONDS',
      says: 'how often to look while waiting, 1 to 600; default: as often as the portal shows anything new',
    },
    json: {
      ...JSON_OPTION,
      says: 'asks nothing and changes nothing: the rotation as it stands, with its next step',
    },
  },
  examples: [
    ['INTERLOCK_KEY=… interlock rotate --url https://interlock.example', 'begin, or choose one'],
    ['interlock rotate rot_01j…', 'go on with this one, on the local store'],
    ['interlock rotate rot_01j… --json', 'in a script: where does it stand?'],
  ],
  exits: {
    0: 'the rotation is finished (with --json: it was shown)',
    1: 'refused, or no answer',
    2: 'it was called wrongly',
    3: 'left before the end; the same rotation goes on later',
    130: 'Ctrl-C; nothing is lost either',
  },
  words: [0, 1],
  async run(call) {
    const { reaching } = await import('./reach.ts')
    const [id] = call.words
    if (call.json) {
      if (id === undefined) {
        throw wrongUsage('With --json, name the rotation.', 'interlock list --json shows them.')
      }
      return reaching(call, async ({ api }) => {
        const view = await api.get<RotationView>(`/v1/rotations/${encodeURIComponent(id)}`)
        call.out.json(view)
        return EXIT.done
      })
    }
    const { stdin, stdout } = call.terminal
    if (stdin.isTTY !== true || stdout.isTTY !== true) {
      throw wrongUsage(
        'This is a conversation, and here is no terminal to hold it in.',
        'In a script use the API (/docs), and interlock rotate ROTATION --json to see where it stands.',
      )
    }
    const every = secondsOf(call.text('every'))
    const [{ beginOrChoose }, { walk }, { createAsk }, { guardTerminal }] = await Promise.all([
      import('./rotate-start.ts'),
      import('./walk.ts'),
      import('./ask.ts'),
      import('./wait.ts'),
    ])
    const release = guardTerminal(call.out)
    try {
      return await reaching(call, async (reach) => {
        const ask = createAsk(call.terminal, stdout)
        const stage = { ...call, reach, api: reach.api, ask, every }
        const started = await beginOrChoose(stage, id, call.text('connection'))
        return started === null ? EXIT.unfinished : await walk(stage, started)
      })
    } finally {
      release()
    }
  },
}

function secondsOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > 600) {
    throw wrongUsage('--every must be 1 to 600 seconds.', 'Example: --every 30')
  }
  return seconds
}
