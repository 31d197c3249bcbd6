/**
 * What is wrong with an input, in sentences of ours: the field's path and what it must be. Never its
 * value, and no name that only the sender knows. Paths are safe because `closed-schema.ts` keeps
 * schemas out whose paths the sender could choose.
 */
import type { z } from 'zod'
import type { FieldError } from '../problem.ts'

type Issue = z.core.$ZodIssue

const MOST_ERRORS = 20

/** `input` only tells a missing field from a wrong one. */
export function fieldErrors(error: { issues: readonly Issue[] }, input: unknown): FieldError[] {
  return error.issues.slice(0, MOST_ERRORS).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: isMissing(issue, input) ? 'is required' : message(issue),
  }))
}

function message(issue: Issue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'unknown field'
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? 'of another type'}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'too_small':
    case 'too_big':
      return bound(issue)
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'does not have the form that is asked for'
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_union':
      return 'has none of the accepted forms'
    case 'custom':
      // Written beside the schema, by us: a rule that no other code expresses.
      return issue.message === 'Invalid input' ? 'is not accepted' : issue.message
    default:
      return 'is not accepted'
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'must be an RFC 3339 time, as 2026-01-31T09:30:00.000Z',
  date: 'must be a date, as 2026-01-31',
  url: 'must be a URL',
  email: 'must be an e-mail address',
  uuid: 'must be a UUID',
}

function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const small = issue.code === 'too_small'
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum
  const least = small ? 'at least' : 'at most'
  if (issue.origin === 'string') return `must have ${least} ${limit} characters`
  if (issue.origin === 'array') return `must have ${least} ${limit} entries`
  if (issue.inclusive === true) return `must be ${least} ${limit}`
  return `must be ${small ? 'more' : 'less'} than ${limit}`
}

function isMissing(issue: Issue, input: unknown): boolean {
  if (issue.path.length === 0 || issue.code === 'unrecognized_keys' || issue.code === 'custom')
    return false
  let at: unknown = input
  for (const step of issue.path) {
    if (typeof at !== 'object' || at === null) return false
    at = Object.hasOwn(at, step) ? (at as Record<PropertyKey, unknown>)[step] : undefined
  }
  return at === undefined
}
