import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, start } from './harness.ts'
import type { Harness } from './harness.ts'

interface Page {
  items: { kind: string; id: string; seq: number; at: string; event: string; outcome: string }[]
  nextCursor: string | null
}

let h: Harness
const actor = { kind: 'system', id: 't', name: 'Test' } as const
const START = Date.parse('2026-11-24T12:00:00.000Z')
const at = (second: number) => new Date(START + second * 1000).toISOString()

beforeAll(async () => {
  h = await start()
  const write = (kind: 'rotation' | 'connection', id: string, tenantId: string, second: number) =>
    h.store.commit(kind, id, 0, { labels: { tenantId } }, entry(`${id}.made`, second))
  const entry = (event: string, second: number) =>
    ({ at: at(second), actor, event, outcome: 'applied', detail: { step: 'x' } }) as const
  await write('rotation', 'rot_b', 'globex', 3)
  await write('rotation', 'rot_a', 'acme', 5)
  await write('connection', 'con_a', 'acme', 1)
  await h.store.testify('connection', 'con_a', { ...entry('con_a.refused', 9), outcome: 'refused' })
})
afterAll(() => h.end())

const audit = async (query = '', key?: string) =>
  (await (await h.ask('GET', `/v1/audit${query}`, key === undefined ? {} : { key })).json()) as Page
const events = (page: Page) => page.items.map(({ event }) => event)

describe('the audit', () => {
  it('tells every journal in order of time, refusals too', async () => {
    const page = await audit('?since=2026-11-24T12:00:00.500Z')
    expect(events(page)).toEqual(['con_a.made', 'rot_b.made', 'rot_a.made', 'con_a.refused'])
    expect(page.items[3]).toMatchObject({
      kind: 'connection',
      id: 'con_a',
      seq: 2,
      outcome: 'refused',
    })
    expect(page.nextCursor).toBeNull()
    expect(events(await audit())).toContain('key.created')
  })

  it('tells from a moment on, that moment included', async () => {
    expect(events(await audit('?since=2026-11-24T13:00:05%2B01:00'))).toEqual([
      'rot_a.made',
      'con_a.refused',
    ])
  })

  it('comes in pages that neither skip nor repeat', async () => {
    const whole = events(await audit())
    const seen: string[] = []
    let query = '?limit=2'
    for (;;) {
      const page = await audit(query)
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...events(page))
      if (page.nextCursor === null) break
      query = `?limit=2&cursor=${page.nextCursor}`
    }
    expect(seen).toEqual(whole)
    expect(await codeOf(await h.ask('GET', '/v1/audit?cursor=AAAA'))).toBe('bad-cursor')
  })

  it('tells of one’s own tenants only', async () => {
    const key = await h.key('auditor', ['acme'])
    expect(events(await audit('', key))).toEqual(['con_a.made', 'rot_a.made', 'con_a.refused'])
  })
})
