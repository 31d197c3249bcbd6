import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/catalog.ts'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { Symptoms } from '../../src/diagnosis/observation.ts'

const catalog = loadCatalog()

describe('a finding', () => {
  it('carries meaning, causes, checks for each person, the next step, and what it rests on', () => {
    const [first] = diagnose({ httpStatus: 401 }, catalog).findings
    expect(first).toMatchObject({ code: 'unauthorized', likelihood: 'certain', stopRollout: false })
    expect(first?.because).toEqual(['HTTP status: 401'])
    expect(new Set(first?.checks.map(({ who }) => who))).toEqual(
      new Set(['tenant-admin', 'idp-admin', 'service-provider']),
    )
    expect(first?.next).not.toBe('')
    expect(first?.causes.length).toBeGreaterThan(2)
  })

  it('adds what the administrator of this IdP looks at, and only of this one', () => {
    const texts = (idp: 'okta' | 'entra' | 'onelogin') =>
      diagnose({ httpStatus: 401, idp }, catalog)
        .findings[0]?.checks.map(({ text }) => text)
        .join(' ')
    expect(texts('entra')).toContain('secret token field')
    expect(texts('okta')).not.toContain('secret token field')
    expect(texts('okta')).not.toContain('attribute mappings')
    expect(texts('onelogin')).toContain('enabled successfully')
  })

  it('names the mistake of the screen in front of you', () => {
    const of = (idpScreen: string) =>
      diagnose({ httpStatus: 401, idp: 'okta', idpScreen, usersSucceed: true }, catalog)
    expect(of('header-auth-template').findings[0]?.checks.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('The raw token was entered'),
    )
    expect(of('oauth-bearer-template').findings[0]?.checks.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('Bearer Bearer'),
    )
  })

  it('walks the group configuration of this IdP, step by step, where only groups fail', () => {
    const seen = { usersSucceed: true, groupsSucceed: false } as const
    const texts = (idp?: 'okta' | 'entra') =>
      diagnose({ ...seen, idp }, catalog).findings[0]?.checks.map(({ text }) => text) ?? []
    for (const { title, text } of catalog.idps.entra.groups.steps) {
      expect(texts('entra')).toContain(`${title}: ${text}`)
    }
    expect(texts('okta').join(' ')).toContain('Push Groups')
    expect(texts().join(' ')).not.toContain('Push Groups')
  })

  it('stops the rollout for every finding about tenant or environment', () => {
    const stopping = Object.entries(catalog.failures)
      .filter(([, { stopRollout }]) => stopRollout)
      .map(([code]) => code)
    expect(stopping.sort()).toEqual([
      'redirected-elsewhere',
      'token-of-other-tenant',
      'wrong-environment',
      'wrong-tenant',
    ])
  })

  it('lists causes that are sure or likely before what the status merely says', () => {
    const { findings } = diagnose({ httpStatus: 401, tokenStatus: 'revoked', gap: true }, catalog)
    expect(findings.map(({ code }) => code)).toEqual([
      'token-revoked',
      'rotation-gap',
      'unauthorized',
    ])
  })
})

describe('contradictions', () => {
  it('are named with the fields and an explanation of both', () => {
    const [first] = diagnose(
      { httpStatus: 401, tokenRecentlyUsed: true, idp: 'okta' },
      catalog,
    ).findings
    expect(first?.fields).toEqual(['httpStatus', 'tokenRecentlyUsed'])
    expect(first?.meaning).toContain('httpStatus (HTTP status), tokenRecentlyUsed')
    expect(first?.meaning).toContain('somebody else uses it')
  })

  it('leave standing what does not rest on the fields in dispute', () => {
    const seen = { httpStatus: 401, tokenRecentlyUsed: true, tokenFault: 'own-key' } as const
    expect(diagnose(seen, catalog).findings.map(({ code }) => code)).toEqual([
      'contradictory-observations',
      'own-key-given',
    ])
  })

  it('stop the rollout where two environments may be mixed up', () => {
    const stopOf = (tokenStatus: 'revoked' | 'live') =>
      diagnose({ usersSucceed: true, usersStatus: 200, tokenStatus }, catalog).findings[0]
    expect(stopOf('revoked')).toMatchObject({
      code: 'contradictory-observations',
      stopRollout: true,
    })
    expect(stopOf('live')).toMatchObject({ code: 'nothing-failed', stopRollout: false })
  })
})

describe('notes', () => {
  it('say where the guide is looser than the specification', () => {
    const { notes } = diagnose({ httpStatus: 404, scimType: 'noTarget' }, catalog)
    expect(notes.join(' ')).toContain('Looser than the RFC')
  })

  it('say when status or spelling is not that of the specification', () => {
    const { notes } = diagnose({ httpStatus: 400, scimType: 'Sensitive' }, catalog)
    expect(notes).toEqual([
      'The specification writes it sensitive.',
      'sensitive comes with status 403 by the specification, not 400.',
    ])
  })

  it('ask for the screen where an IdP has several with opposite formats', () => {
    const notes = (idp: 'okta' | 'entra', idpScreen?: string) =>
      diagnose({ httpStatus: 401, idp, idpScreen }, catalog).notes
    expect(notes('okta')[0]).toContain('Okta has several screens')
    expect(notes('okta', 'oin-app')).toEqual([])
    expect(notes('entra')).toEqual([])
  })

  it('say that a token in use is accepted, before anybody changes it', () => {
    const seen = { discoverySucceeds: true, usersSucceed: false, tokenRecentlyUsed: true }
    expect(diagnose(seen, catalog).notes[0]).toContain('find out the status')
    expect(diagnose({ ...seen, httpStatus: 400 }, catalog).notes).toEqual([])
    expect(diagnose({ ...seen, tokenRecentlyUsed: false }, catalog).notes).toEqual([])
  })

  it('name this IdP’s traps where only groups fail', () => {
    const notes = (idp: 'okta' | 'entra' | 'onelogin') =>
      diagnose({ usersSucceed: true, groupsSucceed: false, idp }, catalog).notes.join(' ')
    expect(notes('okta')).toContain('Assignment is not Group Push')
    expect(notes('entra')).toMatch(/at most five members.*Nested groups are not supported/)
    expect(notes('onelogin')).toContain('Pending approvals')
    expect(diagnose({ usersSucceed: true, idp: 'entra' }, catalog).notes).toEqual([])
  })

  it('repeat the time to wait', () => {
    expect(diagnose({ httpStatus: 429, retryAfterSeconds: 90 }, catalog).notes).toEqual([
      'The service provider asks to wait 90 seconds.',
    ])
  })
})

describe('the body of a diagnosis request', () => {
  it('takes everything the contract names and nothing else', () => {
    const body = {
      httpStatus: 401,
      scimType: 'uniqueness',
      operation: 'create',
      discoverySucceeds: true,
      usersSucceed: false,
      groupsSucceed: false,
      tokenRecentlyUsed: false,
      idp: 'okta',
      tenantMismatch: false,
    }
    expect(Symptoms.parse(body)).toEqual(body)
    expect(Symptoms.parse({ httpStatus: 'none' })).toEqual({ httpStatus: 'none' })
    expect(Symptoms.parse({ scimType: 'made-up_2' })).toEqual({ scimType: 'made-up_2' })
    for (const bad of [{ httpStatus: '401' }, { tokenStatus: 'live' }, { scimType: 'a b' }]) {
      expect(Symptoms.safeParse(bad).success).toBe(false)
    }
  })
})
