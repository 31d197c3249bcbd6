import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ask, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await openStage({ tenants: ['acme'] }, '/some/where')
})
afterEach(() => stage.close())

const panel = (verb: string, body: object = {}) =>
  ask(`${stage.url}/idp/${verb}`, { method: 'POST', body })

describe('the panel', () => {
  it('says what is here, under whatever mount', async () => {
    const { body } = await ask(stage.url)
    expect(body['connection']).toMatchObject({
      scimBaseUrl: stage.scim,
      portal: { url: stage.url },
    })
    const { portal } = body['connection'] as { portal: { url: string; credential: string } }
    const list = await ask(`${portal.url}/api/v1/scim/tokens`, { token: portal.credential })
    expect(list.status).toBe(200)
  })

  it('plays an IdP from an empty form to a changed person', async () => {
    const value = stage.practice.tokens.create().value.reveal()
    const entered = await panel('enter-token', { token: `Bearer ${value}` })
    expect(entered.body['idp']).toMatchObject({ kind: 'okta', form: 'entered', saved: false })
    expect(entered.text).not.toContain(value)
    const tested = await panel('test')
    expect(tested.body).toMatchObject({ result: { green: true }, idp: { form: 'tested' } })
    const pilot = { userName: 'pilot@acme.example', title: 'canary-1' }
    const early = await panel('provision', pilot)
    expect(early.body['result']).toMatchObject({ outcome: 'failure', httpStatus: 401 })
    await panel('save')
    const late = await panel('provision', pilot)
    expect(late.body['result']).toMatchObject({ operation: 'create', outcome: 'success' })
    const list = await ask(`${stage.scim}/Users`, { token: value })
    expect(list.body['Resources']).toMatchObject([{ title: 'canary-1', active: true }])
    await panel('deactivate', { userName: pilot.userName })
    expect((await ask(`${stage.scim}/Users`, { token: value })).text).toContain('"active":false')
    expect((await panel('cycle')).status).toBe(200)
    expect((await panel('kind', { idp: 'entra' })).body['idp']).toMatchObject({ kind: 'entra' })
  })

  it('opens no connection of its own, whatever it is told', async () => {
    const dialled = vi.spyOn(globalThis, 'fetch')
    const value = stage.practice.tokens.create().value.reveal()
    stage.practice.faults.redirectTo = '169.254.169.254'
    const inside = stage.practice.app
    const post = (verb: string, body: object) =>
      inside.request(`/idp/${verb}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    await post('enter-token', { token: `Bearer ${value}` })
    const test = (await (await post('test', {})).json()) as object
    expect(test).toMatchObject({ result: { green: false, httpStatus: 307 } })
    expect((await post('test', { baseUrl: 'http://127.0.0.1:1' })).status).toBe(422)
    expect(dialled).not.toHaveBeenCalled()
    expect(stage.practice.requests.entries).toMatchObject([{ path: '/Users', status: 307 }])
    dialled.mockRestore()
  })

  it('takes JSON only, and not much of it', async () => {
    const form = await fetch(`${stage.url}/idp/save`, { method: 'POST', body: 'a=b' })
    expect(form.status).toBe(415)
    expect((await panel('enter-token', { token: 'x'.repeat(20_000) })).status).toBe(413)
    expect((await panel('kind', { idp: 'azure' })).status).toBe(422)
  })
})
