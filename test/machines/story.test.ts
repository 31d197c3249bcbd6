/** The stories that the other tests spoil do end where they should: otherwise those would prove nothing. */
import { expect, test } from 'vitest'
import { CONFIRMED, input, read, told } from './event.ts'
import { backStory, goodStory, tell, toldStory } from './story.ts'

test.each([
  ['forward', goodStory(), input(), 'rotated'],
  ['forward, told by people', toldStory(), input({ observable: false }), 'rotated'],
  ['back', backStory(), input(), 'rolledBack'],
] as const)('%s: every event is accepted and the rotation ends', (_, events, from, end) => {
  const { record, decisions } = tell(events, from)
  expect(decisions.map((d) => d.ok || d)).toEqual(events.map(() => true))
  expect(record.step).toBe(end)
})

test('a told reading may be given again later', () => {
  const again = [...toldStory().slice(0, 5), read(told(CONFIRMED, 95_000, 190_000))]
  expect(tell(again, input({ observable: false })).decisions.every((d) => d.ok)).toBe(true)
})
