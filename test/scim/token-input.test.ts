import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseTokenInput } from '../../src/scim/token-input.ts'
import { TOKEN_MESSAGES } from '../../src/scim/token-message.ts'

fc.configureGlobal({ seed: 20_260_303 })

const TOKEN = 'scim_Zk3.v-9~x+Q/w7=='

/** The value and what was corrected, or the fault alone. */
const read = (raw: string): string[] => {
  const result = normaliseTokenInput(raw)
  return result.ok ? [result.value.reveal(), ...result.corrections] : [result.fault]
}

describe('put right, and said', () => {
  it.each([
    ['as it is', TOKEN, []],
    ['space around', `  ${TOKEN}\t`, ['surrounding-space']],
    ['a no-break space', `\u00a0${TOKEN}`, ['surrounding-space']],
    ['a newline', `${TOKEN}\n`, ['trailing-newline']],
    ['a Windows newline', `${TOKEN}\r\n`, ['trailing-newline']],
    ['Bearer', `Bearer ${TOKEN}`, ['leading-bearer']],
    ['bearer with a tab', `bearer\t${TOKEN}`, ['leading-bearer']],
    ['Bearer with a colon', `Bearer: ${TOKEN}`, ['leading-bearer']],
    ['Bearer twice', `Bearer Bearer ${TOKEN}`, ['doubled-bearer']],
    ['Bearer three times', `BEARER bearer Bearer ${TOKEN}`, ['doubled-bearer']],
    ['the header', `Authorization: Bearer ${TOKEN}`, ['header-name', 'leading-bearer']],
    ['double quotes', `"${TOKEN}"`, ['quotes']],
    ['single quotes', `'${TOKEN}'`, ['quotes']],
    ['backticks', `\`${TOKEN}\``, ['quotes']],
    ['English quotes', `“${TOKEN}”`, ['smart-quotes']],
    ['German quotes', `„${TOKEN}“`, ['smart-quotes']],
    ['French quotes', `«${TOKEN}»`, ['smart-quotes']],
    ['half straight, half smart', `"${TOKEN}”`, ['smart-quotes']],
    [
      'everything at once',
      ` "Bearer “Bearer ${TOKEN}”"\r\n`,
      ['surrounding-space', 'trailing-newline', 'quotes', 'doubled-bearer', 'smart-quotes'],
    ],
  ])('%s', (_name, raw, corrections) => {
    const [value, ...said] = read(raw)
    expect(value).toBe(TOKEN)
    expect(said.sort()).toEqual([...corrections].sort())
  })
})

describe('refused by name', () => {
  it.each([
    ['empty', ''],
    ['empty', ' \n'],
    ['empty', '""'],
    ['bearer-only', 'Bearer'],
    ['bearer-only', 'Bearer Bearer '],
    ['bearer-only', 'Authorization: Bearer:'],
    ['prefix-only', 'scim_'],
    ['prefix-only', 'Bearer scim_\n'],
    ['own-key', 'ilk_'],
    ['own-key', 'ilk_0123456789abcdef0123456789abcdef'],
    ['own-key', 'Bearer ilk_0123456789abcdef0123456789abcdef'],
    ['masked', 'scim_••••••••1234'],
    ['masked', 'scim_********1234'],
    ['truncated', 'scim_0123456789…'],
    ['truncated', 'scim_01234...6789'],
    ['unbalanced-quote', `"${TOKEN}`],
    ['unbalanced-quote', `${TOKEN}”`],
    ['inner-newline', 'scim_0123\n456789'],
    ['inner-newline', `${TOKEN}\r\n${TOKEN}`],
    ['inner-space', 'scim_0123 456789'],
    ['inner-space', `${TOKEN} ${TOKEN}`],
    ['inner-space', 'scim_0123\u00a0456789'],
    ['control-character', 'scim_0123\u0000456789'],
    ['control-character', 'scim_0123\u001b[0m456789'],
    ['invisible-character', 'scim_0123\u200b456789'],
    ['invisible-character', `\u202e${TOKEN}`],
    ['not-ascii', 'scim_0123ü456789'],
    ['not-ascii', 'scim_０１２３４５６７'],
    ['not-token-characters', 'scim_0123,456789'],
    ['not-token-characters', '{"token":"scim_0123456789"}'],
    ['not-token-characters', 'https://portal.example/scim/v2'],
    ['not-token-characters', 'scim_01=23456789'],
    ['not-token-characters', '========'],
    ['too-short', '6789'],
    ['too-short', 'scim_ab'],
    ['too-long', 'x'.repeat(4097)],
    ['too-long', ' '.repeat(100_000)],
  ])('%s: %j', (fault, raw) => {
    expect(read(raw)).toEqual([fault])
  })

  it('old-token-given: when the caller recognises it, in whatever wrapping', () => {
    const isOld = (value: { reveal(): string }) => value.reveal() === TOKEN
    expect(normaliseTokenInput(`Bearer ${TOKEN}\n`, isOld)).toEqual({
      ok: false,
      fault: 'old-token-given',
    })
    expect(normaliseTokenInput(`${TOKEN}x`.replace('==', ''), isOld).ok).toBe(true)
  })

  it('keeps the longest and the shortest that may be tokens', () => {
    expect(read('x'.repeat(4096))).toEqual(['x'.repeat(4096)])
    expect(read('abcdefgh')).toEqual(['abcdefgh'])
  })
})

describe('the messages', () => {
  it('differ from each other, and each is a sentence', () => {
    const texts = Object.values(TOKEN_MESSAGES)
    expect(new Set(texts).size).toBe(texts.length)
    for (const text of texts) expect(text).toMatch(/^[A-Z].{10,}\.$/)
  })
})

/** Text near the real thing: wrappings, tokens and rubbish in any order. */
const paste = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Bearer',
        'bearer ',
        ' ',
        '\n',
        '\t',
        '"',
        '“',
        '”',
        "'",
        ':',
        'scim_',
        '…',
        'ilk_',
      ),
      fc.constantFrom('Authorization: ', '\u00a0', '\u200b', TOKEN, '=', '•'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.stringMatching(/^[A-Za-z0-9._~+/-]{8,40}$/),
    ),
    { maxLength: 7 },
  )
  .map((parts) => parts.join(''))

describe('whatever is pasted', () => {
  it('a value that comes out is a bearer token and nothing else', () => {
    const allowed = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/='
    fc.assert(
      fc.property(paste, (raw) => {
        const result = normaliseTokenInput(raw)
        if (!result.ok) return
        const value = result.value.reveal()
        expect(value.length).toBeGreaterThanOrEqual(8)
        expect(value.split('').filter((letter) => !allowed.includes(letter))).toEqual([])
        expect(raw).toContain(value)
      }),
      { numRuns: 2000 },
    )
  })

  it('doing it again changes nothing and corrects nothing', () => {
    let accepted = 0
    fc.assert(
      fc.property(paste, (raw) => {
        const first = normaliseTokenInput(raw)
        if (!first.ok) return
        accepted += 1
        expect(read(first.value.reveal())).toEqual([first.value.reveal()])
      }),
      { numRuns: 2000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  it('the result shows nothing of it when printed, and a fault carries nothing of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{12,40}$/), (token) => {
        for (const raw of [token, `Bearer ${token}`, `${token} ${token}`]) {
          const result = normaliseTokenInput(raw)
          expect(`${JSON.stringify(result)} ${inspect(result)}`).not.toContain(token)
        }
      }),
      { numRuns: 200 },
    )
  })
})
