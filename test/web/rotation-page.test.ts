/** The rotation's page where it is more than the walk: stale pages, portals read out by hand, the second person, going back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asTyped, begin, isLive, PILOT, waitUntil } from '../workflow/journey.ts'
import type { Journey, Order } from '../workflow/journey.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { createBrowser } from './browser.ts'
import type { Browser, Page } from './browser.ts'

let stage: Stage
let ada: Browser
let bob: Browser
beforeAll(async () => {
  stage = await openStage()
  ada = createBrowser(() => stage.interlock.url)
  await ada.signIn(stage.owner.key)
  bob = createBrowser(() => stage.interlock.url)
  await bob.signIn((await stage.person('approver', ['acme'])).key)
})
afterAll(() => stage.close())

const revisionIn = (page: Page): string =>
  /name="revision" value="(\d+)"/.exec(page.text)?.[1] ?? ''
const words = (page: Page): string =>
  page.text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&#39;', '’')

/** Opens the page and presses what stands on it. */
async function press(
  who: Browser,
  j: Pick<Journey, 'id'>,
  verb: string,
  fields: Record<string, string> = {},
): Promise<Page> {
  const seen = await who.open(`/rotations/${j.id}`)
  expect(seen.text, `${verb} stands on the page`).toContain(`action="/rotations/${j.id}/${verb}"`)
  return who.post(`/rotations/${j.id}/${verb}`, { revision: revisionIn(seen), ...fields })
}

describe('a page that is not up to date', () => {
  it('is shown anew, with what others did meanwhile, and changes nothing', async () => {
    const j = await begin(stage)
    const stale = await ada.open(`/rotations/${j.id}`)
    await j.create()
    const late = await ada.post(`/rotations/${j.id}/create`, {
      revision: revisionIn(stale),
      expiresInDays: '90',
    })
    expect(late.status).toBe(412)
    expect(words(late)).toMatch(/Since this page was drawn: .*New token created/)
    expect(words(late)).toContain('Now: put the new token into Okta')
    expect(stage.provider.practice.tokens.list().filter((t) => t.name.includes(j.id))).toHaveLength(
      1,
    )
  })

  it('shows a new token in the answer to the form alone', async () => {
    const j = await begin(stage)
    const made = await press(ada, j, 'create', { expiresInDays: '30' })
    const value = /<code>(scim_[\w-]{20,})<\/code>/.exec(made.text)?.[1] ?? ''
    expect(value).not.toBe('')
    expect(made.headers.get('Cache-Control')).toBe('no-store')
    for (const page of [
      await ada.open(`/rotations/${j.id}`),
      await bob.open(`/rotations/${j.id}`),
    ]) {
      expect(page.text).not.toContain(value)
    }
  })
})

/** With a token somebody made in the portal by hand, as far as the test. */
async function byHand(order: Order = {}): Promise<Journey> {
  const j = await begin(stage, { manual: true, ...order })
  const { token, value } = stage.provider.practice.tokens.create({ name: 'by hand' })
  j.fresh = { id: token.id, value: value.reveal() }
  const made = await press(ada, j, 'create', {
    token: j.fresh.value,
    expiresAt: '2027-02-01 10:00',
  })
  expect(made.text).not.toContain(j.fresh.value)
  j.idp.enterToken(asTyped('okta', j.fresh.value))
  j.idp.save()
  const screen = /name="screen" value="([\w-]+)"/.exec(made.text)?.[1]
  if (screen !== undefined) {
    const con = await ada.post(`/connections/${j.connectionId}/screen`, {
      revision: revisionOfScreen(made),
      rotation: j.id,
      screen,
    })
    expect(con.path).toBe(`/rotations/${j.id}`)
  }
  await press(ada, j, 'update-idp')
  await press(ada, j, 'test')
  return j
}
const revisionOfScreen = (page: Page): string =>
  /\/screen"[\s\S]*?name="revision" value="(\d+)"/.exec(page.text)?.[1] ?? ''

const typed = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

describe('a portal that people read out', () => {
  it('goes by forms alone: pasted, tested, read out, approved by another person, revoked by hand', async () => {
    const j = await byHand()
    const canary = await press(ada, j, 'canary')
    const value = /<code>(interlock-[\w-]+)<\/code>/.exec(canary.text)?.[1] ?? ''
    waitUntil(stage, /class="warning"[\s\S]*?datetime="([^"]+)"/.exec(canary.text)?.[1])
    const event = await j.idp.provision({ userName: PILOT, change: { title: value } })
    stage.advance(2_000)
    const usedAt = (id: string): number =>
      stage.provider.practice.tokens.list().find((t) => t.id === id)?.lastUsedAt ?? 0
    await press(ada, j, 'reading', {
      oldLastUsedAt: typed(usedAt(j.old.token.id)),
      newLastUsedAt: typed(Math.ceil(usedAt(j.fresh.id) / 1000) * 1000),
      readAt: typed(stage.now.ms + 1000),
    })
    const told = await press(ada, j, 'event', {
      operation: 'update',
      subject: PILOT,
      occurredAt: typed(event.at + 1000),
      outcome: 'success',
      source: 'Okta log',
      reference: event.reference,
    })
    expect(words(told)).toContain('Now: a second person approves')
    // Whoever said it does not approve it, and the page tells why.
    const own = await press(ada, j, 'approve')
    expect(own.status).toBe(409)
    expect(own.text).toContain('role="alert"')
    const seen = await bob.open(`/rotations/${j.id}`)
    expect(seen.text).not.toContain(`/rotations/${j.id}/revoke"`)
    expect(words(await press(bob, j, 'approve'))).not.toMatch(/403|may not/)

    const ready = await ada.open(`/rotations/${j.id}`)
    const shown = /accepting the old token <code>([^<]+)<\/code>/.exec(ready.text)?.[1] ?? ''
    const wrong = await press(ada, j, 'revoke', { lastFour: 'nope' })
    expect(wrong.status).toBe(409)
    const confirmed = await press(ada, j, 'revoke', { lastFour: shown.slice(-4) })
    expect(words(confirmed)).toContain('Now: revoke the old token in the portal')
    // Not yet revoked there: Interlock asks, and does not take anybody’s word.
    expect((await press(ada, j, 'confirm-revoked')).status).toBe(409)
    stage.provider.practice.tokens.revoke(j.old.token.id)
    const done = await press(ada, j, 'confirm-revoked')
    expect(words(done)).toMatch(/Rotated .*old token answers 401/)
  })
})

describe('going back', () => {
  it('says which token goes, and walks the same page with the roles exchanged', async () => {
    const j = await begin(stage)
    await j.create()
    await j.updateIdp()
    const back = await press(ada, j, 'roll-back', { reason: 'Okta refuses the new one' })
    expect(words(back)).toContain('Rolling back: the IdP returns to the old token')
    expect(words(back)).toContain('Now: put the old token into Okta')
    expect(words(back)).toContain('What must be true before the new token can go')
    expect(isLive(stage, j.fresh.id)).toBe(true)
  })
})

describe('somebody who only reads', () => {
  it('sees where it stands and what is missing, and no control', async () => {
    const j = await begin(stage)
    const carol = createBrowser(() => stage.interlock.url)
    await carol.signIn((await stage.person('auditor', ['acme'])).key)
    const page = await carol.open(`/rotations/${j.id}`)
    expect(words(page)).toContain('Your role reads')
    expect(page.text).not.toMatch(/action="\/rotations\/[^"]+\/(create|halt|abandon)"/)
  })
})
