/** Records: what goes in comes out, of the version this program knows, and only under its own name. */
import { describe, expect, test } from 'vitest'

import type { Given } from './contract.ts'
import { BadId } from '../../src/store/contract.ts'
import { namesIt, note, sample } from './fixture.ts'

export function recordContract(given: Given): void {
  describe('commit and load', () => {
    test('what was committed is loaded, with its head', async () => {
      const head = await given.create('rot_1')
      expect(head).toEqual({
        kind: 'rotation',
        id: 'rot_1',
        revision: 1,
        updatedAt: '2026-03-01T12:00:00.000Z',
        labels: { step: 'verify', tenant: 'acme' },
      })
      expect(await given.store.load('rotation', 'rot_1')).toEqual({
        head,
        record: sample('text of rot_1'),
      })
    })

    test('it is the same after another start', async () => {
      const unusual = sample('\u2028 "quoted" \\ 🔑 \u0000 ünïcode')
      await given.store.commit('rotation', 'rot_1', 0, unusual, note('rotation.started'))
      given.now += 1000
      const head = await given.store.commit('rotation', 'rot_1', 1, unusual, note('token.created'))
      const journal = await given.store.journal('rotation', 'rot_1')
      const again = await given.reopen()
      expect(await again.load('rotation', 'rot_1')).toEqual({ head, record: unusual })
      expect(await again.journal('rotation', 'rot_1')).toEqual(journal)
      expect((await again.list('rotation', { limit: 5 })).items).toEqual([head])
    })

    test('an unknown id, and one that cannot exist, is null and has no journal', async () => {
      for (const id of ['rot_0', '', '../rot_1', 'a/b', 'x'.repeat(65), 'a.b', '.', 'é']) {
        expect(await given.store.load('rotation', id)).toBeNull()
        expect(await given.store.journal('rotation', id)).toEqual([])
      }
    })

    test('an id that cannot exist is refused without being repeated', async () => {
      for (const id of ['', '../rot_1', 'a/b', 'x'.repeat(65), 'a.b', 'rot 1', 'rot_1\n']) {
        await expect(given.create(id)).rejects.toThrow(BadId)
        await expect(given.store.testify('rotation', id, note('e'))).rejects.toThrow(BadId)
        await expect(given.store.remove('answer', id)).rejects.toThrow(BadId)
      }
      await expect(given.create('scim_secret!')).rejects.not.toThrow('scim_secret')
    })

    test('kinds do not see each other', async () => {
      await given.create('same', 'verify', 'rotation')
      expect(await given.store.load('connection', 'same')).toBeNull()
      await given.create('same', 'revoke', 'connection')
      expect((await given.store.load('rotation', 'same'))?.head.labels['step']).toBe('verify')
    })

    test('a record changed by its holder, before or after, does not change what is stored', async () => {
      const mine = sample('as committed')
      const committing = given.store.commit('rotation', 'rot_1', 0, mine, note('rotation.started'))
      mine.text = 'changed while the write waits'
      await committing
      const loaded = await given.store.load('rotation', 'rot_1')
      Object.assign(loaded?.record as object, { text: 'changed by a reader' })
      expect((await given.store.load('rotation', 'rot_1'))?.record).toEqual(sample('as committed'))
    })
  })

  describe('reading records', () => {
    test('an older version is brought up on the way in', async () => {
      await given.create('rot_1')
      await given.tamper('rotation', 'rot_1', (lying) => {
        lying.record = { v: 0, text: 'old' }
      })
      const again = await given.reopen()
      const stored = await again.load('rotation', 'rot_1')
      expect(stored?.record).toEqual(sample('old', 'create'))
      expect(stored?.head.labels['step']).toBe('create')
      const page = await again.list('rotation', { labels: { step: ['create'] }, limit: 5 })
      expect(page.items).toHaveLength(1)
    })

    test.each([
      ['newer', { v: 2, text: 'from tomorrow' }],
      ['corrupt', { v: 1, text: 7, step: 'verify' }],
      ['absent', null],
    ])('a %s record is refused by name, its content not repeated', async (_what, record) => {
      await given.create('rot_1')
      await given.tamper('rotation', 'rot_1', (lying) => {
        lying.record = record
      })
      const reading = async () => (await given.reopen()).load('rotation', 'rot_1')
      await expect(reading()).rejects.toSatisfy(namesIt('rot_1'))
      await expect(reading()).rejects.not.toThrow('tomorrow')
    })

    test('a record that could not be read back is refused before it is written', async () => {
      await given.create('rot_1')
      for (const record of [{ v: 2 }, undefined, null, 1n]) {
        await expect(
          given.store.commit('rotation', 'rot_1', 1, record, note('idp.updated')),
        ).rejects.toSatisfy(namesIt('rot_1'))
      }
      expect((await given.store.load('rotation', 'rot_1'))?.head.revision).toBe(1)
    })
  })

  describe('remove', () => {
    test('an answer goes, with its place in the list, also after another start', async () => {
      await given.create('answer_1', 'done', 'answer')
      await given.create('answer_2', 'done', 'answer')
      await given.store.remove('answer', 'answer_1')
      await given.store.remove('answer', 'answer_1')
      expect(await given.store.load('answer', 'answer_1')).toBeNull()
      expect(await given.store.journal('answer', 'answer_1')).toEqual([])
      const again = await given.reopen()
      const { items } = await again.list('answer', { limit: 5 })
      expect(items.map((head) => head.id)).toEqual(['answer_2'])
    })

    test('it can be written anew, from revision 1', async () => {
      await given.create('answer_1', 'done', 'answer')
      await given.store.remove('answer', 'answer_1')
      expect(await given.create('answer_1', 'again', 'answer')).toMatchObject({ revision: 1 })
      expect(await given.store.journal('answer', 'answer_1')).toHaveLength(1)
    })

    test('what testifies is not removed, whatever the caller says', async () => {
      await given.create('rot_1')
      await expect(given.store.remove('rotation' as 'answer', 'rot_1')).rejects.toThrow(TypeError)
      expect(await given.store.load('rotation', 'rot_1')).not.toBeNull()
    })
  })
}
