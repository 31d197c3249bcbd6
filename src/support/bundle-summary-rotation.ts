/** What the summary tells of a rotation: where it stands, its two tokens, what is not met, what was seen. */
import type { BundleRotation } from './bundle-rotation.ts'
import { heading, list, table, WHO, when } from './markdown.ts'

export function rotationLines(rotation: BundleRotation | null): string[] {
  if (rotation === null) return []
  return [
    ...heading('Rotation', [
      standing(rotation),
      '',
      ...tokens(rotation),
      ...halted(rotation),
      ...lost(rotation),
    ]),
    ...heading('Requirements not met', unmet(rotation)),
    ...heading('Evidence', evidence(rotation)),
  ]
}

const STATUS: Readonly<Record<string, string>> = {
  active: 'is under way',
  halted: 'is halted',
  completed: 'is completed',
  rolledBack: 'was rolled back',
  abandoned: 'was abandoned',
}

function standing({ id, status, step, direction, cutoverAt, startedAt }: BundleRotation): string {
  const place = status === 'active' || status === 'halted' ? `, at the step "${step}"` : ''
  const back = direction === 'back' ? ' It is being rolled back.' : ''
  const cutover =
    cutoverAt === null
      ? 'Nobody has said yet that the IdP holds the new token.'
      : `The IdP was said to hold the new token at ${when(cutoverAt)} (the cutover).`
  return `The rotation ${id} ${STATUS[status] ?? status}${place}. Started ${when(startedAt)}.${back} ${cutover}`
}

function tokens({ oldToken, newToken }: BundleRotation): string[] {
  const row = (name: string, token: BundleRotation['oldToken']): string[] => [
    name,
    token.status,
    token.lastUsedAt === null ? 'not shown' : when(token.lastUsedAt),
    token.expiresAt === null ? 'not shown' : when(token.expiresAt),
    token.portalId === null ? '' : `token id ${token.portalId}`,
    token.fingerprint === null ? '' : `fingerprint ${token.fingerprint}`,
  ]
  return table(
    ['Token', 'Portal shows', 'Last used', 'Expires', 'In the portal', 'Interlock’s mark'],
    [row('old', oldToken), ...(newToken === null ? [] : [row('new', newToken)])],
  )
}

function halted({ halted: stop }: BundleRotation): string[] {
  if (stop === null) return []
  const why = stop.mismatches.map(
    ({ source, expected, found }) =>
      `${source}: ${expected ?? 'withheld'} was expected, ${found ?? 'withheld'} was found`,
  )
  return ['', `Halted at ${when(stop.at)}: ${stop.cause.replaceAll('-', ' ')}.`, '', ...list(why)]
}

const lost = ({ oldTokenLost }: BundleRotation): string[] =>
  oldTokenLost === null
    ? []
    : [
        '',
        `The old token was lost (${oldTokenLost.how}); Interlock noticed at ${when(oldTokenLost.at)} and did not do it.`,
      ]

/** Of a rotation that goes on; an ended one has nothing left to meet. */
function unmet({ status, requirements }: BundleRotation): string[] {
  if (status !== 'active' && status !== 'halted') return []
  return list(
    requirements
      .filter(({ met }) => !met)
      .map(({ code, seen, unblock, who, earliest }) =>
        [
          `**${code}**:`,
          seen,
          unblock,
          `(${WHO[who]}${earliest === null ? '' : `, from ${when(earliest)}`})`,
        ]
          .filter((part) => part !== null)
          .join(' '),
      ),
  )
}

const evidence = ({ evidence: seen }: BundleRotation): string[] =>
  table(
    ['Level', 'What', 'When', 'How', 'Counts'],
    seen
      .slice(-12)
      .map(({ level, kind, occurredAt, witness, counts, why }) => [
        level,
        kind,
        when(occurredAt),
        witness,
        `${counts ? 'yes' : 'no'}: ${why}`,
      ]),
  )
