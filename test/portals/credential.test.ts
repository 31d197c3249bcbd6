/** Portal credentials at rest: they open for this connection, with this secret, unchanged, and no other way. */
import { describe, expect, it } from 'vitest'
import type { PortalCredential } from '../../src/portals/contract.ts'
import { openCredential, SealBroken, sealCredential } from '../../src/portals/credential.ts'
import { Secret } from '../../src/secret.ts'

const key = { secret: new Secret('s'.repeat(32)), connectionId: 'con_1' }
const bearer: PortalCredential = { auth: 'bearer', value: new Secret('portal-credential-value') }
const session: PortalCredential = {
  auth: 'session',
  orgId: 'acme',
  password: new Secret('correct horse battery staple'),
}
const revealed = (credential: PortalCredential): unknown =>
  credential.auth === 'bearer'
    ? [credential.value.reveal()]
    : [credential.orgId, credential.password.reveal()]

describe('a sealed credential', () => {
  it.each([bearer, session])('opens as it was: $auth', (credential) => {
    const sealed = sealCredential(credential, key)
    expect(revealed(openCredential(sealed, key))).toEqual(revealed(credential))
    const bytes = Buffer.from(sealed.slice(3), 'base64url').toString('latin1')
    for (const word of ['portal-credential-value', 'correct horse', 'acme'])
      expect(sealed + bytes).not.toContain(word)
  })

  it('is never sealed twice alike', () => {
    const texts = Array.from({ length: 50 }, () => sealCredential(bearer, key))
    expect(new Set(texts).size).toBe(50)
  })

  it('does not open for another connection or under another secret', () => {
    const sealed = sealCredential(bearer, key)
    const others = [
      { ...key, connectionId: 'con_2' },
      { ...key, secret: new Secret('t'.repeat(32)) },
    ]
    for (const other of others) expect(() => openCredential(sealed, other)).toThrow(SealBroken)
  })

  it('does not open with a single bit changed, anywhere, nor cut, nor spelled otherwise', () => {
    const sealed = sealCredential(bearer, key)
    const bytes = Buffer.from(sealed.slice(3), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const spoilt = Buffer.from(bytes)
      spoilt[bit >> 3] = (spoilt[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => openCredential(`v1.${spoilt.toString('base64url')}`, key)).toThrow(SealBroken)
    }
    const others = [
      sealed.slice(0, -4),
      `${sealed}=`,
      `v2${sealed.slice(2)}`,
      `${sealed}.x`,
      '',
      'v1.',
    ]
    for (const other of others) expect(() => openCredential(other, key)).toThrow(SealBroken)
  })

  it('is not made under a secret that is too short', () => {
    const short = { ...key, secret: new Secret('s'.repeat(31)) }
    expect(() => sealCredential(bearer, short)).toThrow(RangeError)
  })
})
