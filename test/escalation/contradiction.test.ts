/** What in a case cannot all be true: each is named with its reason, and what can be true is left alone. */
import { expect, it } from 'vitest'
import { startEscalation } from '../../machines/kernel.ts'
import type { EscalationFacts, Items, TokenSight } from '../../machines/escalation.facts.ts'
import { contradictions } from '../../machines/escalation.policy.ts'
import type { ContradictionCode } from '../../machines/escalation.policy.ts'

const KIM = { kind: 'key', id: 'key_kim', name: 'Kim' } as const
const NOON = '2026-11-24T12:00:00.000Z'

type Said = { [K in keyof Items]?: NonNullable<Items[K]>['value'] }

const answers = (said: Said, witness: 'attested' | 'observed' = 'attested'): Partial<Items> =>
  Object.fromEntries(
    Object.entries(said).map(([name, value]) => [
      name,
      {
        value,
        cannotBeKnown: null,
        witness,
        from: witness === 'attested' ? 'person' : 'checks',
        at: NOON,
        by: KIM,
      },
    ]),
  )

function facts(said: Said, over: Partial<EscalationFacts> = {}, seen: Said = {}): EscalationFacts {
  const { facts: begun } = startEscalation({
    tenantId: 'acme',
    connectionId: 'con_1',
    rotationId: null,
    reference: { tenantId: 'acme', scimBaseUrl: 'https://portal.example/scim/v2', idp: 'okta' },
    openedAt: NOON,
    openedBy: KIM,
  })
  const observed = { ...begun.observed, ...answers(seen, 'observed') }
  const items = { ...observed, ...answers(said) }
  return { ...begun, observed, items, ...over }
}

const used = (lastUsedAt: string | null): { token: TokenSight } => ({
  token: { portalId: 'tok_1', status: 'live', lastUsedAt, expiresAt: null, readAt: NOON },
})

