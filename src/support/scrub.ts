/**
 * The engine behind `interlock scrub`: text in, the same text without its tokens out. For the log
 * excerpt that has to be sent anyway; a bundle never needs it.
 */
import { randomBytes } from 'node:crypto'
import { TextDecoder } from 'node:util'
import { z } from 'zod'
import type { Find } from './leak-check/find.ts'
import type { KnownTokens } from './leak-check/known-token.ts'
import { createKnownTokens } from './leak-check/known-token.ts'
import type { LeakCheck, Scrubbed } from './leak-check/leak-check.ts'
import { createLeakCheck } from './leak-check/leak-check.ts'
import type { RuleSet } from './leak-check/rule.ts'

export type Input = AsyncIterable<string | Uint8Array>

/** Characters; a longer text is refused, it is no excerpt. */
const LONGEST_TEXT = 32 * 1024 * 1024

const Line = z.object({
  id: z.union([z.string().max(256), z.number()]),
  text: z.string().max(LONGEST_TEXT),
  /** Tokens that are recognised in this line only. */
  known: z.array(z.string()).max(1000).optional(),
})

export interface ScrubbedLine extends Scrubbed {
  /** Null when the line could not be read. */
  id: string | number | null
}

export interface Scrubber {
  /** The whole input as one text. */
  text(input: Input): Promise<Scrubbed>
  /** One JSON answer per line of JSON input (`--jsonl`), in order, without newline. */
  lines(input: Input): AsyncGenerator<string>
}

/** Without `known`, only tokens named in a `--jsonl` line are known. */
export function createScrubber(options: { rules: RuleSet; known?: KnownTokens }): Scrubber {
  const once = createKnownTokens({
    secret: randomBytes(32).toString('hex'),
    stems: options.rules.rules.flatMap((rule) => rule.stems),
  })
  const check: LeakCheck = createLeakCheck({
    rules: options.rules,
    known: { scan: (text) => [...(options.known?.scan(text) ?? []), ...once.scan(text)] },
  })
  const line = (source: string): ScrubbedLine => {
    const parsed = readLine(source)
    if (parsed === null) return { id: null, ...refusal('unreadable-line') }
    const ids = (parsed.known ?? []).map((token) => once.register(token))
    try {
      const isToken = once.scan(String(parsed.id)).length > 0
      return { id: isToken ? null : parsed.id, ...check.scrub(parsed.text) }
    } finally {
      for (const id of ids) once.forget(id)
    }
  }
  return {
    async text(input) {
      let whole = ''
      for await (const part of decoded(input)) {
        whole += part
        if (whole.length > LONGEST_TEXT) return refusal('too-much-to-read')
      }
      return check.scrub(whole)
    },
    async *lines(input) {
      let rest = ''
      for await (const part of decoded(input)) {
        const lines = (rest + part).split('\n')
        rest = lines.pop() ?? ''
        for (const source of lines) if (source.trim() !== '') yield JSON.stringify(line(source))
        if (rest.length > LONGEST_TEXT) {
          yield JSON.stringify({ id: null, ...refusal('too-much-to-read') })
          return
        }
      }
      if (rest.trim() !== '') yield JSON.stringify(line(rest))
    },
  }
}

/** Null for anything but the agreed shape; why is not said, because it would repeat the input. */
function readLine(source: string): z.infer<typeof Line> | null {
  try {
    const parsed = Line.safeParse(JSON.parse(source))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function refusal(kind: string): Scrubbed {
  const find: Find = { path: '', kind, layer: 'bound', view: 'raw' }
  return { output: '', refused: true, report: [find] }
}

/** Bytes as text: UTF-8, or UTF-16 when a byte order mark says so. */
async function* decoded(input: Input): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  for await (const part of input) {
    if (typeof part === 'string') {
      yield part
      continue
    }
    decoder ??= new TextDecoder(encodingOf(part))
    yield decoder.decode(part, { stream: true })
  }
  if (decoder !== null) yield decoder.decode()
}

function encodingOf(part: Uint8Array): string {
  if (part[0] === 0xff && part[1] === 0xfe) return 'utf-16le'
  return part[0] === 0xfe && part[1] === 0xff ? 'utf-16be' : 'utf-8'
}
