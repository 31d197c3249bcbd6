import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unescaped } from '../../../src/support/leak-check/escape.ts'
import { normalise } from '../../../src/support/leak-check/normalise.ts'
import type { View } from '../../../src/support/leak-check/view.ts'
import { blockView, rawView } from '../../../src/support/leak-check/view.ts'

/** Where a marker of the view comes from in the original. */
function original(view: View | null | undefined, marker: string, source: string): string {
  const at = view?.text.indexOf(marker) ?? -1
  if (view === null || view === undefined || at < 0) return 'not in the view'
  const { start, end } = view.origin(at, at + marker.length)
  return source.slice(start, end)
}

describe('a normalised view', () => {
  test.each([
    ['zero width', 'a tok\u200ben b', 'token', 'tok\u200ben'],
    ['soft hyphen', 'so\u00adft', 'soft', 'so\u00adft'],
    ['full width', 'x ｔｏｋ y', 'tok', 'ｔｏｋ'],
    ['mathematical', '\u{1d42d}\u{1d428}k', 'tok', '\u{1d42d}\u{1d428}k'],
    ['look-alikes', 'tоkеn1', 'token1', 'tоkеn1'],
    ['combining', 't\u0301o\u0336k', 'tok', 't\u0301o\u0336k'],
    ['ANSI', 'a \u001b[31mto\u001b[0mk b', 'tok', 'to\u001b[0mk'],
    ['NUL', 't\0o\0k', 'tok', 't\0o\0k'],
  ])('%s: the original stretch is found again', (_, source, marker, expected) => {
    expect(original(normalise(rawView(source)), marker, source)).toBe(expected)
  })

  test('takes a backspace at its word', () => {
    expect(normalise(rawView('tx\bok'))?.text).toBe('tok')
  })

  test('leaves other languages alone', () => {
    for (const text of ['plain', 'Überprüfung der Größe', 'истёк', '令牌', 'naïve']) {
      expect(normalise(rawView(text))?.text ?? text).toBe(text)
    }
  })

  test('covers the whole original, whatever it is', () => {
    assert(
      property(string({ unit: 'grapheme', maxLength: 60 }), (source) => {
        const view = normalise(rawView(source))
        if (view === null || view.text.length === 0) return
        for (let at = 0; at < view.text.length; at += 1) {
          const { start, end } = view.origin(at, at + 1)
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(source.length)
          expect(end).toBeGreaterThanOrEqual(start)
        }
      }),
    )
  })
})

describe('unescaping', () => {
  test.each([
    ['percent', 'q=%74%6F%6b&n=1', 'tok', '%74%6F%6b'],
    ['backslash', String.raw`"\u0074\x6f\153"`, 'tok', String.raw`\u0074\x6f\153`],
    ['entity', '<b>&#116;&#x6f;k&period;', 'tok.', '&#116;&#x6f;k&period;'],
    ['quoted-printable', 'a=3Dto=\r\nken', 'token', 'to=\r\nken'],
    ['joined-strings', '"tok" + "en"', 'token', 'tok" + "en'],
    ['markup', 'to<wbr>ken', 'token', 'to<wbr>ken'],
    ['character-call', 'chr(116) . chr(111) . chr(107)', 'tok', 'chr(116) . chr(111) . chr(107)'],
  ])('%s: is undone and found again', (name, source, marker, expected) => {
    const view = unescaped(rawView(source)).find((one) => one.name === name)
    expect(original(view, marker, source)).toBe(expected)
  })

  test('reads only the lines that hold something escaped', () => {
    const source = `${'plain line\n'.repeat(1000)}a%20b\n${'plain line\n'.repeat(1000)}`
    const [view] = unescaped(rawView(source))
    expect(view?.text).toBe('a b\n')
    expect(original(view, 'a b', source)).toBe('a%20b')
  })

  test('does not take `key=66…` for quoted-printable', () => {
    expect(unescaped(rawView('checksum=6694dcdb'))).toEqual([])
  })
})

test('whatever is found in a decoded block stands for the block', () => {
  const view = blockView(rawView('xx QUJD yy'), { start: 3, end: 7 }, 'ABC', 'base64')
  expect(view.origin(1, 2)).toEqual({ start: 3, end: 7 })
  expect(blockView(view, { start: 0, end: 2 }, '?', 'gzip')).toMatchObject({
    name: 'base64/gzip',
    depth: 2,
  })
})