const at = '2026-11-24T11:50:00.000Z'
const CASES: readonly (readonly [string, EscalationFacts, ContradictionCode[]])[] = [
  ['nothing is said', facts({}), []],
  ['all agrees', facts({ tenantId: 'acme', idp: 'okta', httpStatus: 401 }), []],
  ['another tenant', facts({ tenantId: 'globex' }), ['tenant-not-of-connection']],
  [
    'another base URL',
    facts({ scimBaseUrl: 'https://staging.example/scim/v2' }),
    ['base-url-not-of-connection'],
  ],
  ['another IdP', facts({ idp: 'entra' }), ['idp-not-of-connection']],
  ['of no connection', facts({ tenantId: 'globex', idp: 'entra' }, { reference: null }), []],
  ['a time to come', facts({ occurredAt: '2026-11-24T12:05:00.000Z' }), ['time-in-future']],
  ['a clock a little ahead', facts({ occurredAt: '2026-11-24T12:00:30.000Z' }), []],
  [
    '401, and used two minutes ago',
    facts(
      { httpStatus: 401, tokenRecentlyUsed: true, occurredAt: at },
      used('2026-11-24T11:58:00.000Z'),
    ),
    ['unauthorized-but-used'],
  ],
  [
    '401, and used an hour before it',
    facts(
      { httpStatus: 401, tokenRecentlyUsed: true, occurredAt: at },
      used('2026-11-24T10:50:00.000Z'),
    ),
    [],
  ],
  [
    '401, and somebody says it was used',
    facts({ httpStatus: 401, tokenRecentlyUsed: true }),
    ['unauthorized-but-used'],
  ],
  ['403, and used', facts({ httpStatus: 403, tokenRecentlyUsed: true }), []],
  ['401, and never used', facts({ httpStatus: 401, tokenRecentlyUsed: false }), []],
  [
    'no answer, and discovery answers',
    facts({ httpStatus: 'none', discoverySucceeds: true }),
    ['unanswered-but-discovered'],
  ],
  [
    'discovery fails, and SCIM answers',
    facts({ httpStatus: 409, discoverySucceeds: false }),
    ['answered-but-not-discovered'],
  ],
  ['discovery behind a token', facts({ httpStatus: 401, discoverySucceeds: false }), []],
  ['a wrong base URL', facts({ httpStatus: 404, discoverySucceeds: false }), []],
  ['no answer at all', facts({ httpStatus: 'none', discoverySucceeds: false }), []],
  [
    'a scimType without an error',
    facts({ httpStatus: 200 }, { scimType: 'uniqueness' }),
    ['type-without-answer'],
  ],
  ['a scimType with one', facts({ httpStatus: 409 }, { scimType: 'uniqueness' }), []],
  [
    'said and seen differ',
    facts({ discoverySucceeds: true }, {}, { discoverySucceeds: false }),
    ['said-and-seen-differ'],
  ],
  [
    'another failure than the checks saw',
    facts({ httpStatus: 409, occurredAt: at }, {}, { httpStatus: 401, occurredAt: NOON }),
    [],
  ],
  ['another operation', facts({ operation: 'create' }, {}, { operation: 'update' }), []],
  ['a clock a minute ahead', facts({ occurredAt: '2026-11-24T12:01:00.000Z' }), []],
  ['and no more', facts({ occurredAt: '2026-11-24T12:01:00.001Z' }), ['time-in-future']],
  ['401, and used two minutes before it', refused('11:48:00.000'), ['unauthorized-but-used']],
  ['401, and used a little earlier still', refused('11:47:59.999'), []],
  ['401, and used, nobody knows when', refused(null), ['unauthorized-but-used']],
  [
    '401, nobody knows when, and used',
    facts({ httpStatus: 401, tokenRecentlyUsed: true }, used('2026-11-24T10:50:00.000Z')),
    ['unauthorized-but-used'],
  ],
  [
    'a scimType without an answer',
    facts({ httpStatus: 'none' }, { scimType: 'uniqueness' }),
    ['type-without-answer'],
  ],
  ['a scimType of the first error', facts({ httpStatus: 400 }, { scimType: 'uniqueness' }), []],
  ['a scimType, and no status yet', facts({}, { scimType: 'uniqueness' }), []],
  ['said as seen', facts({ discoverySucceeds: false }, {}, { discoverySucceeds: false }), []],
  [
    'seen twice, and not the same',
    facts(
      {},
      { items: { ...facts({}).items, ...answers({ discoverySucceeds: true }, 'observed') } },
      { discoverySucceeds: false },
    ),
    [],
  ],
  ['seen, and not said', facts({}, { items: facts({}).items }, { discoverySucceeds: false }), []],
  [
    'what is compared with the connection is not compared twice',
    facts({ tenantId: 'globex' }, {}, { tenantId: 'acme' }),
    ['tenant-not-of-connection'],
  ],
  [
    'of no connection, and another tenant was seen',
    facts({ tenantId: 'globex' }, { reference: null }, { tenantId: 'acme' }),
    ['said-and-seen-differ'],
  ],
]

function refused(lastUsed: string | null): EscalationFacts {
  const said = { httpStatus: 401, tokenRecentlyUsed: true, occurredAt: at } as const
  return facts(said, used(lastUsed === null ? null : `2026-11-24T${lastUsed}Z`))
}

it('says when the token was used, as far as that is known', () => {
  const why = (given: EscalationFacts) => contradictions(given)[0]?.why
  expect(why(refused('11:58:00.000'))).toContain('used at 2026-11-24T11:58:00.000Z. ')
  expect(why(refused(null))).toContain('used recently. ')
})

it.each(CASES)('%s', (_, given, codes) => {
  const found = contradictions(given)
  expect(found.map(({ code }) => code)).toEqual(codes)
  for (const { why, items } of found) {
    expect(why).toMatch(/^[A-Z].*\.$/)
    expect(items.length).toBeGreaterThan(0)
    // What was typed is not repeated: it may be anything.
    expect(why).not.toMatch(/globex|staging|entra/)
  }
})
