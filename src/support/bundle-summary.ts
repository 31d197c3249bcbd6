/**
 * `summary.md`: read in a ticket, by somebody who knows nothing else. First what is reported, then what
 * it probably is, then what was seen, then what is not known, then who does what. Made from the checked
 * content alone.
 */
import type { BundleContent } from './bundle-schema.ts'
import { rotationLines } from './bundle-summary-rotation.ts'
import { cell, heading, IDP, list, OPERATION, said, table, when, WHO } from './markdown.ts'

export function summaryOf(content: BundleContent): string {
  const [first] = content.hypotheses
  return [
    // The id in front: behind a title that ends in "token" it would be taken for one.
    `# Case ${content.case.id}: ${first?.title ?? 'provisioning fails'}`,
    '',
    lead(content),
    ...heading('What is reported', items(content)),
    ...heading('What does not fit together', contradictory(content)),
    ...heading('Exposed', exposed(content)),
    ...heading('First hypothesis', hypothesis(content)),
    ...heading('What happened', timeline(content)),
    ...heading('First checks', checks(content)),
    ...rotationLines(content.rotation),
    ...heading('Not known, and why', gaps(content)),
    ...heading('Next step', next(content)),
    ...heading('Note by the administrator', note(content)),
    ...heading('About this file', about(content)),
    '',
  ].join('\n')
}

/** The case in one sentence or two. */
function lead({ items, case: about, asOf }: BundleContent): string {
  const value = (name: string): string | null => {
    const item = items[name]
    return item === null || item === undefined || item.value === null ? null : String(item.value)
  }
  const operation = value('operation')
  const status = value('httpStatus')
  const failing = operation === null ? 'Provisioning' : (OPERATION[operation] ?? operation)
  const idp = value('idp')
  const from = idp === null ? '' : ` from ${IDP[idp] ?? idp}`
  const tenant = value('tenantId')
  const to = tenant === null ? '' : ` to the tenant ${tenant}`
  const how =
    status === null
      ? ' fails'
      : status === 'none'
        ? ' fails: no answer comes'
        : Number(status) < 400
          ? ` goes wrong, though HTTP ${status} is answered`
          : ` fails with HTTP ${status}${about.scimType === null ? '' : ` (${about.scimType})`}`
  const at = value('occurredAt')
  const since = at === null ? '' : ` (seen ${when(at)})`
  const state = about.state === 'ready' ? 'Complete' : `State of the case: ${about.state}`
  return `${failing}${from}${to}${how}${since}. ${state}, as of ${when(asOf)}.`
}

const ITEMS: Readonly<Record<string, string>> = {
  tenantId: 'Tenant',
  scimBaseUrl: 'SCIM base URL',
  idp: 'IdP',
  operation: 'Failing operation',
  occurredAt: 'Approximate time',
  httpStatus: 'HTTP status',
  discoverySucceeds: 'Discovery succeeds',
  tokenRecentlyUsed: 'Portal shows recent use of the token',
}

function items(content: BundleContent): string[] {
  const rows = Object.entries(ITEMS).map(([name, label]) => {
    const item = content.items[name]
    if (item === null || item === undefined) return [label, '**missing**', '']
    const answer =
      item.cannotBeKnown === null
        ? said(name, item.value, content)
        : `cannot be known (${item.cannotBeKnown.replaceAll('-', ' ')})`
    const by = item.witness === 'observed' ? `observed (${item.from})` : `attested by ${item.by}`
    return [label, answer, `${by}, ${when(item.at)}`]
  })
  const { correlationId, scimType } = content.case
  if (scimType !== null) rows.push(['scimType', scimType, ''])
  if (correlationId !== null) rows.push(['Correlation id', correlationId, ''])
  const missing = content.missing.map(
    ({ item, reason, ask, who }) => `${ITEMS[item] ?? item}: ${reason} ${WHO[who]}: ${ask}`,
  )
  return [
    ...table(['Item', 'Answer', 'How it is known'], rows),
    '',
    'Observed: measured by Interlock. Attested: a person’s word.',
    ...(missing.length === 0 ? [] : ['', 'Still missing:', '', ...list(missing)]),
  ]
}

