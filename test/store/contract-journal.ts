/** The journal: whole, or found out. */
import { describe, expect, test } from 'vitest'

import type { Entry } from '../../src/store/contract.ts'
import { StaleRevision, UnreadableRecord } from '../../src/store/contract.ts'
import type { Given } from './contract.ts'
import { chainIsWhole, hashOf, namesIt, note, sample } from './fixture.ts'

export function journalContract(given: Given): void {
  describe('journal', () => {
    test('entries are numbered and chained, with canonical JSON and SHA-256', async () => {
      await given.create('rot_1')
      await given.store.commit('rotation', 'rot_1', 1, sample('two'), note('token.created'))
      await given.store.testify('rotation', 'rot_1', note('revoke', 'refused'))
      const journal = await given.store.journal('rotation', 'rot_1')
      expect(journal.map((entry) => [entry.seq, entry.event, entry.outcome])).toEqual([
        [1, 'rotation.started', 'applied'],
        [2, 'token.created', 'applied'],
        [3, 'revoke', 'refused'],
      ])
      expect(journal[0]).toMatchObject(note('rotation.started'))
      expect(journal[0]?.previousHash).toBeNull()
      expect(chainIsWhole(journal)).toBe(true)
    })

    test('testimony leaves record, revision and head as they were', async () => {
      const head = await given.create('rot_1')
      given.now += 60_000
      await given.store.testify('rotation', 'rot_1', note('revoke', 'refused'))
      expect(await given.store.load('rotation', 'rot_1')).toEqual({
        head,
        record: sample('text of rot_1'),
      })
      expect((await given.store.list('rotation', { limit: 1 })).items).toEqual([head])
      await given.store.commit('rotation', 'rot_1', 1, sample('two'), note('token.created'))
      expect(await given.store.journal('rotation', 'rot_1')).toHaveLength(3)
    })

    test('nothing testifies to what does not exist', async () => {
      const testimony = given.store.testify('rotation', 'rot_1', note('revoke'))
      await expect(testimony).rejects.toThrow(StaleRevision)
      expect(await given.store.load('rotation', 'rot_1')).toBeNull()
    })

    test('an entry that could not be read back is refused before anything is written', async () => {
      const bad = [
        { ...note('e'), at: '2026-03-01T10:00:00Z' },
        { ...note('e'), outcome: 'maybe' },
        { ...note('e'), detail: { nested: { token: 'x' } } },
        { ...note('e'), extra: 1 },
      ]
      for (const entry of bad) {
        await expect(
          given.store.commit('rotation', 'rot_1', 0, sample('x'), entry as never),
        ).rejects.toThrow(UnreadableRecord)
      }
      expect(await given.store.load('rotation', 'rot_1')).toBeNull()
    })

    const hands: ReadonlyArray<readonly [string, (journal: Entry[]) => void]> = [
      ['changed', (journal) => Object.assign(journal[1] ?? {}, { event: 'other' })],
      ['taken out', (journal) => journal.splice(1, 1)],
      ['cut off', (journal) => journal.splice(-1, 1)],
      ['swapped', (journal) => journal.reverse()],
      ['doubled', (journal) => journal.push(...journal.slice(-1))],
      ['emptied', (journal) => journal.splice(0)],
      [
        'renumbered and hashed again',
        (journal) => {
          let previousHash: string | null = null
          for (const [index, { hash: _hash, ...entry }] of journal.entries()) {
            const moved = { ...entry, seq: entry.seq + 1, previousHash }
            previousHash = hashOf(moved)
            journal[index] = { ...moved, hash: previousHash }
          }
        },
      ],
      [
        'changed and hashed again',
        (journal) => {
          const { hash: _hash, ...entry } = { ...journal[1]!, event: 'other' }
          journal[1] = { ...entry, hash: hashOf(entry) }
        },
      ],
    ]
    test.each(hands)('a journal that was %s is found', async (_how, hand) => {
      await given.create('rot_1')
      await given.store.commit('rotation', 'rot_1', 1, sample('two'), note('token.created'))
      await given.store.commit('rotation', 'rot_1', 2, sample('three'), note('idp.updated'))
      await given.tamper('rotation', 'rot_1', ({ journal }) => hand(journal))
      const reading = async () => (await given.reopen()).load('rotation', 'rot_1')
      await expect(reading()).rejects.toSatisfy(namesIt('rot_1'))
    })
  })
}
