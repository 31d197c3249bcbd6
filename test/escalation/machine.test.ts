/** The case's machine: its table written by hand, its paths, and walks at random against an oracle of their own. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideEscalation, startEscalation } from '../../machines/kernel.ts'
import { ITEM_NAMES } from '../../machines/escalation.facts.ts'
import type { EscalationEvent } from '../../machines/escalation.event.ts'
import type { ItemName, SomeItems } from '../../machines/escalation.facts.ts'
import { missingItems } from '../../machines/escalation.policy.ts'
import { EscalationState, parseEscalation } from '../../machines/escalation.record.ts'
import type { EscalationRecord } from '../../machines/escalation.record.ts'
import { UnreadableVersion } from '../../machines/records.ts'
import { drawn } from '../machines/mutation.ts'

const KIM = { kind: 'key', id: 'key_kim', name: 'Kim' } as const
const PROGRAM = { kind: 'system', id: 'interlock', name: 'Interlock' } as const
let seconds = 0
const now = (): string => new Date(Date.UTC(2026, 10, 24, 12) + (seconds += 1) * 1000).toISOString()

const VALUES = {
  tenantId: 'acme',
  scimBaseUrl: 'https://portal.example/scim/v2',
  idp: 'okta',
  operation: 'update',
  occurredAt: '2026-11-24T11:00:00.000Z',
  httpStatus: 401,
  discoverySucceeds: true,
  tokenRecentlyUsed: false,
} as const

const all = (names: readonly string[] = ITEM_NAMES): SomeItems =>
  Object.fromEntries(
    names.map((name) => [
      name,
      {
        value: VALUES[name as keyof typeof VALUES],
        cannotBeKnown: null,
        witness: 'attested',
        from: 'person',
        at: now(),
        by: KIM,
      },
    ]),
  )

const fresh = (): EscalationRecord =>
  startEscalation({
    tenantId: 'acme',
    connectionId: null,
    rotationId: null,
    reference: null,
    openedAt: now(),
    openedBy: KIM,
  })

const SUM = 'a'.repeat(64)
type Name = EscalationEvent['type']

/** An event of each name that finds nothing against it but the state. */
function event(
  type: Name,
  items: SomeItems = all(),
  by: typeof KIM | typeof PROGRAM = KIM,
): EscalationEvent {
  const base = { at: now(), by }
  switch (type) {
    case 'items.observed':
      return { type, ...base, items: {}, token: null, otherToken: null }
    case 'items.answered':
      return { type, ...base, items, tenantId: null }
    case 'escalation.submitted':
      return { type, ...base, bundleId: 'bun_1', sha256: SUM }
    case 'info.requested':
      return { type, ...base, items: ['httpStatus'], note: null }
    case 'escalation.resolved':
      return { type, ...base, resolution: 'token-replaced', note: null }
    case 'escalation.acknowledged':
      return { type, ...base }
    default:
      return { type, ...base, note: null }
  }
}

function after(record: EscalationRecord, ...events: EscalationEvent[]): EscalationRecord {
  let held = record
  for (const one of events) {
    const decision = decideEscalation(held, one)
    if (!decision.ok) throw new Error(`${one.type} in ${held.step}: ${decision.code}`)
    held = decision.record
  }
  return held
}

const path: Readonly<Record<EscalationState, () => EscalationRecord>> = {
  collecting: fresh,
  ready: () => after(fresh(), event('items.answered')),
  submitted: () => after(path.ready(), event('escalation.submitted')),
  acknowledged: () => after(path.submitted(), event('escalation.acknowledged')),
  needsInfo: () => after(path.acknowledged(), event('info.requested')),
  resolved: () => after(path.acknowledged(), event('escalation.resolved')),
  withdrawn: () => after(path.ready(), event('escalation.withdrawn')),
}

/** Where each event leads; what is not named is refused. */
const TABLE: Readonly<Record<EscalationState, Partial<Record<Name, EscalationState>>>> = {
  collecting: {
    'items.observed': 'collecting',
    'items.answered': 'ready',
    'escalation.withdrawn': 'withdrawn',
  },
  ready: {
    'items.observed': 'ready',
    'items.answered': 'ready',
    'escalation.submitted': 'submitted',
    'escalation.withdrawn': 'withdrawn',
  },
  submitted: {
    'escalation.acknowledged': 'acknowledged',
    'info.requested': 'needsInfo',
    'escalation.withdrawn': 'withdrawn',
  },
  acknowledged: {
    'escalation.resolved': 'resolved',
    'info.requested': 'needsInfo',
    'escalation.withdrawn': 'withdrawn',
  },
  needsInfo: { 'items.answered': 'ready', 'escalation.withdrawn': 'withdrawn' },
  resolved: {},
  withdrawn: {},
}
const NAMES: readonly Name[] = [
  'items.observed',
  'items.answered',
  'escalation.submitted',
  'escalation.acknowledged',
  'info.requested',
  'escalation.resolved',
  'escalation.withdrawn',
]

