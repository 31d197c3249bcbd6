/** The guide and the diagnosis over HTTP, as the catalogue has them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/catalog.ts'
import { mountGuide } from '../../src/http/guide-route.ts'
import { start } from './harness.ts'
import type { Harness } from './harness.ts'

const catalog = loadCatalog()
let harness: Harness
beforeAll(async () => {
  harness = await start([mountGuide(catalog, () => [])])
})
afterAll(async () => harness.end())

const get = async (path: string): Promise<Record<string, unknown>> => {
  const answer = await harness.ask('GET', path)
  expect(answer.status, path).toBe(200)
  return (await answer.json()) as Record<string, unknown>
}

describe('the guide', () => {
  it('answers every failure, SCIM error and IdP of the catalogue, each with a source', async () => {
    const failures = (await get('/v1/guide/failures'))['items'] as { code: string }[]
    expect(failures.map((f) => f.code)).toEqual(Object.keys(catalog.failures))
    const types = (await get('/v1/guide/scim-errors'))['items'] as { scimType: string }[]
    expect(types.map((t) => t.scimType)).toEqual(Object.keys(catalog.scimErrors))
    for (const idp of Object.keys(catalog.idps)) {
      expect(await get(`/v1/guide/idps/${idp}`)).toEqual(catalog.idps[idp as 'okta'])
      const groups = await get(`/v1/guide/idps/${idp}/group-sync`)
      expect((groups['steps'] as unknown[]).length).toBeGreaterThanOrEqual(3)
    }
    expect((await get('/v1/guide'))['rotation']).toHaveLength(5)
  })

  it('knows no other IdP', async () => {
    expect((await harness.ask('GET', '/v1/guide/idps/azure-ad')).status).toBe(404)
  })
})

describe('POST /v1/diagnoses', () => {
  const diagnose = (body: unknown) => harness.ask('POST', '/v1/diagnoses', { body })

  it('puts a wrong tenant first, and stops', async () => {
    const answer = await diagnose({ httpStatus: 200, tenantMismatch: true, idp: 'okta' })
    const { findings } = (await answer.json()) as { findings: object[] }
    expect(findings[0]).toMatchObject({ code: 'wrong-tenant', stopRollout: true })
  })

  it('says what contradicts itself, by the names of the fields', async () => {
    const answer = await diagnose({ httpStatus: 401, tokenRecentlyUsed: true })
    const { findings } = (await answer.json()) as { findings: object[] }
    expect(findings[0]).toMatchObject({
      code: 'contradictory-observations',
      fields: expect.arrayContaining(['httpStatus', 'tokenRecentlyUsed']) as string[],
    })
  })

  it('calls an unknown status unknown', async () => {
    const answer = await diagnose({ httpStatus: 418 })
    const { findings } = (await answer.json()) as { findings: object[] }
    expect(findings[0]).toMatchObject({ code: 'unknown-status' })
  })

  it('refuses what it was not asked for, without repeating it', async () => {
    const answer = await diagnose({ httpStatus: 401, scim_secretfield: 'scim_abcdefgh12345678' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).not.toMatch(/scim_/)
  })
})
