/** The journals of a case as a story: one line per thing that happened, in the order of time. */
import type { BundleContent } from '../support/bundle-schema.ts'
import { projected } from '../support/bundle-journal.ts'
import type { Detail } from '../support/bundle-journal.ts'
import type { Entry } from '../store/contract.ts'
import type { Source } from './bundle-source.ts'
import { nameOf } from './bundle-name.ts'

type Line = BundleContent['timeline'][number]

/** Longer stories are told from here on; the journal has the rest. */
const MOST_LINES = 40

export function timelineOf(source: Source): Line[] {
  const lines = source.journals.flatMap(({ entries }) => entries.flatMap(lineOf))
  const all = [...lines, ...seen(source)].toSorted((a, b) => a.at.localeCompare(b.at))
  return told(all).slice(-MOST_LINES)
}

/** What was done again and again is one line. */
function told(lines: readonly Line[]): Line[] {
  const runs: Line[][] = []
  for (const line of lines) {
    const run = runs.at(-1)
    const [first] = run ?? []
    const again =
      first !== undefined &&
      first.what === line.what &&
      first.by === line.by &&
      first.refused === line.refused
    if (again) run?.push(line)
    else runs.push([line])
  }
  return runs.flatMap((run) => {
    const [first] = run
    const last = run.at(-1)
    if (first === undefined || last === undefined) return []
    const times = ` (${run.length} times, the last at ${last.at.slice(0, 19).replace('T', ' ')}Z)`
    return [run.length === 1 ? first : { ...first, what: first.what + times }]
  })
}

/** What no journal of ours holds: the failure itself, and the token's last use. */
function seen({ held }: Source): Line[] {
  const { items, token } = held.record.facts
  const at = items.occurredAt?.value ?? null
  const status = items.httpStatus?.value ?? null
  const told = items.occurredAt?.witness === 'attested'
  return [
    ...(at !== null && told
      ? [
          {
            at,
            what: `${failureOf(status)} (attested).`,
            by: null,
            refused: false,
          },
        ]
      : []),
    ...(token === null || token.status !== 'expired' || token.expiresAt === null
      ? []
      : [
          {
            at: token.expiresAt,
            what: 'The token expired, as the portal shows it.',
            by: null,
            refused: false,
          },
        ]),
    ...(token === null || token.lastUsedAt === null
      ? []
      : [
          {
            at: token.lastUsedAt,
            what: 'Last use of the token that the portal shows.',
            by: null,
            refused: false,
          },
        ]),
  ]
}

function failureOf(status: number | 'none' | null): string {
  if (status === null) return 'A request of the IdP failed'
  if (status === 'none') return 'A request of the IdP got no answer'
  return status < 400
    ? `A request of the IdP was answered ${status}, and what it should have done is not there`
    : `A request of the IdP failed with HTTP ${status}`
}

function lineOf(entry: Entry): Line[] {
  const detail = projected(entry.detail)
  const refused = entry.outcome === 'refused'
  const words = WORDS[entry.event]
  const what = words === undefined ? plain(entry.event) : words(detail)
  if (what === null) return []
  const why = refused && detail.code !== undefined ? ` (${detail.code})` : ''
  const missing =
    refused && detail.unmet !== undefined ? ` Not met: ${detail.unmet.join(', ')}.` : ''
  return [{ at: entry.at, what: `${what}${why}.${missing}`, by: nameOf(entry.actor), refused }]
}

const plain = (event: string): string => event.replaceAll(/[.-]/g, ' ')

const listed = (words: readonly string[] | undefined): string => words?.join(', ') ?? ''

function checked({ checks, withToken }: Detail): string {
  const failed = (checks ?? []).flatMap((line) => {
    const [name = '', outcome, status = '-'] = line.split(' ')
    return outcome === 'fail' ? [status === '-' ? name : `${name} ${status}`] : []
  })
  const how = withToken === true ? 'with the token' : 'without a token'
  return failed.length === 0
    ? `First checks ${how}: nothing failed`
    : `First checks ${how}: failed at ${failed.join(', ')}`
}

/** Null: told by another line already, or of no interest to a reader. */
const WORDS: Readonly<Record<string, (detail: Detail) => string | null>> = {
  'connection.created': () => 'The connection was set up in Interlock',
  'connection.changed': () => 'The connection was changed',
  'connection.deleted': () => 'The connection was removed from Interlock',
  'connection.checked': checked,
  'tenant.confirmed': () => 'A person confirmed the tenant after a mismatch',
  'rotation.started': ({ rotationId }) =>
    rotationId === undefined ? 'A rotation was started' : null,
  'creation.intended': () => null,
  'creation.failed': ({ fault }) => `The new token was not created: ${fault ?? 'unknown'}`,
  'token.created': () => 'The new token was created or recorded',
  'idp.updated': () => 'A person said that the IdP holds the new token (the cutover)',
  'connection.tested': ({ passed, failed }) =>
    passed === true
      ? 'The connection test passed'
      : `The connection test failed${listed(failed) === '' ? '' : `: ${listed(failed)}`}`,
  'canary.issued': () => 'A one-time value for the pilot was made',
  'portal.read': ({ level, counts }) => graded('The portal was read', level, counts),
  'event.recorded': ({ level, counts }) =>
    graded('An event of the IdP’s log was recorded', level, counts),
  'pilot.read': ({ level, counts }) => graded('The pilot was read', level, counts),
  'own-use.recorded': () => 'Interlock noted a use of the token by its own checks',
  'revocation.approved': () => 'A second person approved',
  'revocation.confirmed': () => 'Revoking was asked for',
  'revocation.failed': ({ fault }) => `The revocation did not happen: ${fault ?? 'unknown'}`,
  'old-token.revoked': ({ portalShows }) =>
    `The old token was revoked; the portal shows it as ${portalShows ?? 'unknown'}`,
  'new-token.revoked': ({ portalShows }) =>
    `The new token was revoked; the portal shows it as ${portalShows ?? 'unknown'}`,
  'old-token.lost': ({ how }) =>
    `Interlock noticed that the old token is gone (${how ?? 'unknown'}), and it was not Interlock that did it`,
  'tenant.mismatched': () => 'Something did not belong to this tenant: everything was stopped',
  'base-url.changed': () => 'The base URL was changed: what was seen before does not count',
  'rotation.halted': () => 'The rotation was halted by a person',
  'rotation.resumed': () => 'The rotation was resumed',
  'roll-back.started': () => 'Rolling back was started',
  'rotation.abandoned': () => 'The rotation was abandoned',
  'escalation.opened': () => 'This case was opened',
  'items.observed': () => 'Interlock looked at the case again',
  'items.answered': ({ items, fields }) =>
    fields === undefined
      ? `Answered: ${listed(items)}`
      : 'Something that looks like a token was typed and not kept',
  'escalation.submitted': () => 'The case was submitted',
  'escalation.acknowledged': () => 'Support acknowledged the case',
  'info.requested': ({ items }) =>
    listed(items) === '' ? 'Support asked back' : `Support asked back: ${listed(items)}`,
  'escalation.resolved': ({ resolution }) => `The case was resolved: ${resolution ?? 'other'}`,
  'escalation.withdrawn': () => 'The case was withdrawn',
}

const graded = (what: string, level: string | undefined, counts: boolean | undefined): string =>
  level === undefined ? what : `${what}: ${level}, ${counts === true ? 'counts' : 'does not count'}`
