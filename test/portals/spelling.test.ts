/** AxonFlow's field names are not published: every spelling the practice portal can produce reads alike. */
import { describe, expect, it } from 'vitest'
import {
  defaultSpelling,
  spellCreation,
  spellList,
  spellToken,
} from '../../src/practice/spelling.ts'
import type { Spelling } from '../../src/practice/spelling.ts'
import type { PracticeToken } from '../../src/practice/token.ts'
import { CREDENTIAL, NOW, rig } from './rig.ts'

const token = (id: string, more: Partial<PracticeToken> = {}): PracticeToken => ({
  id,
  tenantId: 'acme',
  name: `name of ${id}`,
  prefix: 'scim_ab12',
  createdAt: NOW - 9_000,
  expiresAt: NOW + 86_400_000,
  lastUsedAt: null,
  revokedAt: null,
  ...more,
})
const TOKENS = [
  token('tok_live', { lastUsedAt: NOW - 5_000 }),
  token('tok_new', { expiresAt: null }),
  token('tok_gone', { revokedAt: NOW - 1_000 }),
  token('tok_late', { expiresAt: NOW - 2_000 }),
]
const VALUE = 'scim_ab12cd34ef56gh78ij90'

const NAMES = ['snake', 'camel', 'kebab', 'short'] as const
const LISTS = ['bare', 'tokens', 'data', 'items'] as const
const TIMES = [
  'milliseconds',
  'seconds',
  'nanoseconds',
  'offset',
  'epoch-seconds',
  'epoch-milliseconds',
] as const
const REVOCATIONS = ['revoked_at', 'revoked', 'is_active', 'status'] as const
const VALUES = ['token', 'plaintext', 'value', 'secret'] as const
const SHAPES = ['flat', 'nested'] as const

const usual = defaultSpelling()
const OF_LISTS: Spelling[] = NAMES.flatMap((names) =>
  LISTS.flatMap((list) =>
    TIMES.flatMap((times) =>
      REVOCATIONS.map((revocation) => ({ ...usual, names, list, times, revocation })),
    ),
  ),
)
const OF_CREATIONS: Spelling[] = NAMES.flatMap((names) =>
  VALUES.flatMap((value) => SHAPES.map((created) => ({ ...usual, names, value, created }))),
)

const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

describe('every spelling', () => {
  it('of a list is read as the same tokens', async () => {
    let spelling = usual
    const { portal } = await rig(() => ({
      body: spellList(
        TOKENS.map((each) => spellToken(each, NOW, spelling)),
        spelling,
      ),
    }))
    expect(OF_LISTS).toHaveLength(4 * 4 * 6 * 4)
    for (spelling of OF_LISTS) {
      const says = JSON.stringify(spelling)
      const listing = await portal.list()
      expect(listing, says).toMatchObject({ tenant: 'acme', showsUse: true })
      expect(
        listing.items.map(({ id, status }) => [id, status]),
        says,
      ).toEqual([
        ['tok_live', 'live'],
        ['tok_new', 'live'],
        ['tok_gone', 'revoked'],
        ['tok_late', 'expired'],
      ])
      expect(listing.items[0], says).toMatchObject({
        name: 'name of tok_live',
        hint: 'scim_ab12',
        createdAt: at(NOW - 9_000),
        expiresAt: at(NOW + 86_400_000),
        lastUsedAt: at(NOW - 5_000),
      })
    }
  })

  it('of a creation is read as the same token and value', async () => {
    let spelling = usual
    const { portal } = await rig(() => ({
      status: 201,
      body: spellCreation(spellToken(TOKENS[1]!, NOW, spelling), VALUE, spelling),
    }))
    expect(OF_CREATIONS).toHaveLength(4 * 4 * 2)
    for (spelling of OF_CREATIONS) {
      const says = JSON.stringify(spelling)
      const { token: made, value } = await portal.create({ name: 'x', expiresInDays: 90 })
      expect([made.id, made.status, made.expiresAt], says).toEqual(['tok_new', 'live', null])
      expect(value.reveal(), says).toBe(VALUE)
    }
  })
})

describe('what is asked', () => {
  it('is the published paths below the portal’s address, with the credential as a bearer', async () => {
    const { portal, asked } = await rig(({ method }) =>
      method === 'GET'
        ? { body: [] }
        : method === 'POST'
          ? { status: 201, body: { id: 'tok_1', token: VALUE } }
          : { status: 204 },
    )
    await portal.list()
    await portal.create({ name: 'interlock-rot_1-1', expiresInDays: 30 })
    await portal.revoke('tok_1')
    const authorization = `Bearer ${CREDENTIAL}`
    const path = '/base/api/v1/scim/tokens'
    expect(asked).toMatchObject([
      { method: 'GET', path, authorization, body: '' },
      { method: 'POST', path, authorization },
      { method: 'DELETE', path: `${path}/tok_1`, authorization, body: '' },
    ])
    expect(JSON.parse(asked[1]!.body)).toEqual({ name: 'interlock-rot_1-1', expires_in_days: 30 })
  })

  it('is never an id that could lead somewhere else', async () => {
    const { portal, asked } = await rig(() => ({ status: 204 }))
    for (const id of ['..', '../x', 'a/b', '', '.', 'a b', 'é', 'a?b', '%2e%2e'])
      await expect(portal.revoke(id), id).rejects.toMatchObject({ fault: 'portal-refused' })
    expect(asked).toEqual([])
  })
})
