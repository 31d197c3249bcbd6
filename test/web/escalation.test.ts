/** A case as an administrator meets it: from a failure in one click, filled in, looked at, sent. Without a script. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseOf, openCase } from '../escalation/case.ts'
import type { Case } from '../escalation/case.ts'
import { begin, connect } from '../workflow/journey.ts'
import type { Journey } from '../workflow/journey.ts'
import { openStage } from '../workflow/stage.ts'
import type { Stage } from '../workflow/stage.ts'
import { createBrowser } from './browser.ts'
import type { Browser, Page } from './browser.ts'
import { formOn, wordsOf } from './form.ts'

const TOKEN = `scim_${'qL7xW2aZ3kP9'.repeat(3)}`
/** A pass phrase that no check knows for one; a field of a tight form refuses it all the same. */
const ODD = 'Quarry Lantern Weekly'

let stage: Stage
let journey: Journey
let admin: Browser
beforeAll(async () => {
  stage = await openStage()
  journey = await begin(stage)
  admin = createBrowser(() => stage.interlock.url)
  await admin.signIn((await stage.person('admin', ['acme'])).key)
})
afterAll(() => stage.close())

const fresh = (): Promise<Case> => openCase(stage.owner, { connectionId: journey.connectionId })
const fields = async (id: string): Promise<Record<string, unknown>> =>
  (await caseOf(stage.owner, id).view()).body['fields'] as Record<string, unknown>
const entriesOf = async (id: string) =>
  (await stage.owner.send('GET', `/v1/escalations/${id}/journal`)).body['items'] as {
    event: string
    outcome: string
  }[]

/** The page's form, with these fields typed over, sent as a browser sends it. */
async function save(id: string, typed: Record<string, string>, by = admin): Promise<Page> {
  const action = `/escalations/${id}/answer`
  const form = formOn((await by.open(`/escalations/${id}`)).text, action)
  expect(form).not.toBeNull()
  return by.post(action, { ...form, ...typed })
}

const FAILURE = { operation: 'update', occurredAt: '2026-11-24 11:58', httpStatus: '401' }

/** The one quiet button, and where it leads. */
async function escalate(page: Page, about: Record<string, string>): Promise<string> {
  const form = formOn(page.text, '/escalations')
  expect(form).toMatchObject(about)
  const opened = await admin.post('/escalations', form ?? {})
  expect(opened.status).toBe(200)
  expect(opened.path).toMatch(/^\/escalations\/esc_[0-9a-z]{20}$/)
  return opened.path.slice('/escalations/'.length)
}

