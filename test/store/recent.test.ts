/** What stays in memory: the ones used last, by weight; one too heavy drives nobody out. */
import { expect, test } from 'vitest'
import { recent } from '../../src/store/recent.ts'
import type { Held } from '../../src/store/recent.ts'

const of = (characters: number): Held =>
  ({ data: { recordText: 'x'.repeat(characters), journalText: '' } }) as unknown as Held

test('the one unused for longest goes first', () => {
  const kept = recent(100)
  kept.set('a', of(40))
  kept.set('b', of(40))
  kept.get('a')
  kept.set('c', of(40))
  expect(['a', 'b', 'c'].filter((key) => kept.get(key) !== undefined)).toEqual(['a', 'c'])
})

test('one that is too heavy is not kept, nor what it was before, and all others stay', () => {
  const kept = recent(100)
  kept.set('a', of(60))
  kept.set('heavy', of(10))
  kept.set('heavy', of(101))
  expect(kept.get('heavy')).toBeUndefined()
  expect(kept.get('a')).toBeDefined()
  kept.set('b', of(40))
  expect(kept.get('a')).toBeDefined()
})
