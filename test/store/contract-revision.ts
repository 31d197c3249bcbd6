/** Revisions: of two writers one wins. */
import { describe, expect, test } from 'vitest'

import type { Given } from './contract.ts'
import { chainIsWhole, note, sample } from './fixture.ts'

export function revisionContract(given: Given): void {
  describe('revisions', () => {
    test('a stale revision is refused with the current one and changes nothing', async () => {
      await given.create('rot_1')
      await given.store.commit('rotation', 'rot_1', 1, sample('two'), note('token.created'))
      for (const stale of [0, 1, 3]) {
        await expect(
          given.store.commit('rotation', 'rot_1', stale, sample('lost'), note('idp.updated')),
        ).rejects.toMatchObject({ name: 'StaleRevision', current: 2 })
      }
      expect((await given.store.load('rotation', 'rot_1'))?.record).toEqual(sample('two'))
      expect(await given.store.journal('rotation', 'rot_1')).toHaveLength(2)
    })

    test('a revision of something that does not exist is stale at 0', async () => {
      await expect(
        given.store.commit('rotation', 'rot_1', 1, sample('x'), note('idp.updated')),
      ).rejects.toMatchObject({ name: 'StaleRevision', current: 0 })
      expect(await given.store.load('rotation', 'rot_1')).toBeNull()
    })

    test('of two writers exactly one wins, fifty times', async () => {
      for (let revision = 0; revision < 50; revision += 1) {
        const race = await Promise.allSettled(
          ['left', 'right'].map(async (text) =>
            given.store.commit('rotation', 'rot_1', revision, sample(text), note(text)),
          ),
        )
        const [won, lost] = ['fulfilled', 'rejected'].map((status) =>
          race.findIndex((result) => result.status === status),
        )
        const winner = ['left', 'right'][won ?? -1]
        expect(race[lost ?? -1]).toMatchObject({ reason: { current: revision + 1 } })
        expect((await given.store.load('rotation', 'rot_1'))?.record).toEqual(sample(winner ?? ''))
        expect((await given.store.journal('rotation', 'rot_1')).at(-1)?.event).toBe(winner)
      }
      const journal = await given.store.journal('rotation', 'rot_1')
      expect(journal).toHaveLength(50)
      expect(chainIsWhole(journal)).toBe(true)
    })

    test('writers of different records do not disturb each other', async () => {
      const ids = Array.from({ length: 12 }, (_, index) => `rot_${index}`)
      await Promise.all(
        ids.map(async (id) => {
          for (let revision = 0; revision < 5; revision += 1) {
            await given.store.commit(
              'rotation',
              id,
              revision,
              sample(`${id} ${revision}`),
              note('e'),
            )
          }
        }),
      )
      for (const id of ids) {
        const stored = await given.store.load('rotation', id)
        expect(stored).toMatchObject({ head: { revision: 5 }, record: sample(`${id} 4`) })
      }
    })
  })
}
