/**
 * A case's form, both ways: from the case to what stands in the fields, and from the fields to the
 * body that the API's own schema reads. Only what a person changed is sent to the verb: to leave what
 * was observed untouched is not to attest it.
 */
import type { EscalationFacts, ItemName } from '../../machines/escalation.facts.ts'
import { missingItems } from '../../machines/escalation.policy.ts'
import type { ProblemError } from '../problem.ts'
import type { Fields } from './form.ts'
import { sentTime } from './form.ts'

export const FORM_NAMES = [
  'tenantId',
  'scimBaseUrl',
  'idp',
  'operation',
  'occurredAt',
  'occurredAtInstead',
  'httpStatus',
  'httpStatusInstead',
  'discoverySucceeds',
  'tokenRecentlyUsed',
  'scimType',
  'correlationId',
  'note',
] as const
export type FormName = (typeof FORM_NAMES)[number]
export type FormFields = Readonly<Record<FormName, string>>
export type SomeFields = Readonly<Partial<Record<FormName, string>>>

const CANNOT = 'cannot:'

/** What the form shows of the case. What support asks again stands empty: to answer is to say it anew. */
export function shownFields(facts: EscalationFacts): FormFields {
  const again = new Set<string>(missingItems(facts).map(({ item }) => item))
  const of = (name: ItemName): string => {
    const answer = again.has(name) ? null : facts.items[name]
    if (answer === null) return ''
    if (answer.cannotBeKnown !== null) return CANNOT + answer.cannotBeKnown
    return typeof answer.value === 'boolean' ? (answer.value ? 'yes' : 'no') : String(answer.value)
  }
  const typed = (text: string): string => (text.startsWith(CANNOT) || text === 'none' ? '' : text)
  const chosen = (text: string): string => (typed(text) === '' ? text : '')
  return {
    tenantId: of('tenantId'),
    scimBaseUrl: of('scimBaseUrl'),
    idp: of('idp'),
    operation: of('operation'),
    occurredAt: typed(of('occurredAt'))
      .replace('T', ' ')
      .replace(/\.\d+Z$/, ''),
    occurredAtInstead: chosen(of('occurredAt')),
    httpStatus: typed(of('httpStatus')),
    httpStatusInstead: chosen(of('httpStatus')),
    discoverySucceeds: of('discoverySucceeds'),
    tokenRecentlyUsed: of('tokenRecentlyUsed'),
    scimType: facts.scimType ?? '',
    correlationId: facts.correlationId ?? '',
    note: facts.note ?? '',
  }
}

const lines = (text: string): string => text.replaceAll('\r\n', '\n').trim()

/** The fields of ours that were sent: a name that nobody knows may be a token itself. */
export function typedFields(fields: Fields): SomeFields {
  return Object.fromEntries(
    FORM_NAMES.flatMap((name) => {
      const value = fields[name]
      return value === undefined ? [] : [[name, lines(value)]]
    }),
  )
}

/** Of them, those that are not as the page had shown them (`was.` beside each). */
export function changedFields(fields: Fields): SomeFields {
  return Object.fromEntries(
    Object.entries(typedFields(fields)).filter(
      ([name, value]) => value !== lines(fields[`was.${name}`] ?? ''),
    ),
  )
}

/** For `AnswerEscalation`, which says what of it is accepted. */
export function answerBody(changed: SomeFields): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const name of ['tenantId', 'scimBaseUrl', 'scimType', 'correlationId', 'note'] as const) {
    if (changed[name] !== undefined) body[name] = changed[name] === '' ? null : changed[name]
  }
  if (changed.idp !== undefined && changed.idp !== '') body['idp'] = changed.idp
  for (const name of ['operation', 'discoverySucceeds', 'tokenRecentlyUsed'] as const) {
    if (changed[name] !== undefined) body[name] = chosenValue(changed[name])
  }
  put(body, 'occurredAt', changed.occurredAt, changed.occurredAtInstead, sentTime)
  put(body, 'httpStatus', changed.httpStatus, changed.httpStatusInstead, (text) =>
    /^\d+$/.test(text) ? Number(text) : text,
  )
  return body
}

function chosenValue(text: string): unknown {
  if (text === '') return null
  if (text.startsWith(CANNOT)) return { cannotBeKnown: text.slice(CANNOT.length) }
  return text === 'yes' ? true : text === 'no' ? false : text
}

/** One item with two fields: a text, and what is chosen in its place. The one that was touched counts. */
function put(
  body: Record<string, unknown>,
  name: 'occurredAt' | 'httpStatus',
  text: string | undefined,
  instead: string | undefined,
  read: (text: string) => unknown,
): void {
  if (instead !== undefined && instead !== '') body[name] = chosenValue(instead)
  else if (text !== undefined && text !== '') body[name] = read(text)
  else if (text !== undefined || instead !== undefined) body[name] = null
}

/**
 * What goes back into the form after a refusal: what was changed, but for fields that were refused.
 * They may hold a token that nobody recognised; the note was looked at, and is too long to type twice.
 */
export function typedAgain(fields: Fields, { code, extensions }: ProblemError): SomeFields {
  const refused = (extensions.errors ?? []).map(({ path }) => path)
  const named = refused.every((path) => FORM_NAMES.some((name) => name === path))
  if (code === 'token-in-field' && !named) return {}
  const kept = Object.entries(changedFields(fields)).filter(([name]) => {
    if (code === 'token-in-field') return !refused.includes(name)
    return name === 'note' || !refused.some((path) => name === path || name === `${path}Instead`)
  })
  return Object.fromEntries(kept)
}