describe('in one click', () => {
  it('from first checks that failed, with what they were answered', async () => {
    const { connectionId } = await connect(stage)
    const path = `/connections/${connectionId}`
    const before = await admin.open(path)
    expect(formOn(before.text, '/escalations')).toBeNull()
    const checked = await admin.post(`${path}/checks`, { token: TOKEN })
    expect(checked.text).toContain('class="finding"')
    const id = await escalate(checked, { connectionId })
    expect(await fields(id)).toMatchObject({
      httpStatus: { value: 401, witness: 'observed', from: 'checks' },
      tenantId: { value: 'acme', witness: 'observed' },
    })
    const words = wordsOf((await admin.open(`/escalations/${id}`)).text)
    expect(words).toContain('Observed by the first checks')
    expect(words).toContain('7 of 8 items answered')
    expect(words).toContain(
      'Missing. Nobody has said, and it could not be observed. Say what fails',
    )
    // What Interlock makes of it stands there as well.
    expect(words).toContain('First hypothesis')
  })

  it('from a halted rotation, whatever halted it, beside its finding', async () => {
    const halting = await begin(stage)
    await halting.create()
    await halting.updateIdp()
    stage.provider.practice.faults.wrongEnvironment = 'elsewhere.example'
    await halting.call('test')
    stage.provider.practice.faults.wrongEnvironment = null
    const page = await admin.open(`/rotations/${halting.id}`)
    expect(page.text).toContain('Halted: nothing goes on')
    expect(page.text).toContain('/guide/failures/wrong-tenant')
    const id = await escalate(page, { rotationId: halting.id })
    const opened = await caseOf(stage.owner, id).view()
    expect(opened.body).toMatchObject({ rotationId: halting.id, tenantId: 'acme' })
    const shown = await admin.open(`/escalations/${id}`)
    expect(shown.text).toContain(`href="/rotations/${halting.id}"`)
    expect(wordsOf(shown.text)).toContain('Stop the rollout of this connection')
  })

  it('from a test that failed', async () => {
    const failing = await begin(stage)
    await failing.create()
    await failing.updateIdp()
    const before = await admin.open(`/rotations/${failing.id}`)
    expect(before.text.split('Escalate to support')).toHaveLength(2)
    stage.provider.practice.faults.htmlErrorPage = 503
    await failing.call('test')
    stage.provider.practice.faults.htmlErrorPage = null
    const page = await admin.open(`/rotations/${failing.id}`)
    expect(page.text.split('Escalate to support')).toHaveLength(3)
    // Somebody else pressed the test: its finding is one click away all the same.
    expect(wordsOf(page.text)).toMatch(/The last test failed .*: Discovery\. \S/)
    expect(page.text).toMatch(/href="\/guide\/failures\/[a-z-]+">/)
    const id = await escalate(page, { rotationId: failing.id })
    expect(await fields(id)).toMatchObject({ httpStatus: { value: 503, from: 'checks' } })
  })

  it('but not of another tenant, and not by who may not', async () => {
    const stranger = createBrowser(() => stage.interlock.url)
    await stranger.signIn((await stage.person('admin', ['globex'])).key)
    await stranger.open('/escalations')
    for (const about of [{ connectionId: journey.connectionId }, { rotationId: journey.id }]) {
      expect((await stranger.post('/escalations', about)).status).toBe(404)
    }
    const auditor = createBrowser(() => stage.interlock.url)
    await auditor.signIn((await stage.person('auditor', ['acme'])).key)
    const page = await auditor.open(`/rotations/${journey.id}`)
    expect(page.status).toBe(200)
    expect(formOn(page.text, '/escalations')).toBeNull()
  })
})

