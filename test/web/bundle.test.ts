/** Support's desk: what waits, the bundle made for reading, its bytes, and the answers to the administrator. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '../../src/secret.ts'
import { verifyBundle } from '../../src/support/verify.ts'
import { ANSWERS, caseOf, openCase, submitted } from '../escalation/case.ts'
import { begin } from '../workflow/journey.ts'
import type { Journey } from '../workflow/journey.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { createBrowser } from './browser.ts'
import type { Browser, Page } from './browser.ts'
import { formOn, wordsOf } from './form.ts'

let stage: Stage
let journey: Journey
let support: Browser
let admin: Browser
beforeAll(async () => {
  stage = await openStage()
  journey = await begin(stage)
  support = await signedIn('support')
  admin = await signedIn('admin')
})
afterAll(() => stage.close())

async function signedIn(role: 'support' | 'admin' | 'auditor', tenant = 'acme'): Promise<Browser> {
  const browser = createBrowser(() => stage.interlock.url)
  await browser.signIn((await stage.person(role, [tenant])).key)
  return browser
}

const send = () => submitted(stage, journey.connectionId)

/** The form for this verb as it stands on the case's page, with these fields filled in. */
async function press(
  by: Browser,
  id: string,
  verb: string,
  fields: Record<string, string> = {},
): Promise<Page> {
  const action = `/escalations/${id}/${verb}`
  const form = formOn((await by.open(`/escalations/${id}`)).text, action)
  expect(form, `${verb} is on the page`).not.toBeNull()
  return by.post(action, { ...form, ...fields })
}

const waitingOf = ({ text }: Page): string =>
  /Escalations (\d+) waiting for you/.exec(wordsOf(text))?.[1] ?? 'none'

it('shows support what waits for it first, and everybody how much waits for them', async () => {
  const desk = await support.open('/')
  expect(desk.path).toBe('/escalations')
  expect(wordsOf(desk.text)).toContain('No case has been opened.')
  const { escalation } = await send()
  const open = await openCase(stage.owner, { connectionId: journey.connectionId })
  // One of no tenant yet is its opener's alone.
  const alone = await openCase(stage.owner)
  const inbox = await support.open('/escalations')
  const [mine = '', theirs = ''] = inbox.text.split('id="others"')
  expect(mine).toContain(`/escalations/${escalation}`)
  expect(mine).not.toContain(open.id)
  expect(theirs).toContain(`/escalations/${open.id}`)
  expect(waitingOf(inbox)).toBe('1')
  const other = await admin.open('/escalations')
  expect(other.text.split('id="others"')[0]).toContain(open.id)
  expect(waitingOf(other)).toBe('1')
  expect(other.text).not.toContain(alone.id)
  expect(waitingOf(await (await signedIn('auditor')).open('/escalations'))).toBe('none')
  const stranger = await (await signedIn('support', 'globex')).open('/escalations')
  expect(stranger.text).not.toContain(escalation)
  expect(waitingOf(stranger)).toBe('none')
  const chosen = await support.open('/escalations?state=collecting')
  expect(chosen.text).toContain(open.id)
  expect(chosen.text).not.toContain(escalation)
})

describe('a bundle', () => {
  it('is read in the order of a case, by somebody who sees nothing else of it', async () => {
    const { bundle } = await send()
    const page = await support.open(`/bundles/${bundle}`)
    const words = wordsOf(page.text)
    const order = [
      'Unchanged and clean',
      'What is reported',
      'First hypothesis',
      'Next step',
      'What happened',
      'First checks',
      'Not known, and why',
      'Integrity',
    ].map((title) => words.indexOf(title))
    expect(order.every((at) => at > 0)).toBe(true)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    for (const said of [
      'HTTP status 401 Said by bootstrap key',
      'SCIM base URL',
      'Observed in the connection',
      'Failing operation Updating users',
      'This case was opened',
      'Nobody ran the first checks',
      'Bodies of requests and answers are never kept',
    ]) {
      expect(words).toContain(said)
    }
    expect((await support.open(`/connections/${journey.connectionId}`)).status).toBe(403)
  })

  it('shows its integrity, and hands out the very bytes', async () => {
    const { bundle } = await send()
    const page = await support.open(`/bundles/${bundle}`)
    const words = wordsOf(page.text)
    const zip = Buffer.from(
      await (await support.raw(`/bundles/${bundle}/download.zip`)).arrayBuffer(),
    )
    const verdict = verifyBundle(zip)
    expect(verdict).toMatchObject({ verdict: 'clean', findings: [] })
    expect(words).toContain(`Key ${verdict.keyFingerprint}`)
    expect(words).toContain('Signature verified, by the key of this Interlock')
    expect(words).toContain('Leak check: no token found')
    expect(words).toContain(`Detector rules ${stage.interlock.deps.leaks.version}`)
    expect(words).toContain('Searched: bundle.json, journal.json, manifest.json')
    for (const format of ['json', 'md', 'zip'] as const) {
      expect(page.text).toContain(`href="/bundles/${bundle}/download.${format}"`)
      const file = await support.raw(`/bundles/${bundle}/download.${format}`)
      const api = await stage.owner.send('GET', `/v1/bundles/${bundle}.${format}`)
      expect(await file.text()).toBe(api.text)
      expect(file.headers.get('Content-Type')).toBe(api.headers.get('Content-Type'))
      expect(file.headers.get('Cache-Control')).toBe('no-store')
    }
    expect(page.text).not.toContain('zip.age')
  })

  it('that was changed is said to be, is not opened, and is not handed out', async () => {
    const { bundle } = await send()
    const { store } = stage.interlock
    const stored = await store.load('bundle', bundle)
    const record = stored!.record as { zip: string }
    const zip = Buffer.from(record.zip, 'base64')
    zip[zip.indexOf('acme')] = 'b'.charCodeAt(0)
    const changed = { ...record, zip: zip.toString('base64') }
    const actor = { kind: 'system', id: 'test', name: 'test' } as const
    const at = '2026-11-24T12:00:00.000Z'
    const entry = { at, actor, event: 'bundle.made', outcome: 'applied' } as const
    await store.commit('bundle', bundle, stored!.head.revision, changed, entry)
    const page = await support.open(`/bundles/${bundle}`)
    const words = wordsOf(page.text)
    expect(words).toContain('Do not use it')
    expect(words).toContain('Changed since it was submitted')
    expect(words).toContain('hash differs')
    expect(words).not.toContain('What is reported')
    expect(page.text).not.toContain('/download.')
    for (const format of ['zip', 'json', 'md']) {
      const refused = await support.raw(`/bundles/${bundle}/download.${format}`)
      expect([refused.status, refused.headers.get('Location')]).toEqual([303, `/bundles/${bundle}`])
    }
  })

  it('that is no longer clean is said to be: a token is known by now that was not then', async () => {
    const number = '0c5b8a34-91de-4f27-b6a1-52c7e8d90f13'
    const one = await openCase(stage.owner, { connectionId: journey.connectionId })
    await one.patch({ ...ANSWERS, correlationId: number })
    const { id } = (await one.must('submit')).body['bundle'] as { id: string }
    expect((await support.open(`/bundles/${id}`)).text).toContain(number)
    stage.interlock.deps.tokens.remember(new Secret(number))
    const page = await support.open(`/bundles/${id}`)
    expect(wordsOf(page.text)).toContain('Not clean: it is not opened here')
    expect(wordsOf(page.text)).toContain('bundle.json: known token')
    expect(page.text).not.toContain(number)
    expect((await support.raw(`/bundles/${id}/download.zip`)).status).toBe(303)
  })
})

