/** What an event changes in a case, and what it leaves alone. */
import { describe, expect, test } from 'vitest'
import { answerItems, observe, submit } from '../../machines/escalation.change.ts'
import { NO_ITEMS } from '../../machines/escalation.facts.ts'
import type { EscalationFacts, TokenSight } from '../../machines/escalation.facts.ts'
import { KIM, PROGRAM, answers, at, sent, whole } from './whole.ts'

const sight = (portalId: string): TokenSight => ({
  portalId,
  status: 'live',
  lastUsedAt: null,
  expiresAt: null,
  readAt: at(1),
})

describe('looking', () => {
  const seen = { witness: 'observed', from: 'checks', by: PROGRAM }
  const look = (
    facts: EscalationFacts,
    token: TokenSight | null,
    other: TokenSight | null = null,
  ) =>
    observe(facts, {
      type: 'items.observed',
      at: at(90),
      by: PROGRAM,
      items: answers(['idp', 'operation'], seen),
      token,
      otherToken: other,
    })
  test('fills what nobody has said, and keeps what somebody has', () => {
    const said = answers(['idp'])
    const change = look(whole({ items: { ...NO_ITEMS, ...said } }), null)
    const found = answers(['idp', 'operation'], seen)
    expect(change.items).toEqual({ ...NO_ITEMS, ...said, operation: found['operation'] })
    expect(change.observed).toEqual({ ...NO_ITEMS, ...found })
    const again = look(whole({ items: { ...NO_ITEMS, ...answers(['idp'], seen) } }), null)
    expect(again.items).toEqual({ ...NO_ITEMS, ...found })
  })
  test('the tokens are those seen last, both of one moment', () => {
    const before = whole({ token: sight('a'), otherToken: sight('b') })
    expect(look(before, null)).toMatchObject({ token: sight('a'), otherToken: sight('b') })
    expect(look(before, sight('c'))).toMatchObject({ token: sight('c'), otherToken: null })
    expect(look(before, sight('c'), sight('d')).otherToken).toEqual(sight('d'))
  })
})

describe('answering', () => {
  const say = (facts: EscalationFacts, more: object = {}) =>
    answerItems(facts, {
      type: 'items.answered',
      at: at(90),
      by: KIM,
      items: {},
      tenantId: null,
      ...more,
    })
  const told = { scimType: 'mutability', correlationId: 'REQ-123', note: 'it stopped' } as const
  test('what is left out stays, and null takes it back', () => {
    expect(say(whole(told))).toMatchObject(told)
    expect(say(whole(), told)).toMatchObject(told)
    const nothing = { scimType: null, correlationId: null, note: null }
    expect(say(whole(told), nothing)).toMatchObject(nothing)
    expect(say(whole(), { items: { idp: undefined } }).items).toEqual(whole().items)
  })
  test('an answer taken back gives way to what was seen', () => {
    const observed = { ...NO_ITEMS, ...answers(['idp'], { witness: 'observed', from: 'checks' }) }
    const change = say(whole({ observed }), { items: { idp: null, operation: null } })
    expect(change.items).toEqual({ ...whole().items, idp: observed.idp, operation: null })
  })
  test('the tenant is named only where no connection names it', () => {
    const named = (connectionId: string | null, tenantId: string | null) =>
      say(whole({ connectionId }), { tenantId }).tenantId
    expect(named('con_1', 'other')).toBe('acme')
    expect(named(null, 'other')).toBe('other')
    expect(named(null, null)).toBe('acme')
  })
})

test('of the submissions the last fifty are kept', () => {
  const event = { type: 'escalation.submitted', at: at(99), by: KIM, bundleId: 'bun_n' } as const
  const before = Array.from({ length: 50 }, (_, n) => ({ ...sent, bundleId: `bun_${n}` }))
  const { submissions } = submit(whole({ submissions: before }), { ...event, sha256: sent.sha256 })
  expect(submissions?.map(({ bundleId }) => bundleId)).toEqual([
    ...before.slice(1).map(({ bundleId }) => bundleId),
    'bun_n',
  ])
})
