/** `interlock scrub`: a log excerpt that has to be sent, without the tokens in it. */
import { readFile } from 'node:fs/promises'
import { JSON_OPTION } from './command.ts'
import type { Call, Command } from './command.ts'
import { CliFault, EXIT, wrongUsage } from './fault.ts'
import type { Scrubber } from '../support/scrub.ts'

export const scrub: Command = {
  usage: '[--jsonl | --json] < FILE',
  about: [
    'Reads standard input, cuts what is or may be a token, and writes the rest to standard output. What was cut is said on standard error: what kind, how it was hidden, never the value. Where a token cannot be cut out with certainty, nothing is written at all.',
    'Better than any excerpt is a bundle, which is built from what is safe instead of cleaned of what is not. Nothing inside the text switches the check off.',
  ],
  options: {
    jsonl: {
      type: 'boolean',
      says: 'lines {id, text, known?: [token…]} in, {id, output, refused, report} out; known: for that line',
    },
    json: { ...JSON_OPTION, says: 'one document {output, refused, report} for the whole text' },
  },
  examples: [
    ['interlock scrub < okta.log > okta-clean.log', 'before it goes into a ticket'],
    [`echo '{"id":1,"text":"…","known":["…"]}' | interlock scrub --jsonl`, 'for a program'],
  ],
  exits: {
    0: 'written (with --jsonl: every line was answered; refused and unreadable ones say so)',
    1: 'refused: a token is in there that cannot be cut out with certainty; nothing was written',
    2: 'it was called wrongly',
  },
  words: [0, 0],
  async run(call) {
    if (call.has('jsonl') && call.json) {
      throw wrongUsage('--jsonl and --json exclude each other.', 'See: interlock scrub --help')
    }
    if (call.terminal.stdin.isTTY === true) {
      call.err.line('Reading from this terminal; end with Ctrl-D.')
    }
    const { createScrubber } = await import('../support/scrub.ts')
    const { RuleSet } = await import('../support/leak-check/rule.ts')
    const text = await readFile(new URL('../../data/secrets.json', import.meta.url), 'utf8')
    const scrubber = createScrubber({ rules: RuleSet.parse(JSON.parse(text)) })
    if (!call.has('jsonl')) return whole(call, scrubber)
    for await (const line of scrubber.lines(call.terminal.stdin)) call.out.raw(`${line}\n`)
    return EXIT.done
  },
}

async function whole(call: Call, scrubber: Scrubber): Promise<number> {
  const { out, err, json } = call
  const { output, refused, report } = await scrubber.text(call.terminal.stdin)
  if (json) out.json({ output, refused, report })
  else {
    out.raw(output)
    const kinds = new Map<string, number>()
    for (const { kind, view } of report) {
      const name = view === 'raw' || view === 'normalised' ? kind : `${kind} (${view})`
      kinds.set(name, (kinds.get(name) ?? 0) + 1)
    }
    for (const [kind, times] of kinds)
      err.line(`${refused ? 'found' : 'cut'}: ${kind}${times === 1 ? '' : `, ${times} times`}`)
  }
  if (!refused) return EXIT.done
  if (!json) {
    const long = report.some(({ kind }) => kind === 'too-much-to-read')
    throw new CliFault(
      EXIT.no,
      'refused',
      long
        ? 'There is more in this text than can be looked at; nothing was written.'
        : 'There is a token in this text that cannot be cut out with certainty; nothing was written.',
      'Send a shorter excerpt without the encoded part, or a bundle: interlock bundle --help',
    )
  }
  return EXIT.no
}
