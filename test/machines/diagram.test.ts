/** The diagram in ARCHITECTURE.md is the machine, not somebody's memory of it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ARCHITECTURE, arrows, diagram, drawnIn, withDiagram } from './diagram.ts'

test('what ARCHITECTURE.md shows is what the machine does (npm run diagrams)', () => {
  expect(drawnIn(readFileSync(ARCHITECTURE, 'utf8'))).toBe(diagram())
})

test('every transition is drawn', () => {
  const drawn = diagram()
  expect(arrows().length).toBeGreaterThan(80)
  for (const { event, guard } of arrows()) {
    expect(drawn).toContain(guard === null ? event : `${event} [${guard}]`)
  }
})

test('the revocation stands where it must', () => {
  const into = (state: string) =>
    arrows()
      .filter(({ from, to }) => to === state && from !== state)
      .map(({ from, event, guard }) => `${from} ${event} ${guard}`)
  expect(into('rotated')).toEqual(['revokingOldToken old-token.revoked nothingAgainstIt'])
  expect(into('revokingOldToken')).toEqual(['verifyingEvent revocation.confirmed rollsForward'])
  expect(into('revokingNewToken').toSorted()).toEqual([
    'halted rotation.resumed haltedWhileUndoing',
    'updatingIdp roll-back.started newTokenUntouched',
    'verifyingEvent revocation.confirmed rollsBack',
  ])
})

test('the page around the diagram is left alone, and lost markers are noticed', () => {
  const page =
    'before\n<!-- diagram:rotation:begin -->\nold\n<!-- diagram:rotation:end -->\nafter\n'
  const written = withDiagram(page)
  expect(written.startsWith('before\n<!-- diagram:rotation:begin -->\n\n```mermaid')).toBe(true)
  expect(written.endsWith('\n\n<!-- diagram:rotation:end -->\nafter\n')).toBe(true)
  expect(drawnIn(written)).toBe(diagram())
  expect(drawnIn('no markers')).toBeNull()
  expect(() => withDiagram('no markers')).toThrow('lost the diagram')
})
