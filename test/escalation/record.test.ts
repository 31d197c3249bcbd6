/** A stored case whose state and facts do not belong together is refused, in every way they can disagree. */
import { describe, expect, test } from 'vitest'
import type { EscalationFacts } from '../../machines/escalation.facts.ts'
import { NO_ITEMS } from '../../machines/escalation.facts.ts'
import { isComplete, missingItems } from '../../machines/escalation.policy.ts'
import { isClosed, parseEscalation, EscalationState } from '../../machines/escalation.record.ts'
import { UnreadableVersion } from '../../machines/records.ts'
import { at, answer, sent, signed, whole } from './whole.ts'

const resolution = { ...signed, resolution: 'token-replaced', note: null } as const
const withdrawn = { ...signed, note: null }
const asked = { ...signed, items: ['httpStatus' as const], note: null }
const submissions = [sent]
const acknowledged = signed

const read = (step: EscalationState, more: Partial<EscalationFacts>) => () =>
  parseEscalation({ machine: { id: 'escalation', version: 1 }, step, facts: whole(more) })

const GOOD: Readonly<Record<EscalationState, Partial<EscalationFacts>>> = {
  collecting: { items: NO_ITEMS },
  ready: {},
  submitted: { submissions },
  acknowledged: { submissions, acknowledged },
  needsInfo: { submissions, asked },
  resolved: { submissions, acknowledged, resolution },
  withdrawn: { withdrawn },
}
const states = EscalationState.options

test.each(states)('%s is read as it is', (step) => {
  expect(read(step, GOOD[step])().step).toBe(step)
})

describe('refused', () => {
  test.each<[EscalationState, Partial<EscalationFacts>]>([
    ['submitted', { submissions: [] }],
    ['submitted', { acknowledged }],
    ['submitted', { submissions: [], acknowledged }],
    ['submitted', { submissions: [], resolution }],
    ['acknowledged', { submissions: [] }],
    ['acknowledged', { acknowledged: null }],
    ['needsInfo', { submissions: [] }],
    ['needsInfo', { asked: null }],
    ['resolved', { submissions: [] }],
    ['resolved', { acknowledged: null }],
    ['resolved', { resolution: null }],
    ['withdrawn', { withdrawn: null }],
    ['withdrawn', { resolution }],
    ['withdrawn', { withdrawn: null, resolution }],
  ])('%s, case %#', (step, more) => {
    expect(read(step, { ...GOOD[step], ...more })).toThrow(UnreadableVersion)
  })
  test.each(states.filter((step) => !isClosed(step)))('%s and yet closed', (step) => {
    expect(read(step, { ...GOOD[step], resolution })).toThrow(UnreadableVersion)
    expect(read(step, { ...GOOD[step], withdrawn })).toThrow(UnreadableVersion)
    expect(read(step, { ...GOOD[step], resolution, withdrawn })).toThrow(UnreadableVersion)
  })
  test('by the name of what does not fit', () => {
    expect(read('ready', { tenantId: 'no tenant' })).toThrow('at "facts.tenantId"')
  })
})

test('two states are ends', () => {
  expect(states.filter(isClosed)).toEqual(['resolved', 'withdrawn'])
})

describe('what is missing', () => {
  test('says why, how to find out, and who can', () => {
    const missing = missingItems(whole({ items: NO_ITEMS }))
    expect(missing).toHaveLength(8)
    for (const { reason, ask, who } of missing) {
      expect(reason).toBe('Nobody has said, and it could not be observed.')
      expect(ask.length).toBeGreaterThan(20)
      expect(['tenant-admin', 'idp-admin']).toContain(who)
    }
  })
  test('an answer from before the question, or of its very moment, is asked for anew', () => {
    const answered = (seconds: number) =>
      missingItems(
        whole({
          asked,
          items: { ...whole().items, httpStatus: answer(401, { at: at(seconds) }) as never },
        }),
      )
    expect(answered(60)).toMatchObject([{ item: 'httpStatus', reason: 'Support asks again.' }])
    expect(answered(59)).toHaveLength(1)
    expect(answered(61)).toEqual([])
    expect(isComplete(whole())).toBe(true)
  })
})
