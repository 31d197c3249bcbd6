/** Every route there is, against everybody: the list is the app's own, so a new route is in it by itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { may, Role } from '../../src/access/role.ts'
import type { App } from '../../src/http/env.ts'
import { declaredRoutes } from '../../src/http/permit.ts'
import type { DeclaredRoute } from '../../src/http/permit.ts'
import { start } from './harness.ts'
import type { Harness } from './harness.ts'
import { createProbe } from './probe-route.ts'

let h: Harness
const keys = new Map<Role, string>()
beforeAll(async () => {
  h = await start([createProbe().mount])
  for (const role of Role.options) keys.set(role, await h.key(role))
})
afterAll(() => h.end())

const pathOf = ({ path }: DeclaredRoute) => path.replaceAll(/:[a-z]+/gi, 'x1')

describe('the table of routes', () => {
  it('has the routes of this series', () => {
    const table = declaredRoutes(h.app).map(
      ({ method, path, permission }) => `${method} ${path} ${permission}`,
    )
    expect(table).toEqual(
      expect.arrayContaining([
        'GET /healthz anyone',
        'GET /readyz anyone',
        'GET /metrics anyone',
        'GET /openapi.json anyone',
        'GET /docs anyone',
        'GET /sign-in/:code anyone',
        'POST /sign-in/:code anyone',
        'POST /v1/keys keys.manage',
        'GET /v1/keys keys.manage',
        'DELETE /v1/keys/:id keys.manage',
        'GET /v1/audit audit.read',
      ]),
    )
  })

  it('opens nothing under /v1 to nobody', async () => {
    const guarded = declaredRoutes(h.app).filter(({ path }) => path.startsWith('/v1'))
    expect(guarded.length).toBeGreaterThan(5)
    for (const route of guarded) {
      expect(route.permission, route.path).not.toBe('anyone')
      for (const key of [null, `ilk_${'z'.repeat(43)}`]) {
        const answer = await h.ask(route.method, pathOf(route), { key })
        expect(answer.status, `${route.method} ${route.path}`).toBe(401)
      }
    }
  })

  it('lets each role in exactly where its permissions say', async () => {
    for (const route of declaredRoutes(h.app)) {
      const { permission } = route
      if (permission === 'anyone') continue
      for (const role of Role.options) {
        const { status } = await h.ask(route.method, pathOf(route), { key: keys.get(role)! })
        const name = `${role} ${route.method} ${route.path}`
        if (may(role, permission)) expect(status, name).not.toBe(403)
        else expect(status, name).toBe(403)
      }
    }
  })

  it('does not start with a route that declares nothing', async () => {
    const past = (app: App): void => {
      app.get('/v1/back-door', (c) => c.text('open'))
    }
    await expect(start([past])).rejects.toThrow('GET /v1/back-door declares no permission')
  })
})
