/** What fits into a case, at its bounds: nothing here may have room for a token's value. */
import { transition, initialTransition } from 'xstate'
import { describe, expect, test } from 'vitest'
import { EscalationEvent } from '../../machines/escalation.event.ts'
import {
  CorrelationId,
  EscalationFacts,
  Note,
  Reference,
  ScimType,
  SomeItems,
  TokenSight,
} from '../../machines/escalation.facts.ts'
import { escalationMachine } from '../../machines/escalation.machine.ts'
import { KIM, answer, at, sent, whole } from './whole.ts'

type Schema = { safeParse: (value: unknown) => { success: boolean } }
const fits = (schema: Schema, value: unknown): boolean => schema.safeParse(value).success

test.each([
  ['8c1f2a3b-1111-2222-3333-444455556666', true],
  ['8C1F2A3B-1111-2222-3333-444455556666', true],
  ['8c1f2a3b-1111-2222-444455556666', false],
  ['8c1f2a3b-111-2222-3333-444455556666', false],
  ['8c1f2a3b-1111-2222-3333-44445555666', false],
  ['8c1f2a3b-1111-2222-3333-4444555566667', false],
  ['x8c1f2a3b-1111-2222-3333-444455556666', false],
  ['gggggggg-1111-2222-3333-444455556666', false],
  ['8c1f2a3b4c5d6e7f-FRA', true],
  ['8c1f2a3b4c5d6e7-FRA', false],
  ['8c1f2a3b4c5d6e7f-FR', false],
  ['8c1f2a3b4c5d6e7f-FRAN', false],
  ['gc1f2a3b4c5d6e7f-FRA', false],
  ['8c1f2a3b4c5d6e7f-123', false],
  ['SUP-123', true],
  ['SUP123', true],
  ['SUPPORTS-1234567890', true],
  ['S-123', false],
  ['SUPPORTED-123', false],
  ['SUP-12', false],
  ['SUP-12345678901', false],
  ['SUP-abc', false],
  ['1', true],
  ['123456789012345678', true],
  ['1234567890123456789', false],
  ['scim_live_8c1f2a3b4c5d6e7f', false],
  ['', false],
])('a correlation id: %s', (value, good) => {
  expect(fits(CorrelationId, value)).toBe(good)
})

test.each([
  ['a', true],
  ['one line', true],
  ['two\nlines\n', true],
  ['\n\nlate', true],
  ['x'.repeat(2000), true],
  ['x'.repeat(2001), false],
  ['', false],
  ['a\tb', false],
  ['a\n\tb', false],
  ['a\u0000', false],
  ['\u001b[0m', false],
  ['a\r\nb', false],
])('a note, case %#', (value, good) => {
  expect(fits(Note, value)).toBe(good)
})

describe('the connection it is compared with', () => {
  const good = { tenantId: 'acme', scimBaseUrl: 'https://portal.example/scim/v2', idp: 'okta' }
  test.each([
    [{}, true],
    [{ tenantId: 'A9._:-z' }, true],
    [{ tenantId: 'a'.repeat(64) }, true],
    [{ tenantId: 'a'.repeat(65) }, false],
    [{ tenantId: '-acme' }, false],
    [{ tenantId: 'acme inc' }, false],
    [{ tenantId: ' acme' }, false],
    [{ scimBaseUrl: 'http://127.0.0.1:8080' }, true],
    [{ scimBaseUrl: 'https://[::1]:8080/a' }, true],
    [{ scimBaseUrl: "https://a.example/a/-._~!$&'()*+,;=:@%20/b" }, true],
    [{ scimBaseUrl: 'https://a.example/' }, false],
    [{ scimBaseUrl: 'https://a.example/a?token=b' }, false],
    [{ scimBaseUrl: 'https://a:b@a.example/a' }, false],
    [{ scimBaseUrl: 'see https://a.example/a' }, false],
    [{ scimBaseUrl: 'ftp://a.example/a' }, false],
    [{ scimBaseUrl: 'https:///a' }, false],
    [{ scimBaseUrl: `https://a.example/${'a'.repeat(482)}` }, true],
    [{ scimBaseUrl: `https://a.example/${'a'.repeat(483)}` }, false],
    [{ token: 'x' }, false],
  ])('case %#', (more, expected) => {
    expect(fits(Reference, { ...good, ...more })).toBe(expected)
  })
})

