import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { createScrubber } from '../../src/support/scrub.ts'
import type { ScrubbedLine } from '../../src/support/scrub.ts'
import { BASE62, chance, newSeed } from './chance.ts'
import { shippedRules } from './secret-rule.ts'

const scrubber = createScrubber({ rules: shippedRules() })
const draw = chance(newSeed())
const token = `scim_${draw.text(BASE62, 40)}`

async function answers(lines: readonly unknown[], cut = 7): Promise<ScrubbedLine[]> {
  const source = lines
    .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
    .join('\n')
  const bytes = Buffer.from(source)
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += cut) parts.push(bytes.subarray(at, at + cut))
  const found: ScrubbedLine[] = []
  for await (const line of scrubber.lines(Readable.from(parts))) {
    found.push(JSON.parse(line) as ScrubbedLine)
  }
  return found
}

describe('one text', () => {
  test('comes out without its token, as bytes or as strings', async () => {
    const expected = 'Grüße: [removed] and nothing else\n'
    const text = `Grüße: ${token} and nothing else\n`
    const bytes = Buffer.from(text)
    const parts = [bytes.subarray(0, 3), bytes.subarray(3, 20), bytes.subarray(20)]
    expect(await scrubber.text(Readable.from(parts))).toMatchObject({
      output: expected,
      refused: false,
    })
    expect(await scrubber.text(Readable.from([text]))).toMatchObject({ output: expected })
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    expect(await scrubber.text(Readable.from([wide]))).toMatchObject({ output: expected })
  })

  test('is left as it is when it holds none, down to the last byte', async () => {
    const text = 'GET /scim/v2/Users/2819c223-7f76-453a-919d-413861904646 200\r\n\tdone — ok\n\n'
    expect(await scrubber.text(Readable.from([text]))).toEqual({
      output: text,
      refused: false,
      report: [],
    })
  })
})

describe('lines of JSON', () => {
  test('are answered in order, with what was cut', async () => {
    const [first, second] = await answers([
      { id: 'a', text: `token ${token}` },
      { id: 2, text: 'the token expired' },
    ])
    expect(first).toMatchObject({ id: 'a', output: 'token [removed]', refused: false })
    expect(first?.report.length).toBeGreaterThan(0)
    expect(second).toEqual({ id: 2, output: 'the token expired', refused: false, report: [] })
  })

  test('know a token for their own line only', async () => {
    const known = 'correct-horse-battery-staple'
    const text = 'we said correct horse battery staple on the phone'
    const [told, untold] = await answers([
      { id: 1, text, known: [known] },
      { id: 2, text },
    ])
    expect(told?.output).toBe('we said [removed] on the phone')
    expect(untold?.output).toBe(text)
  })

  test('that cannot be read are refused without being repeated', async () => {
    const lines = await answers([
      `{"id":1,"text":"${token}`,
      { id: 3, words: token },
      '',
      '[]',
      { id: 4, text: 'ok' },
    ])
    expect(lines.map(({ id, refused }) => [id, refused])).toEqual([
      [null, true],
      [null, true],
      [null, true],
      [4, false],
    ])
    expect(JSON.stringify(lines)).not.toContain(token.slice(5, 17))
  })

  test('do not give a known token away by their id', async () => {
    const [line] = await answers([{ id: token, text: 'x', known: [token] }])
    expect(line?.id).toBe(null)
  })
})
