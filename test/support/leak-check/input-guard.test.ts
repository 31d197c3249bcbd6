import { describe, expect, test } from 'vitest'
import { createKnownTokens } from '../../../src/support/leak-check/known-token.ts'
import { createLeakCheck } from '../../../src/support/leak-check/leak-check.ts'
import { BASE62, HEX, chance, newSeed } from '../chance.ts'
import { shippedRules } from '../secret-rule.ts'

const draw = chance(newSeed())
const known = createKnownTokens({ secret: 'a key for fingerprints' })
const check = createLeakCheck({ rules: shippedRules(), known })
const token = `scim_${draw.text(BASE62, 40)}`

describe('the paste guard', () => {
  test('names the place as a JSON pointer', () => {
    const body = { name: 'Okta', policy: { 'a/b~c': ['fine', token] } }
    expect(check.guardInput(body)).toEqual([{ path: '/policy/a~1b~0c/1', kind: 'scim-bearer' }])
  })

  test('looks at keys, and does not repeat one that is a token', () => {
    const guarded = check.guardInput({ name: 'x', [token]: { deep: 1 } })
    expect(guarded.map(({ path }) => path)).toContain('/#1')
    expect(JSON.stringify(guarded)).not.toContain(token.slice(5, 17))
  })

  test('accepts what a connection and an escalation hold', () => {
    const body = {
      tenantId: 'acme',
      name: 'Okta production',
      environment: 'production',
      idp: 'okta',
      scimBaseUrl: 'https://portal.example/scim/v2',
      pilotUser: 'pilot@acme.example',
      policy: { quietMinutes: 5, secondPerson: 'when-attested' },
      occurredAt: '2026-11-24T04:01:12.345Z',
      httpStatus: 401,
      correlationId: '2819c223-7f76-453a-919d-413861904646',
      connectionId: 'con_01jd3v9k2m4n6p8q0r2s4t6v8w',
      rotationId: 'rot_01jd3v9k2m4n6p8q0r2s4t6v8w',
      oldToken: draw.text(HEX, 16),
      note: 'Provisioning stopped after the rotation on Tuesday; Okta shows "Invalid token provided".',
    }
    expect(check.guardInput(body)).toEqual([])
  })

  test('finds a known token spread over several fields', () => {
    known.register(token, { id: 'spread' })
    const halves = { first: token.slice(5, 15), second: token.slice(15, 25), third: 7 }
    expect(check.guardInput(halves)).toContainEqual({ path: '', kind: 'known-token' })
    known.forget('spread')
    expect(check.guardInput({ first: 'half', second: 'other half' })).toEqual([])
  })

  test('knows a token even where a fingerprint is expected', () => {
    const value = draw.text(HEX, 16)
    expect(check.guardInput({ oldToken: value })).toEqual([])
    known.register(value, { id: 'short' })
    expect(check.guardInput({ oldToken: value })).toEqual([
      { path: '/oldToken', kind: 'known-token' },
    ])
    known.forget('short')
  })

  test('counts what lies too deep to be looked at', () => {
    let body: unknown = 'words'
    for (let level = 0; level < 70; level += 1) body = [body]
    expect(check.guardInput(body)).toMatchObject([{ kind: 'too-much-to-read' }])
  })
})
