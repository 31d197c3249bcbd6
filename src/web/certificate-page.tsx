/** The evidence record for people who audit: one sheet, made to be printed. */
import type { Certificate } from '../workflow/certificate.ts'
import { Frame } from './frame.tsx'
import { Icon } from './icon.tsx'
import type { Look } from './look.ts'
import { exact, Exact } from './time.tsx'
import { IDP_NAMES, requirementOf } from './word.ts'

export const CertificatePage = ({
  look,
  certificate,
}: {
  look: Look
  certificate: Certificate
}) => {
  const { rotation: r, complete } = certificate
  return (
    <Frame look={look} title="Certificate">
      <article class="certificate">
        <p class="unprinted">
          <a href={`/rotations/${r.id}`}>Back to the rotation</a>
        </p>
        <h1>Certificate of a token rotation</h1>
        <p>
          <Icon name={complete ? 'done' : 'open'} />{' '}
          <strong>{complete ? 'Complete' : 'Not complete'}</strong>: tenant {r.tenantId},{' '}
          {IDP_NAMES[r.idp]}, status {r.status}.
        </p>
        <dl>
          <Line name="Rotation" value={r.id} />
          <Line name="Started" value={`${exact(r.startedAt)}, by ${r.startedBy}`} />
          <Line name="Old token" value={token(r.oldToken)} />
          <Line name="New token" value={r.newToken === null ? 'none' : token(r.newToken)} />
          <Line name="IdP updated" value={r.cutoverAt === null ? 'not yet' : exact(r.cutoverAt)} />
          <Line
            name="Revocation confirmed"
            value={
              r.revocation === null
                ? 'not yet'
                : `${exact(r.revocation.confirmedAt)}, by ${r.revocation.by}`
            }
          />
          <Line name="Afterwards" value={afterwards(r.proof)} />
        </dl>
        <h2>Requirements</h2>
        <ul class="plain">
          {certificate.requirements.map((q) => (
            <li>
              <Icon name={q.met ? 'done' : 'open'} />{' '}
              <strong>{requirementOf(q.code, 'forward')}</strong> {q.met ? 'met' : 'not met'}:{' '}
              <Exact text={q.seen} />
            </li>
          ))}
        </ul>
        <h2>Evidence</h2>
        {r.evidence.length === 0 ? (
          <p>None.</p>
        ) : (
          <ul class="plain">
            {r.evidence.map((e) => (
              <li>
                {exact(e.occurredAt)} · {e.level} {e.kind}, {e.witness} by {e.by.name},{' '}
                {e.admissible ? 'counts' : 'does not count'}. {e.why}
              </li>
            ))}
          </ul>
        )}
        <p class="quiet">
          Journal: {certificate.journal.entries} entries, head{' '}
          <code>{certificate.journal.head ?? 'none'}</code>. No token value is stored by Interlock
          or printed here.
        </p>
      </article>
    </Frame>
  )
}

const Line = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
)

const token = (ref: {
  id: string | null
  hint: string | null
  fingerprint: string | null
}): string =>
  `${ref.hint ?? 'hint unknown'}, id ${ref.id ?? 'unknown'}, fingerprint ${ref.fingerprint ?? 'unknown'}`

function afterwards(proof: Certificate['rotation']['proof']): string {
  if (proof === null) return 'nothing revoked'
  const said = (status: number | null): string => (status === null ? 'not asked' : String(status))
  return `${exact(proof.at)}: the token that went answers ${said(proof.retiredAnswered)}, the one that stays ${said(proof.keptAnswered)}, the portal shows it ${proof.portalShows} (${proof.witness})`
}
