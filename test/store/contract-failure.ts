/** Failure and the end: a write that was refused by the disk never happened. */
import { describe, expect, test } from 'vitest'

import type { Store } from '../../src/store/contract.ts'
import { StoreClosed } from '../../src/store/contract.ts'
import type { Given } from './contract.ts'
import { chainIsWhole, note, sample } from './fixture.ts'

export function failureContract(given: Given): void {
  describe('a failed write', () => {
    test('changes nothing: not the record, the journal, the list, nor the next start', async () => {
      const head = await given.create('rot_1')
      const journal = await given.store.journal('rotation', 'rot_1')
      const unchanged = async (of: Store) => {
        expect(await of.load('rotation', 'rot_1')).toEqual({
          head,
          record: sample('text of rot_1'),
        })
        expect(await of.journal('rotation', 'rot_1')).toEqual(journal)
        expect(await of.load('rotation', 'rot_2')).toBeNull()
        expect((await of.list('rotation', { limit: 5 })).items).toEqual([head])
      }
      const mend = given.failWrites()
      await expect(
        given.store.commit('rotation', 'rot_1', 1, sample('lost', 'revoke'), note('lost')),
      ).rejects.toThrow(Error)
      await expect(given.store.testify('rotation', 'rot_1', note('lost'))).rejects.toThrow(Error)
      await expect(given.create('rot_2')).rejects.toThrow(Error)
      await unchanged(given.store)
      mend()
      await unchanged(await given.reopen())
    })

    test('does not touch the writes around it, and the next one succeeds', async () => {
      await given.create('rot_1')
      const mend = given.failWrites()
      await expect(
        given.store.commit('rotation', 'rot_1', 1, sample('lost'), note('lost')),
      ).rejects.toThrow(Error)
      mend()
      const [same, other] = await Promise.all([
        given.store.commit('rotation', 'rot_1', 1, sample('two'), note('token.created')),
        given.create('rot_2'),
      ])
      expect([same.revision, other.revision]).toEqual([2, 1])
      expect(chainIsWhole(await given.store.journal('rotation', 'rot_1'))).toBe(true)
    })

    test('shows in ready, and so does its end', async () => {
      await expect(given.store.ready()).resolves.toBeUndefined()
      const mend = given.failWrites()
      await expect(given.store.ready()).rejects.toThrow(Error)
      mend()
      await expect(given.store.ready()).resolves.toBeUndefined()
    })
  })

  test('close waits for accepted writes, may be called twice, and refuses what comes after', async () => {
    const writing = given.create('rot_1')
    await Promise.all([given.store.close(), given.store.close()])
    await expect(writing).resolves.toMatchObject({ revision: 1 })
    await expect(given.store.load('rotation', 'rot_1')).rejects.toThrow(StoreClosed)
    await expect(given.create('rot_2')).rejects.toThrow(StoreClosed)
    await expect(given.store.list('rotation', { limit: 1 })).rejects.toThrow(StoreClosed)
    await expect(given.store.ready()).rejects.toThrow(StoreClosed)
    const again = await given.reopen()
    expect(await again.load('rotation', 'rot_1')).not.toBeNull()
  })
}