describe.each(EscalationState.options)('in the state %s', (state) => {
  it.each(NAMES)('%s', (name) => {
    const decision = decideEscalation(path[state](), event(name))
    const target = TABLE[state][name]
    if (target !== undefined) {
      expect(decision.ok && decision.record.step).toBe(target)
      return
    }
    expect(decision.ok).toBe(false)
    const gathering = state === 'collecting' || state === 'needsInfo'
    const incomplete = name === 'escalation.submitted' && gathering
    expect(!decision.ok && decision.code).toBe(
      incomplete ? 'escalation-incomplete' : 'state-not-open',
    )
    if (decision.ok || decision.code !== 'state-not-open') return
    const open = EscalationState.options.filter((one) => TABLE[one][name] !== undefined)
    expect(new Set(decision.needed)).toEqual(new Set(open))
  })

  it('is read back as it was written', () => {
    const record = path[state]()
    expect(record.step).toBe(state)
    expect(parseEscalation(JSON.parse(JSON.stringify(record)))).toEqual(record)
  })
})

describe('completeness', () => {
  it('needs each of the eight, and is lost when one is taken back', () => {
    for (const name of ITEM_NAMES) {
      const others = ITEM_NAMES.filter((one) => one !== name)
      const record = after(fresh(), event('items.answered', all(others)))
      expect(record.step).toBe('collecting')
      expect(missingItems(record.facts).map(({ item }) => item)).toEqual([name])
      const refused = decideEscalation(record, event('escalation.submitted'))
      expect(refused).toMatchObject({ ok: false, code: 'escalation-incomplete' })
      const full = after(record, event('items.answered', all([name])))
      expect(full.step).toBe('ready')
      expect(after(full, event('items.answered', { [name]: null })).step).toBe('collecting')
    }
  })

  it('is no longer asked for once the case is closed', () => {
    const closed = after(fresh(), event('escalation.withdrawn'))
    const decision = decideEscalation(closed, event('escalation.submitted'))
    expect(decision).toMatchObject({ ok: false, code: 'state-not-open', needed: ['ready'] })
  })

  it('takes "cannot be known" for an answer, with its reason, where nothing can be observed', () => {
    const unknowable = (name: string) =>
      ({
        [name]: {
          value: null,
          cannotBeKnown: 'no-access',
          witness: 'attested',
          from: 'person',
          at: now(),
          by: KIM,
        },
      }) as SomeItems
    const rest = after(fresh(), event('items.answered', all(ITEM_NAMES.slice(0, 3))))
    const names = ITEM_NAMES.slice(3)
    const record = after(rest, ...names.map((name) => event('items.answered', unknowable(name))))
    expect(record.step).toBe('ready')
    for (const name of ITEM_NAMES.slice(0, 3)) {
      expect(() => decideEscalation(rest, event('items.answered', unknowable(name)))).toThrow()
    }
  })

  it('is asked for anew by support, item by item', () => {
    const asked = path.needsInfo()
    expect(missingItems(asked.facts).map(({ item }) => item)).toEqual(['httpStatus'])
    expect(after(asked, event('items.answered', all(['operation']))).step).toBe('collecting')
    const again = after(asked, event('items.answered', all(['httpStatus'])))
    expect(again.step).toBe('ready')
    const sent = after(again, event('escalation.submitted'))
    expect(sent.facts.submissions).toHaveLength(2)
    expect(sent.facts.acknowledged).toBeNull()
  })

  it('lets a person’s word stand before what was observed, and keeps both', () => {
    const seen = {
      discoverySucceeds: {
        value: false,
        cannotBeKnown: null,
        witness: 'observed',
        from: 'checks',
        at: now(),
        by: PROGRAM,
      },
    } as const
    const said = after(fresh(), event('items.answered'))
    const looked = after(said, {
      type: 'items.observed',
      at: now(),
      by: PROGRAM,
      items: seen,
      token: null,
      otherToken: null,
    })
    expect(looked.facts.items.discoverySucceeds).toMatchObject({ value: true, witness: 'attested' })
    expect(looked.facts.observed.discoverySucceeds).toEqual(seen.discoverySucceeds)
    const back = after(looked, event('items.answered', { discoverySucceeds: null }))
    expect(back.facts.items.discoverySucceeds).toEqual(seen.discoverySucceeds)
    expect(back.step).toBe('ready')
  })
})