describe('an answer', () => {
  const unknown = { value: null, cannotBeKnown: 'not-shown' }
  test.each([
    ['operation', {}, true],
    ['operation', { value: null }, false],
    ['operation', { cannotBeKnown: 'not-shown' }, false],
    ['operation', unknown, true],
    ['operation', { ...unknown, witness: 'observed', from: 'checks' }, false],
    ['operation', { witness: 'observed', from: 'checks' }, true],
    ['operation', { witness: 'observed' }, false],
    ['operation', { from: 'checks' }, false],
    ['operation', { more: 1 }, false],
    ['idp', { value: 'okta' }, true],
    ['idp', unknown, false],
    ['tenantId', unknown, false],
    ['scimBaseUrl', unknown, false],
    ['httpStatus', { value: 'none' }, true],
    ['httpStatus', { value: 100 }, true],
    ['httpStatus', { value: 99 }, false],
    ['httpStatus', { value: 599 }, true],
    ['httpStatus', { value: 600 }, false],
    ['httpStatus', { value: 'no' }, false],
  ])('%s, case %#', (name, more, expected) => {
    expect(fits(SomeItems, { [name]: answer('update', more) })).toBe(expected)
  })
  test('taken back, or not given', () => {
    expect(fits(SomeItems, { idp: null })).toBe(true)
    expect(fits(SomeItems, {})).toBe(true)
    expect(fits(SomeItems, { password: answer('update') })).toBe(false)
  })
})

test.each([
  [{}, true],
  [{ portalId: null }, true],
  [{ portalId: '' }, false],
  [{ portalId: 'x'.repeat(128) }, true],
  [{ portalId: 'x'.repeat(129) }, false],
  [{ status: 'missing' }, true],
  [{ status: 'unknown' }, false],
  [{ value: 'x' }, false],
])('a token as the portal shows it, case %#', (more, good) => {
  const sight = {
    portalId: 'tok',
    status: 'live',
    lastUsedAt: null,
    expiresAt: null,
    readAt: at(1),
  }
  expect(fits(TokenSight, { ...sight, ...more })).toBe(good)
})

test.each([
  ['rotationId', 'x'.repeat(64), true],
  ['rotationId', 'x'.repeat(65), false],
  ['connectionId', 'x'.repeat(64), true],
  ['connectionId', 'x'.repeat(65), false],
  ['submissions', [sent], true],
  ['submissions', [{ ...sent, sha256: `x${sent.sha256}` }], false],
  ['submissions', [{ ...sent, sha256: `${sent.sha256}x` }], false],
  ['submissions', [{ ...sent, bundleId: 'x'.repeat(65) }], false],
  ['submissions', Array.from({ length: 50 }, () => sent), true],
  ['submissions', Array.from({ length: 51 }, () => sent), false],
  ['scimType', 'mutability', true],
  ['scimType', 'anything', false],
])('a fact: %s, case %#', (name, value, good) => {
  expect(fits(EscalationFacts, { ...whole(), [name]: value })).toBe(good)
  expect(ScimType.options).toHaveLength(13)
})

describe('an event', () => {
  const base = { at: at(1), by: KIM }
  const answered = { type: 'items.answered', ...base, items: {}, tenantId: 'acme' }
  const submitted = { type: 'escalation.submitted', ...base, bundleId: 'b', sha256: sent.sha256 }
  test.each([
    [answered, true],
    [{ ...answered, tenantId: 'x'.repeat(65) }, false],
    [{ ...answered, token: 'x' }, false],
    [submitted, true],
    [{ ...submitted, sha256: `x${sent.sha256}` }, false],
    [{ ...submitted, sha256: `${sent.sha256}x` }, false],
    [{ ...submitted, bundleId: 'x'.repeat(65) }, false],
    [{ type: 'escalation.forgotten', ...base }, false],
  ])('case %#', (event, good) => {
    expect(fits(EscalationEvent, event)).toBe(good)
  })
})

test('the machine begins with what it is given, and ends where a case is closed', () => {
  const [first] = initialTransition(escalationMachine, whole())
  expect(first.value).toBe('collecting')
  expect(first.context).toEqual(whole())
  const end = (value: 'ready' | 'resolved' | 'withdrawn') => {
    const snapshot = escalationMachine.resolveState({ value, context: whole() })
    return snapshot.status
  }
  expect([end('ready'), end('resolved'), end('withdrawn')]).toEqual(['active', 'done', 'done'])
  const ready = escalationMachine.resolveState({ value: 'ready', context: whole() })
  const withdrawn = { type: 'escalation.withdrawn', at: at(2), by: KIM, note: null } as const
  expect(transition(escalationMachine, ready, withdrawn)[0].status).toBe('done')
})
