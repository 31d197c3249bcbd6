import { describe, expect, it } from 'vitest'
import { Idp } from '../../machines/vocabulary.ts'
import { loadCatalog } from '../../src/catalog.ts'
import { groupSyncGuide } from '../../src/idps/group-sync.ts'
import { guidanceFor } from '../../src/idps/guidance.ts'

const catalog = loadCatalog()
const blanks = {
  baseUrl: 'https://portal.example/scim/v2',
  pilotUser: 'pilot@acme.example',
  attribute: 'Title',
  value: 'interlock-7Q4M',
}

/** What each screen puts on the wire decides what must be typed; from the vendors’ pages. */
const FORMATS = [
  ['okta', 'header-auth-template', 'with-bearer'],
  ['okta', 'oauth-bearer-template', 'raw'],
  ['okta', 'scim-connection', 'raw'],
  ['okta', 'connector-configuration', 'with-bearer'],
  ['okta', 'oin-app', 'ask'],
  ['entra', undefined, 'raw'],
  ['onelogin', undefined, 'raw'],
  ['generic', undefined, 'ask'],
] as const

describe('guidance for an IdP', () => {
  it.each(FORMATS)('%s, screen %s: %s', (idp, screen, enter) => {
    const { header, update, askScreen } = guidanceFor(catalog, idp, screen, blanks)
    expect(header.enter).toBe(enter)
    expect(askScreen).toEqual([])
    expect(update.join(' ')).toContain(blanks.baseUrl)
    expect(update.at(-1)).toMatch(/save|tick/i)
    const typed = update.find((step) => /token/i.test(step) && /enter/i.test(step)) ?? ''
    if (enter === 'with-bearer') expect(typed).toMatch(/the word Bearer, one space/)
    if (enter === 'raw') expect(typed).toMatch(/alone/)
    if (enter === 'ask') expect(typed).toMatch(/raw.*401.*with Bearer/)
  })

  it('asks which Okta screen it is instead of guessing', () => {
    for (const screen of [undefined, 'no-such-screen']) {
      const { askScreen, update, header } = guidanceFor(catalog, 'okta', screen)
      expect(askScreen).toHaveLength(5)
      expect(update).toEqual([])
      expect(header).toMatchObject({ enter: 'ask', sent: null })
    }
  })

  it.each(Idp.options)(
    '%s: the canary names pilot, attribute and value; no blank is left',
    (idp) => {
      const filled = guidanceFor(catalog, idp, undefined, blanks).canary.join(' ')
      for (const word of [blanks.pilotUser, blanks.attribute, blanks.value]) {
        expect(filled).toContain(word)
      }
      expect(JSON.stringify(guidanceFor(catalog, idp))).not.toMatch(/\{\w+\}/)
      expect(guidanceFor(catalog, idp).canary.join(' ')).toContain('the pilot user')
    },
  )

  it('knows the cycles, with reasons', () => {
    const minutes = (idp: Idp) => guidanceFor(catalog, idp).cycle.minutes
    expect(Idp.options.map(minutes)).toEqual([60, 40, 60, 1440])
  })

  it('knows the exact connection tests', () => {
    const requests = (idp: Idp) => guidanceFor(catalog, idp).test.requests.join(' ')
    expect(requests('okta')).toContain('GET /Users?startIndex=1&count=2')
    expect(requests('entra')).toContain('filter=userName eq')
  })

  it('says what to do after a gap', () => {
    const after = (idp: Idp) => guidanceFor(catalog, idp).afterGap.join(' ')
    expect(after('okta')).toContain('Retry Selected')
    expect(after('entra')).toMatch(/quarantine.*Restart provisioning/)
    expect(after('onelogin')).toContain('approve what is pending')
    expect(after('generic')).toContain('Retry what failed')
  })
})

describe('the pilot-group path', () => {
  it.each(Idp.options)('%s: one group, in scope, step by step, seen on the other side', (idp) => {
    const { steps } = groupSyncGuide(catalog, idp)
    expect(steps.map(({ number }) => number)).toEqual(steps.map((_step, index) => index + 1))
    expect(steps[0]?.title).toBe('One pilot group')
    expect(steps.map(({ title }) => title)).toContain('In scope')
    expect(steps.at(-1)).toMatchObject({ title: 'Look at the other side', who: 'tenant-admin' })
  })

  it('warns of each IdP’s own traps', () => {
    const traps = (idp: Idp) =>
      groupSyncGuide(catalog, idp)
        .traps.map(({ text }) => text)
        .join(' ')
    expect(traps('entra')).toMatch(/at most five members.*Nested groups are not supported/)
    expect(traps('okta')).toContain('Assignment is not Group Push')
    expect(traps('onelogin')).toContain('Pending approvals')
  })
})