describe('the form', () => {
  it('attests what was typed and leaves what was observed as it is', async () => {
    const { id } = await fresh()
    const saved = await save(id, FAILURE)
    expect([saved.status, saved.path]).toEqual([200, `/escalations/${id}`])
    const after = await fields(id)
    expect(after).toMatchObject({
      operation: { value: 'update', witness: 'attested', by: 'the admin' },
      occurredAt: { value: '2026-11-24T11:58:00.000Z', witness: 'attested' },
      httpStatus: { value: 401, witness: 'attested' },
      tenantId: { witness: 'observed' },
      scimBaseUrl: { witness: 'observed' },
      tokenRecentlyUsed: { witness: 'observed' },
    })
    expect(wordsOf(saved.text)).toContain('Ready to submit')
    // The same once more is no answer, and no new revision.
    const { body } = await caseOf(stage.owner, id).view()
    await save(id, {})
    expect((await caseOf(stage.owner, id).view()).body['revision']).toBe(body['revision'])
  })

  it('names what does not fit beside each of its fields', async () => {
    const { id } = await fresh()
    const saved = await save(id, { ...FAILURE, tokenRecentlyUsed: 'yes', tenantId: 'acme-eu' })
    for (const name of ['httpStatus', 'tokenRecentlyUsed', 'tenantId']) {
      const place = saved.text.split(`id="beside-${name}"`)[1]?.split('</div>')[0] ?? ''
      expect(wordsOf(`<${place}`), name).toContain('Does not fit.')
    }
    const quiet = saved.text.split('id="beside-operation"')[1]?.split('</div>')[0] ?? ''
    expect(quiet).not.toContain('Does not fit')
    expect(wordsOf(saved.text)).toContain('The connection is for the tenant acme.')
  })

  it('takes "cannot be known" with its reason, "no answer", and takes answers back', async () => {
    const { id } = await fresh()
    await save(id, { httpStatusInstead: 'none', occurredAtInstead: 'cannot:not-recorded' })
    expect(await fields(id)).toMatchObject({
      httpStatus: { value: 'none' },
      occurredAt: { value: null, cannotBeKnown: 'not-recorded' },
    })
    await save(id, { httpStatus: '403', occurredAtInstead: '' })
    expect(await fields(id)).toMatchObject({ httpStatus: { value: 403 }, occurredAt: null })
  })

  it('refuses a token, names field, kind and what to do, and sends nothing of it back', async () => {
    const { id } = await fresh()
    const seen = (await entriesOf(id)).length
    for (const name of ['note', 'tenantId', 'correlationId'] as const) {
      const answer = await save(id, { operation: 'deactivate', [name]: TOKEN })
      expect(answer.status, name).toBe(422)
      const words = wordsOf(answer.text)
      expect(words.toLowerCase()).toContain(
        `${name.replace(/([a-z])([A-Z])/, '$1 $2').toLowerCase()} seems to hold a token`,
      )
      expect(words).toMatch(/revoke it where it was issued \([a-z ]+\)/)
      expect(answer.text).not.toContain(TOKEN)
      expect(answer.text).not.toContain(TOKEN.slice(5, 17))
      // The rest of what was typed is not lost.
      expect(formOn(answer.text, `/escalations/${id}/answer`)).toMatchObject({
        operation: 'deactivate',
      })
    }
    expect(await fields(id)).toMatchObject({ operation: null })
    const entries = (await entriesOf(id)).slice(seen)
    expect(entries.map(({ event, outcome }) => `${event} ${outcome}`)).toEqual(
      Array.from({ length: 3 }, () => 'items.answered refused'),
    )
    const store = readdirSync(stage.folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    expect(store.join('\n') + stage.log.join('\n')).not.toContain(TOKEN.slice(5, 17))
  })

  it('does not send back what stood in a field that was refused for its form', async () => {
    const { id } = await fresh()
    for (const name of ['tenantId', 'scimBaseUrl', 'occurredAt', 'httpStatus', 'correlationId']) {
      const answer = await save(id, { [name]: ODD, note: 'Since Monday.' })
      expect(wordsOf(answer.text), name).toContain('Some fields are not accepted')
      expect(answer.text, name).not.toContain(ODD)
      expect(formOn(answer.text, `/escalations/${id}/answer`)).toMatchObject({
        note: 'Since Monday.',
      })
    }
  })

  it('sent for a revision that is over shows what changed and keeps what was typed', async () => {
    const one = await fresh()
    const action = `/escalations/${one.id}/answer`
    const old = formOn((await admin.open(`/escalations/${one.id}`)).text, action) ?? {}
    expect((await one.patch({ httpStatus: 403 })).status).toBe(200)
    const late = await admin.post(action, { ...old, operation: 'create' })
    expect(late.status).toBe(412)
    expect(wordsOf(late.text)).toMatch(/Since this page was drawn: .* Answered http status, /)
    const again = formOn(late.text, action) ?? {}
    expect(again).toMatchObject({ operation: 'create', httpStatus: '403' })
    expect((await admin.post(action, again)).status).toBe(200)
    expect(await fields(one.id)).toMatchObject({
      operation: { value: 'create', by: 'the admin' },
      httpStatus: { value: 403, by: expect.not.stringMatching('the admin') },
    })
  })
})

describe('while it is typed', () => {
  const typing = async (id: string, typed: Record<string, string>): Promise<Page> => {
    const form = formOn((await admin.open(`/escalations/${id}`)).text, `/escalations/${id}/answer`)
    return admin.post(`/escalations/${id}/redraw`, { ...form, ...typed })
  }

  it('completeness and contradictions are told, and nothing is kept', async () => {
    const one = await fresh()
    const before = await one.view()
    const piece = await typing(one.id, { ...FAILURE, tokenRecentlyUsed: 'yes' })
    expect(piece.status).toBe(200)
    expect(piece.text).not.toContain('<html')
    const words = wordsOf(piece.text)
    expect(words).toContain('8 of 8 items answered')
    expect(words).toContain('Nothing of it is saved yet')
    expect(words).toContain('HTTP status and Portal shows recent use of the token: A request')
    expect(piece.text).toContain('data-beside="beside-httpStatus"')
    expect((await one.view()).body).toEqual(before.body)
    expect(await entriesOf(one.id)).toHaveLength(1)
  })

  it('a field that is half typed is named, and the others count', async () => {
    const { id } = await fresh()
    const piece = await typing(id, {
      ...FAILURE,
      occurredAt: '2026-11',
      scimBaseUrl: ODD,
    })
    const words = wordsOf(piece.text)
    expect(words).toContain('7 of 8 items answered')
    expect(words).toContain('occurred at')
    expect(words).toContain('scim base url must be an absolute URL')
    expect(piece.text).not.toContain(ODD)
  })

  it('a token that came through is named and not repeated', async () => {
    const { id } = await fresh()
    const piece = await typing(id, { ...FAILURE, note: `it is ${TOKEN}` })
    expect(wordsOf(piece.text)).toMatch(/note seems to hold a token, .* \([a-z ]+\)/)
    expect(piece.text).not.toContain(TOKEN.slice(5, 17))
    expect(wordsOf(piece.text)).toContain('8 of 8 items answered')
  })
})

describe('before it leaves', () => {
  it('an incomplete case can be looked at and not be sent', async () => {
    const { id } = await fresh()
    const page = await admin.open(`/escalations/${id}/preview`)
    expect(page.status).toBe(200)
    expect(formOn(page.text, `/escalations/${id}/submit`)).toBeNull()
    expect(wordsOf(page.text)).toContain('5 of 8 items are answered. Answer what is missing')
    const pushed = await admin.post(`/escalations/${id}/submit`, { revision: '1' })
    expect(pushed.status).toBe(409)
    expect(wordsOf(pushed.text)).toContain('Missing: operation, occurredAt, httpStatus.')
  })

  it('the very bytes are shown, and those are what support gets', async () => {
    const { id } = await fresh()
    await save(id, { ...FAILURE, note: 'Since the rotation on Monday.' })
    const page = await admin.open(`/escalations/${id}/preview`)
    const zip = Buffer.from(await (await admin.raw(`/escalations/${id}/preview.zip`)).arrayBuffer())
    const sha256 = createHash('sha256').update(zip).digest('hex')
    expect(page.text).toContain(sha256)
    expect(wordsOf(page.text)).toContain('Since the rotation on Monday.')
    const form = formOn(page.text, `/escalations/${id}/submit`) ?? {}
    const sent = await admin.post(`/escalations/${id}/submit`, form)
    expect([sent.status, sent.path]).toEqual([200, `/escalations/${id}`])
    expect(wordsOf(sent.text)).toContain('Submitted')
    const { body } = await caseOf(stage.owner, id).view()
    expect(body['bundles']).toMatchObject([{ sha256 }])
  })

  it('one that would not be clean is refused where it can be mended', async () => {
    const one = await fresh()
    const number = '7d9c1f52-2f0e-4a8e-9a6b-3c1d5e7f9a10'
    await save(one.id, { ...FAILURE, correlationId: number })
    const { Secret } = await import('../../src/secret.ts')
    stage.interlock.deps.tokens.remember(new Secret(number))
    const page = await admin.open(`/escalations/${one.id}/preview`)
    expect(page.status).toBe(409)
    expect(wordsOf(page.text)).toContain('correlation id seems to hold a token (known token)')
    expect(formOn(page.text, `/escalations/${one.id}/answer`)).not.toBeNull()
  })
})

it('withdrawn, it is over: no form is left, and a late one is refused', async () => {
  const one = await fresh()
  const form = formOn(
    (await admin.open(`/escalations/${one.id}`)).text,
    `/escalations/${one.id}/withdraw`,
  )
  const done = await admin.post(`/escalations/${one.id}/withdraw`, {
    ...form,
    note: 'It works again.',
  })
  expect(wordsOf(done.text)).toContain('Withdrawn by the admin')
  expect(wordsOf(done.text)).toContain('It works again.')
  for (const verb of ['answer', 'observe', 'withdraw', 'submit']) {
    expect(formOn(done.text, `/escalations/${one.id}/${verb}`), verb).toBeNull()
  }
  const late = await admin.post(`/escalations/${one.id}/withdraw`, { revision: '2' })
  expect(late.status).toBe(409)
  expect(wordsOf(late.text)).toContain('The case is withdrawn; this belongs to')
})
