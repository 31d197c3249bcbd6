/** `interlock serve`: what `npm start` does. `main.ts` reads the environment and says when it listens. */
import process from 'node:process'
import type { Command } from './command.ts'
import { wrongUsage } from './fault.ts'

export const serve: Command = {
  usage: '[--practice] [--port PORT] [--json]',
  about: [
    'Starts the server: the pages, the API under /v1 and its description at /docs. Settings come from the environment (HOST, PORT, PUBLIC_URL, STORE_URL, INTERLOCK_SECRET, INTERLOCK_BOOTSTRAP_KEY, INTERLOCK_ALLOW_TARGETS, LOG_LEVEL). The first start prints a sign-in link, once.',
    'The log goes to standard output as JSON lines, what concerns you to standard error. SIGTERM and Ctrl-C let running requests end. `npm start` is `interlock serve --practice`.',
  ],
  options: {
    practice: {
      type: 'boolean',
      says: 'with a practice service provider, its portal and an IdP at /practice',
    },
    json: {
      type: 'boolean',
      says: 'where it listens, as one JSON line on standard error; why it cannot start, on standard output',
    },
    port: { type: 'string', value: 'PORT', says: 'where to listen; default PORT, or 8080' },
  },
  examples: [
    ['interlock serve --practice', 'to try everything on this machine'],
    ['STORE_URL=file:/var/lib/interlock interlock serve', 'with a folder of its own'],
  ],
  exits: { 0: 'stopped by SIGTERM or Ctrl-C', 1: 'could not start', 2: 'a setting is wrong' },
  words: [0, 0],
  async run(call) {
    const port = call.text('port')
    if (port !== undefined) {
      if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
        throw wrongUsage('--port must be a whole number from 0 to 65535.', 'Example: --port 8081')
      }
      process.env['PORT'] = port
    }
    // It reads --practice from the arguments itself, and ends the process when it is stopped.
    await import('../main.ts')
    return null
  },
}
