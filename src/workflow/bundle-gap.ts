/** What a case could not find out, and why: stated, so that nobody takes silence for "nothing wrong". */
import { ITEM_NAMES } from '../../machines/escalation.facts.ts'
import type { ItemName, Unknowable } from '../../machines/escalation.facts.ts'
import type { BundleContent } from '../support/bundle-schema.ts'
import { nameOf } from './bundle-name.ts'
import type { Source } from './bundle-source.ts'

type Gap = BundleContent['gaps'][number]

const gap = (section: string, why: string): Gap => ({ section, why })

const LABEL: Readonly<Record<ItemName, string>> = {
  tenantId: 'The tenant',
  scimBaseUrl: 'The base URL',
  idp: 'The IdP',
  operation: 'The failing operation',
  occurredAt: 'The time of the failure',
  httpStatus: 'The HTTP status',
  discoverySucceeds: 'Whether discovery succeeds',
  tokenRecentlyUsed: 'Whether the token was used',
}

const REASON: Readonly<Record<Unknowable, string>> = {
  'no-access': 'nobody on this side may look at it',
  'not-recorded': 'it was not recorded anywhere',
  'not-shown': 'the place where it should stand does not show it',
}

export function gapsOf(source: Source, observable: boolean): Gap[] {
  return [...ofItems(source), ...ofConnection(source, observable), ...ofIdp(source)]
}

function ofItems({ held }: Source): Gap[] {
  return ITEM_NAMES.flatMap((name) => {
    const answer = held.record.facts.items[name]
    if (answer === null || answer.cannotBeKnown === null) return []
    return [
      gap('items', `${LABEL[name]}: ${REASON[answer.cannotBeKnown]}, says ${nameOf(answer.by)}.`),
    ]
  })
}

function ofConnection({ held, connection, checks, unread }: Source, observable: boolean): Gap[] {
  const lost = unread.map((section) =>
    gap(section, `The section "${section}" could not be read from Interlock’s records.`),
  )
  if (connection === null) {
    const why =
      held.record.facts.connectionId === null
        ? 'The case belongs to no connection of Interlock’s: nothing could be observed, every answer is a person’s word.'
        : 'The connection of this case is not there any more.'
    return [...lost, gap('connection', why)]
  }
  const portal = observable
    ? held.record.facts.token === null
      ? [gap('portal', 'The portal did not show the token, or could not be read.')]
      : []
    : [
        gap(
          'portal',
          'Interlock is not connected to this portal: whether the token is valid and when it was used is a person’s word.',
        ),
      ]
  const checked =
    checks === null
      ? [
          gap(
            'checks',
            'No first checks were run within the last day: what the service provider answers to the token was not seen.',
          ),
        ]
      : checks.withToken
        ? []
        : [
            gap(
              'checks',
              'The first checks were run without a token: whether users and groups are listed was not seen.',
            ),
          ]
  return [...lost, ...portal, ...checked]
}

function ofIdp({ held }: Source): Gap[] {
  const { occurredAt, httpStatus } = held.record.facts.items
  const told = occurredAt?.witness === 'attested' || httpStatus?.witness === 'attested'
  return [
    gap(
      'idp-log',
      told
        ? 'Interlock does not read the IdP’s log: time and status of the failing request are as a person read them there.'
        : 'Interlock does not read the IdP’s log. Time and status are those of its own checks, not of a request of the IdP.',
    ),
    gap(
      'bodies',
      'Bodies of requests and answers are never kept: the service provider’s own words are in its log only.',
    ),
  ]
}
