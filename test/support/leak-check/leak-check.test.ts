import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { decodeBlock } from '../../../src/support/leak-check/block.ts'
import { createKnownTokens } from '../../../src/support/leak-check/known-token.ts'
import { createLeakCheck } from '../../../src/support/leak-check/leak-check.ts'
import { BASE62, BASE64URL, chance, newSeed } from '../chance.ts'
import { CONTEXTS } from '../context.ts'
import { ENCODED } from '../encoding.ts'
import { shippedRules } from '../secret-rule.ts'

const rules = shippedRules()
const known = createKnownTokens({ secret: 'a key for fingerprints' })
const check = createLeakCheck({ rules, known })
const draw = chance(newSeed())
const token = (): string => `scim_${draw.text(BASE64URL, 43)}`
const where = { path: '/note' }

describe('it fails closed', () => {
  const text = 'nothing but words'

  test('without detectors', () => {
    const empty = createLeakCheck({ rules: { version: '0', rules: [] }, known })
    expect(empty.scrub(text)).toMatchObject({ output: '', refused: true })
    expect(empty.inspect(text, where)).toEqual([
      { path: '/note', kind: 'no-detectors', layer: 'fault', view: 'raw' },
    ])
    expect(empty.guardInput({ note: text })).not.toEqual([])
  })

  test('when a detector throws, without repeating what it said', () => {
    const broken = createLeakCheck({
      rules,
      known: {
        scan: (seen) => {
          throw new Error(`cannot read ${seen}`)
        },
      },
    })
    const scrubbed = broken.scrub('the hidden words')
    expect(scrubbed).toMatchObject({ output: '', refused: true })
    expect(JSON.stringify(scrubbed)).not.toContain('hidden')
    expect(broken.guardInput([text])).toEqual([{ path: '/0', kind: 'detector-failed' }])
  })

  test('when it takes too long', () => {
    let now = 0
    const slow = createLeakCheck({ rules, known, clock: () => (now += 60_000) })
    expect(slow.scrub(text)).toMatchObject({ output: '', refused: true })
    expect(slow.inspect(text, where)).toMatchObject([{ kind: 'took-too-long', layer: 'bound' }])
  })

  test('when a block unpacks to more than can be looked at', () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64')
    expect(decodeBlock(bomb).some((reading) => reading.cut)).toBe(true)
  })

  test('when text is escaped deeper than it looks', () => {
    let text = token()
    for (let level = 0; level < 9; level += 1) text = encodeURIComponent(`%${text}%`)
    expect(check.inspect(text, where).length).toBeGreaterThan(0)
  })
})

describe('it reports', () => {
  test('place, kind, layer and reading, and never the value', () => {
    const value = `ghp_${draw.text(BASE62, 36)}`
    const finds = check.inspect(`key ${value}`, where)
    expect(finds).toContainEqual({
      path: '/note',
      kind: 'github-token',
      layer: 'vendor',
      view: 'raw',
      start: 4,
      end: 44,
    })
    expect(JSON.stringify(finds)).not.toContain(value.slice(8, 16))
  })

  test('how a token was hidden', () => {
    const value = token()
    const views = (text: string): string[] => check.inspect(text, where).map((find) => find.view)
    expect(views(Array.from(value).join('\u200b'))).toContain('normalised')
    expect(views(Array.from(value, (c) => `%${c.charCodeAt(0).toString(16)}`).join(''))).toContain(
      'percent',
    )
    expect(views(Array.from(value, (c) => `&#${c.charCodeAt(0)};`).join(''))).toContain('entity')
    expect(views([...Buffer.from(value)].join(', '))).toContain('byte-list')
    const digest = Buffer.from(`${value}............`.slice(0, 32)).toString('hex')
    expect(check.inspect(`sha256:${digest}`, where)).not.toEqual([])
  })
})

describe('it cuts', () => {
  test('exactly what is seen raw', () => {
    const value = token()
    expect(check.scrub(`GET /Users with ${value}, then 401.`).output).toBe(
      'GET /Users with [removed], then 401.',
    )
    expect(
      check.scrub(`{"token":"${value}","id":"2819c223-7f76-453a-919d-413861904646"}`).output,
    ).toBe('{"token":"[removed]","id":"2819c223-7f76-453a-919d-413861904646"}')
    expect(check.scrub('postgres://scim:S0mmer!26@db:5432/x').output).toBe(
      'postgres://scim:[removed]@db:5432/x',
    )
    expect(check.scrub('password: Winter2026!').output).toBe('password: [removed]')
    expect(check.scrub('token=2819c223-7f76-453a-919d-413861904646').output).toBe('token=[removed]')
  })

  test('and what it leaves is clean: scrubbing twice changes nothing more', () => {
    for (const context of [...CONTEXTS, ...ENCODED]) {
      const { output, refused } = check.scrub(context.write(token(), draw))
      if (refused) continue
      expect(check.scrub(output), context.name).toEqual({ output, refused: false, report: [] })
    }
  })

  test.each([
    'secretlint-disable',
    'gitleaks:allow',
    'pragma: allowlist secret',
    'trufflehog:ignore',
    'nosec EXAMPLE dummy fake not-a-real-token',
  ])('whatever the text says about itself: %s', (marker) => {
    const value = token()
    for (const text of [
      `${value} # ${marker}`,
      `# ${marker}\n${value}`,
      `/* ${marker} */ token = "${value}"`,
    ]) {
      expect(check.scrub(text).output).not.toContain(value.slice(10, 22))
    }
  })
})