const contradictory = ({ contradictions, connection }: BundleContent): string[] =>
  list([
    ...(connection?.held?.mismatches ?? []).map(
      ({ source, expected, found }) =>
        `**Another tenant or environment** (${source}): ${expected ?? 'withheld'} was expected, ${found ?? 'withheld'} was found. Interlock stopped everything for this connection until a named person has resolved it.`,
    ),
    ...contradictions.map(
      ({ items, why }) => `**${items.map((item) => ITEMS[item] ?? item).join(' and ')}**: ${why}`,
    ),
  ])

function exposed({ exposed: typed }: BundleContent): string[] {
  const last = typed.at(-1)
  if (last === undefined) return []
  const places = new Set(
    typed.map(({ field, kind }) => `${field === '' ? 'several fields' : field} (${kind})`),
  )
  const times = typed.length === 1 ? 'Once' : `${typed.length} times`
  return [
    `${times}, the last at ${when(last.at)}, something that looks like a token was typed into this case: ${[...places].join(', ')}. It was refused and not kept. Whatever it was has to be treated as exposed, and revoked where it was issued.`,
  ]
}

function hypothesis({ hypotheses }: BundleContent): string[] {
  const [first, ...others] = hypotheses
  if (first === undefined) return []
  return [
    `**${first.title}** (${first.likelihood}). ${first.meaning}`,
    ...(first.stopRollout ? ['', '**Stop the rollout** until this is resolved.'] : []),
    ...(first.because.length === 0 ? [] : ['', `Because: ${first.because.join('; ')}.`]),
    ...(first.causes.length === 0 ? [] : ['', 'Usually behind it:', '', ...list(first.causes)]),
    '',
    'To be checked:',
    '',
    ...list(first.checks.map(({ who, text }) => `${WHO[who]}: ${text}`)),
    '',
    `Then: ${first.next}`,
    ...(others.length === 0
      ? []
      : [
          '',
          `Also possible: ${others.map(({ title, likelihood }) => `${title} (${likelihood})`).join('; ')}.`,
        ]),
  ]
}

const timeline = ({ timeline: told }: BundleContent): string[] =>
  table(
    ['Time (UTC)', 'What', 'By'],
    told.map(({ at, what, by, refused }) => [
      when(at),
      refused ? `Refused: ${what}` : what,
      by ?? '',
    ]),
  )

const CHECK: Readonly<Record<string, string>> = {
  discovery: 'Discovery (ServiceProviderConfig)',
  'list-users': 'Users are listed',
  'list-groups': 'Groups are listed',
  'token-metadata': 'The portal lists the token, as live and of this tenant',
  environment: 'Answers name this host and no other',
}

function checks({ checks: seen }: BundleContent): string[] {
  if (seen === null) return ['Nobody ran the first checks within the last day.']
  const rows = seen.checks.map(({ name, outcome, httpStatus, scimType, failure }) => [
    CHECK[name] ?? name,
    outcome === 'fail' ? '**fail**' : outcome,
    [httpStatus === null ? failure : `HTTP ${httpStatus}`, scimType]
      .filter((word) => word !== null)
      .join(', '),
  ])
  const how = seen.withToken ? 'with the token' : 'without a token'
  return [
    `Run by Interlock at ${when(seen.at)}, ${how}.`,
    '',
    ...table(['Check', 'Outcome', 'Answer'], rows),
  ]
}

const gaps = ({ gaps: unknown }: BundleContent): string[] => list(unknown.map(({ why }) => why))

const next = ({ next: { who, steps } }: BundleContent): string[] => [
  `Who: ${WHO[who]}.`,
  '',
  ...steps.map((step, index) => `${index + 1}. ${step}`),
]

/** As typed, in a block where nothing of it is read as markup. */
const note = ({ case: { note: text } }: BundleContent): string[] =>
  text === null ? [] : text.split('\n').map((line) => `    ${line}`)

function about({ case: about, connection }: BundleContent): string[] {
  const place =
    connection === null
      ? 'It belongs to no connection of Interlock’s.'
      : `It belongs to the connection ${connection.id}; the portal is ${connection.portal.kind}${connection.portal.observable ? ', read by Interlock itself' : ', and Interlock cannot read it'}.`
  return [
    `Case ${about.id}, revision ${about.revision}, opened ${when(about.openedAt)} by ${cell(about.openedBy)}. ${place}`,
    '',
    'No token is in this bundle: it is built from typed fields, and its finished bytes were scanned. `interlock bundle verify FILE.zip` checks that nothing was changed since. The same in full: `bundle.json`, `journal.json`, `redactions.json`.',
  ]
}
