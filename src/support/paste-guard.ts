/**
 * The leak check at the door: every input of the program goes through it before anything of it is
 * stored or logged. Says where, in the names of our own fields, and what kind; never what.
 */
import type { FieldError } from '../problem.ts'
import type { LeakCheck } from './leak-check/leak-check.ts'

/**
 * Fields whose values look random and are meant to be quoted. With their label in front the check
 * takes them as what they are; a known token or a vendor's shape is found all the same.
 */
const LABEL: Readonly<Record<string, string>> = {
  id: 'token id',
  tokenId: 'token id',
  oldToken: 'token id',
  reference: 'event id',
  correlationId: 'correlation id',
}

export const pasteGuard =
  (check: Pick<LeakCheck, 'guardInput'>) =>
  (value: unknown): FieldError[] =>
    check.guardInput(labelled(value, null)).map(({ path, kind }) => ({
      path: dotted(path),
      message: 'seems to hold a token, which is now exposed: revoke it where it was issued',
      kind,
    }))

function labelled(value: unknown, name: string | null): unknown {
  if (typeof value === 'string') {
    const label = name === null ? undefined : LABEL[name]
    return label === undefined ? value : `${label}: ${whole(value)}`
  }
  if (Array.isArray(value)) return value.map((item) => labelled(item, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, labelled(item, key)]))
}

const SOME_UUID = '00000000-0000-4000-8000-000000000000'
const BEGUN_UUID = /^(?:[a-z]{1,10}_)?([0-9a-f]{8}(?:-[0-9a-f]{0,4}){1,3}(?:-[0-9a-f]{0,12})?)$/i

/** A UUID that lost its end is a slip, and is to be told as the wrong id that it is. */
function whole(value: string): string {
  const begun = BEGUN_UUID.exec(value)?.[1]
  return begun === undefined ? value : value + SOME_UUID.slice(begun.length)
}

/** From a JSON pointer to the form of every other field error. */
const dotted = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
