import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROBLEMS } from '../../src/problem-catalogue.ts'
import { codeOf, start } from './harness.ts'
import type { Harness } from './harness.ts'
import { createProbe } from './probe-route.ts'

let h: Harness
beforeAll(async () => {
  h = await start([createProbe().mount])
})
afterAll(() => h.end())

const open = (path: string) => h.ask('GET', path, { key: null })

describe('operations', () => {
  it('says that it is alive, and that it is ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answer = await open(path)
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }])
    }
  })

  it('is not ready, yet alive, when the store is not', async () => {
    const own = await start()
    await own.store.close()
    expect((await own.ask('GET', '/healthz')).status).toBe(200)
    expect(await codeOf(await own.ask('GET', '/readyz', { key: null }))).toBe('unavailable')
    await own.end()
  })

  it('counts by template, status and code', async () => {
    await h.ask('PATCH', '/v1/probes/p-canary', { body: { note: 'x' } })
    await h.ask('GET', '/canary')
    const answer = await open('/metrics')
    const text = await answer.text()
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain; version=/)
    expect(text).toContain(
      'interlock_http_requests_total{method="PATCH",route="/v1/probes/:id",status="428"} 1',
    )
    expect(text).toContain(
      'interlock_http_requests_total{method="GET",route="none",status="404"} 1',
    )
    expect(text).toContain('interlock_refusals_total{code="precondition-required"} 1')
    expect(text).toContain('interlock_active_rotations 3')
    expect(text).not.toContain('canary')
  })

  it('still counts when the number of rotations is not known', async () => {
    const { createMetrics } = await import('../../src/http/metrics.ts')
    const activeRotations = () => Promise.reject(new Error('closed'))
    const text = await createMetrics({ activeRotations, process: false }).render()
    expect(text).toContain('interlock_active_rotations Nan')
  })
})

interface Document {
  openapi: string
  paths: Record<string, Record<string, OperationObject>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}
interface OperationObject {
  security?: unknown
  parameters?: { in: string; name: string; required?: boolean }[]
  requestBody?: { required: boolean; content: Record<string, unknown> }
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
  'x-permission': string
}

describe('the document', () => {
  const document = async () => (await (await open('/openapi.json')).json()) as Document

  it('is OpenAPI 3.1 and lists every route with what it needs', async () => {
    const { openapi, paths, components } = await document()
    expect(openapi).toBe('3.1.0')
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/healthz', '/v1/keys', '/v1/keys/{id}', '/v1/audit', '/v1/probes']),
    )
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(['Problem', 'NewKey', 'Key', 'AuditEntry']),
    )
    expect(components.securitySchemes).toHaveProperty('key')
    expect(paths['/v1/keys']!['post']).toMatchObject({
      'x-permission': 'keys.manage',
      security: [{ key: [] }],
    })
    expect(paths['/healthz']!['get']!.security).toBeUndefined()
  })

  it('names the headers, the refusals and the bodies of a change', async () => {
    const change = (await document()).paths['/v1/probes/{id}']!['patch']!
    expect(change.parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ in: 'header', name: 'If-Match', required: true }),
        expect.objectContaining({ in: 'path', name: 'id' }),
      ]),
    )
    expect(Object.keys(change.responses)).toEqual(
      expect.arrayContaining([
        '200',
        '400',
        '401',
        '403',
        '404',
        '412',
        '413',
        '415',
        '422',
        '428',
      ]),
    )
    expect(change.responses['412']!.description).toContain('stale-revision')
    expect(change.responses['412']!.content).toHaveProperty(['application/problem+json'])
  })

  it('says which bodies may be left out', async () => {
    const { paths } = await document()
    expect(paths['/v1/probes']!['post']!.requestBody!.required).toBe(true)
    expect(paths['/v1/probes/lax']!['post']!.requestBody!.required).toBe(false)
  })

  it('says what the catalogue says', async () => {
    const described = JSON.stringify((await document()).paths)
    for (const [, code] of described.matchAll(/`([a-z-]+)`: /g))
      expect(PROBLEMS).toHaveProperty(code!)
  })

  it('is a page, too: every operation, no script, nothing from elsewhere', async () => {
    const answer = await open('/docs')
    const page = await answer.text()
    const { paths } = await document()
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/)
    expect(page).toMatch(/^<!doctype html><html lang="en">/)
    for (const [path, item] of Object.entries(paths)) {
      for (const method of Object.keys(item)) {
        expect(page).toContain(`<code>${method.toUpperCase()} ${path}</code>`)
      }
    }
    expect(page).not.toMatch(/<script|https?:\/\/|\son[a-z]+=/)
    const nonce = /<style nonce="([^"]+)">/.exec(page)?.[1]
    expect(nonce).toBeDefined()
    expect(answer.headers.get('Content-Security-Policy')).toContain(`'nonce-${nonce}'`)
  })
})
