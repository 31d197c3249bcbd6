import { expect, it } from 'vitest'
import { may, Permission, Role, rolesWith } from '../../src/access/role.ts'
import { scopeOf, Tenants } from '../../src/access/scope.ts'

/** The whole table, written out by hand: o owner, a admin, p approver, s support, u auditor. */
const TABLE: Record<Permission, string> = {
  'keys.manage': 'o',
  'connections.read': 'oapu',
  'connections.write': 'oa',
  'rotations.read': 'oapu',
  'rotations.write': 'oa',
  'rotations.approve': 'oap',
  'escalations.read': 'oapsu',
  'escalations.write': 'oa',
  'escalations.handle': 'oas',
  'bundles.read': 'oapsu',
  'audit.read': 'oapu',
  'guide.read': 'oapsu',
  diagnose: 'oas',
}
const LETTER: Record<Role, string> = {
  owner: 'o',
  admin: 'a',
  approver: 'p',
  support: 's',
  auditor: 'u',
}

it('gives each role what the table says, and nothing else', () => {
  for (const permission of Permission.options) {
    for (const role of Role.options) {
      const expected = TABLE[permission].includes(LETTER[role])
      expect(may(role, permission), `${role} ${permission}`).toBe(expected)
    }
  }
  expect(rolesWith('rotations.approve')).toEqual(['owner', 'admin', 'approver'])
})

it('keeps tenants apart', () => {
  const all = scopeOf('all')
  const some = scopeOf(['acme', 'globex'])
  expect([all.allows('x'), all.covers('all'), all.covers(['x'])]).toEqual([true, true, true])
  expect([some.allows('acme'), some.allows('Acme'), some.allows('')]).toEqual([true, false, false])
  expect([some.covers(['acme']), some.covers(['acme', 'x']), some.covers('all')]).toEqual([
    true,
    false,
    false,
  ])
  // A tenant cannot be called "all" into meaning all of them.
  expect(scopeOf(['all']).allows('acme')).toBe(false)
})

it('takes tenants as words', () => {
  expect(Tenants.safeParse(['acme', 'eu-1.globex']).success).toBe(true)
  for (const bad of [[], [''], ['a b'], ['../x'], 'acme', ['x'.repeat(65)], [1]]) {
    expect(Tenants.safeParse(bad).success, JSON.stringify(bad)).toBe(false)
  }
})
