/** Lists: filtered, paged, nothing skipped or repeated. */
import { describe, expect, test } from 'vitest'

import { BadCursor } from '../../src/store/contract.ts'
import type { Given } from './contract.ts'
import { note, sample } from './fixture.ts'

export function listContract(given: Given): void {
  describe('list', () => {
    const ids = Array.from({ length: 23 }, (_, index) => `rot_${String(index).padStart(2, '0')}`)
    const fill = async () => {
      // Not in order: the store sorts, not the caller.
      for (const id of ids.toReversed()) {
        await given.create(id, Number(id.slice(4)) % 3 === 0 ? 'revoke' : 'verify')
      }
    }

    test('pages are ascending, complete and without repeats', async () => {
      await fill()
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await given.store.list('rotation', { limit: 5, ...(cursor ? { cursor } : {}) })
        seen.push(...page.items.map((head) => head.id))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(seen).toEqual(ids)
    })

    test('a full last page has no cursor', async () => {
      await fill()
      const page = await given.store.list('rotation', { limit: 23 })
      expect([page.items.length, page.nextCursor]).toEqual([23, null])
      expect(await given.store.list('bundle', { limit: 5 })).toEqual({
        items: [],
        nextCursor: null,
      })
    })

    test('labels: one of the values for each name, an unknown name matches nothing', async () => {
      await fill()
      const count = async (labels: Record<string, string[]>) =>
        (await given.store.list('rotation', { labels, limit: 100 })).items.length
      expect(await count({ step: ['revoke'] })).toBe(8)
      expect(await count({ step: ['revoke', 'verify'] })).toBe(23)
      expect(await count({ step: ['revoke'], tenant: ['other'] })).toBe(0)
      expect(await count({ step: [] })).toBe(0)
      expect(await count({ nothing: [''] })).toBe(0)
      expect(await count({ constructor: ['x'] })).toBe(0)
    })

    test('a filtered page goes on where it ended, past what was added meanwhile', async () => {
      await fill()
      const query = { labels: { step: ['revoke'] }, limit: 3 }
      const first = await given.store.list('rotation', query)
      await given.create('rot_00a', 'revoke')
      await given.create('rot_07a', 'revoke')
      const second = await given.store.list('rotation', {
        ...query,
        cursor: first.nextCursor ?? '',
      })
      expect(first.items.map((head) => head.id)).toEqual(['rot_00', 'rot_03', 'rot_06'])
      expect(second.items.map((head) => head.id)).toEqual(['rot_07a', 'rot_09', 'rot_12'])
    })

    test('labels follow the record', async () => {
      await given.create('rot_1', 'verify')
      await given.store.commit('rotation', 'rot_1', 1, sample('x', 'revoke'), note('e'))
      const page = await given.store.list('rotation', { labels: { step: ['verify'] }, limit: 5 })
      expect(page.items).toEqual([])
    })

    test('a cursor that no list answered is refused, a limit below 1 too', async () => {
      // `cm90XzAw` is an id in base64url: what merely looks like one of ours is none.
      for (const cursor of [
        '',
        '!',
        'rot_00',
        'cm90XzAw',
        'cm90XzAw=',
        Buffer.from('../x').toString('hex'),
      ]) {
        await expect(given.store.list('rotation', { limit: 5, cursor })).rejects.toThrow(BadCursor)
      }
      for (const limit of [0, -1, 1.5, Number.NaN]) {
        await expect(given.store.list('rotation', { limit })).rejects.toThrow(RangeError)
      }
    })
  })
}