describe('support', () => {
  it('acknowledges, asks back for an item, gets it anew, and resolves', async () => {
    const { escalation } = await send()
    expect(wordsOf((await press(support, escalation, 'acknowledge')).text)).toContain(
      'acknowledged just now by the support',
    )
    const asked = await press(support, escalation, 'request-info', {
      'item.httpStatus': 'on',
      note: 'Which status does the log show for a second user?',
    })
    expect(wordsOf(asked.text)).toContain('Support asked back')
    const action = `/escalations/${escalation}/answer`
    const page = await admin.open(`/escalations/${escalation}`)
    const words = wordsOf(page.text)
    expect(words).toContain('the support asked, ')
    expect(words).toContain('for HTTP status anew. Which status does the log show')
    expect(words).toContain('Missing. Support asks again. It was: 401.')
    expect(formOn(page.text, action)).toMatchObject({ httpStatus: '', operation: 'update' })
    const empty = await press(admin, escalation, 'answer')
    expect(empty.status).toBe(422)
    expect(wordsOf(empty.text)).toContain('Nothing was changed.')
    // The same once more is an answer here: it was asked for.
    const again = await press(admin, escalation, 'answer', { httpStatus: '401' })
    expect(wordsOf(again.text)).toContain('Ready to submit')
    const preview = await admin.open(`/escalations/${escalation}/preview`)
    const submit = `/escalations/${escalation}/submit`
    await admin.post(submit, formOn(preview.text, submit) ?? {})
    await press(support, escalation, 'acknowledge')
    const done = await press(support, escalation, 'resolve', {
      resolution: 'token-replaced',
      note: 'The IdP had the token of last year.',
    })
    for (const seen of [done, await admin.open(`/escalations/${escalation}`)]) {
      expect(wordsOf(seen.text)).toContain('Token replaced, by the support')
      expect(wordsOf(seen.text)).toContain('The IdP had the token of last year.')
    }
    const { body } = await caseOf(stage.owner, escalation).view()
    expect(body).toMatchObject({ state: 'resolved', bundles: [{}, {}] })
    expect((await support.open('/escalations?state=resolved')).text).toContain(escalation)
  })

  it('is not shown a step that is not open, and a token in its words is refused', async () => {
    const { escalation } = await send()
    const page = await support.open(`/escalations/${escalation}`)
    expect(formOn(page.text, `/escalations/${escalation}/resolve`)).toBeNull()
    expect(formOn(page.text, `/escalations/${escalation}/withdraw`)).toBeNull()
    const token = `scim_${'zR4mT8vB1nC6'.repeat(3)}`
    const refused = await press(support, escalation, 'request-info', { note: `Is it ${token}?` })
    expect(refused.status).toBe(422)
    expect(wordsOf(refused.text)).toContain('note seems to hold a token')
    expect(refused.text).not.toContain(token.slice(5, 17))
    const early = await support.post(`/escalations/${escalation}/resolve`, {
      revision: /name="revision" value="(\d+)"/.exec(page.text)?.[1] ?? '',
      resolution: 'other',
    })
    expect(early.status).toBe(409)
    expect(wordsOf(early.text)).toContain('The case is submitted; this belongs to acknowledged.')
  })
})