describe('what only a person does', () => {
  it.each(['escalation.acknowledged', 'info.requested', 'escalation.withdrawn'] as const)(
    '%s',
    (name) => {
      const decision = decideEscalation(path.submitted(), event(name, all(), PROGRAM))
      expect(decision.ok).toBe(false)
    },
  )
})

describe('a record that this machine did not write', () => {
  // Made in the test: what runs before the tests, a mutation run cannot lay at one test's door.
  const cases: readonly (readonly [string, (good: EscalationRecord) => unknown])[] = [
    ['another machine', (good) => ({ ...good, machine: { id: 'rotation', version: 1 } })],
    ['a newer version', (good) => ({ ...good, machine: { id: 'escalation', version: 2 } })],
    ['no facts', (good) => ({ ...good, facts: {} })],
    ['one member more', (good) => ({ ...good, facts: { ...good.facts, token_value: 'x' } })],
    [
      'acknowledged by nobody',
      (good) => ({ ...good, facts: { ...good.facts, acknowledged: null } }),
    ],
    [
      'submitted without a bundle',
      (good) => ({ ...good, facts: { ...good.facts, submissions: [] } }),
    ],
    ['ready and incomplete', () => ({ ...fresh(), step: 'ready' })],
    ['collecting and complete', () => ({ ...path.ready(), step: 'collecting' })],
    ['resolved without a resolution', (good) => ({ ...good, step: 'resolved' })],
    [
      'observed by a person',
      (good) => ({
        ...good,
        facts: {
          ...good.facts,
          items: {
            ...good.facts.items,
            idp: { ...good.facts.items.idp, witness: 'observed' },
          },
        },
      }),
    ],
    [
      'a value and a reason for none',
      (good) => ({
        ...good,
        facts: {
          ...good.facts,
          items: {
            ...good.facts.items,
            operation: { ...good.facts.items.operation, cannotBeKnown: 'no-access' },
          },
        },
      }),
    ],
  ]
  it.each(cases)('%s', (_, spoil) => {
    const record = spoil(path.acknowledged())
    expect(() => parseEscalation(record)).toThrow(UnreadableVersion)
  })
})

it('walks at random as the table says, and is complete exactly when nothing is open', () => {
  const seen = new Set<EscalationState>()
  const item = fc.constantFrom<ItemName[]>(...ITEM_NAMES)
  const step = fc.record({
    // Rarely withdrawn, or no walk would come to its end.
    name: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...NAMES.slice(0, -1)) },
      { weight: 1, arbitrary: fc.constant<Name>('escalation.withdrawn') },
    ),
    items: fc.oneof(
      fc.uniqueArray(item, { minLength: 1 }),
      fc.constant<ItemName[]>([...ITEM_NAMES]),
    ),
    taken: fc.nat(7).map((n) => n === 0),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 15, maxLength: 60, size: 'max' }), (steps) => {
      let record = after(fresh())
      // The oracle's own book: which items are answered, and which are asked anew.
      const open = new Set<string>(ITEM_NAMES)
      for (const { name, items, taken } of steps) {
        const given: SomeItems = taken
          ? Object.fromEntries(items.map((one) => [one, null]))
          : all(items)
        const next = event(name, given)
        const decision = decideEscalation(record, next)
        const answering = name === 'items.answered'
        if (answering && TABLE[record.step][name] !== undefined) {
          for (const one of items)
            if (taken) open.add(one)
            else open.delete(one)
        }
        let target = TABLE[record.step][name]
        if (answering || name === 'items.observed') {
          target = target === undefined ? undefined : open.size === 0 ? 'ready' : 'collecting'
        }
        expect(decision.ok ? decision.record.step : undefined).toBe(target)
        if (decision.ok) record = decision.record
        if (decision.ok && name === 'info.requested') open.add('httpStatus')
        expect(new Set(missingItems(record.facts).map((one) => one.item))).toEqual(open)
        seen.add(record.step)
      }
    }),
    { numRuns: drawn(600), seed: 5 },
  )
  expect(seen.size).toBe(EscalationState.options.length)
})
