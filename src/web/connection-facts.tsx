import type { ConnectionData } from './connection-data.ts'
import { Copy } from './copy.tsx'
import { Time } from './time.tsx'

/** What the connection was set up as. */
export const ConnectionFacts = ({ data }: { data: ConnectionData }) => {
  const { record } = data.held
  return (
    <dl class="facts">
      <dt>SCIM base URL</dt>
      <dd>
        <Copy value={record.scimBaseUrl} label="the base URL" />
        {data.spelling.map((note) => (
          <span class="hint">{note}</span>
        ))}
      </dd>
      <dt>Environment</dt>
      <dd>{record.environment ?? 'not said'}</dd>
      <dt>Pilot user</dt>
      <dd>{record.pilotUser ?? 'none: real events have to be recorded by hand'}</dd>
      <dt>Portal</dt>
      <dd>
        {record.portal.kind === 'manual'
          ? 'by hand: a person reads it out'
          : `${record.portal.url ?? ''}, ${record.portal.sealedCredential === null ? 'no credential' : 'credential kept, sealed'}`}
      </dd>
      <dt>Quiet window</dt>
      <dd>{data.quietMinutes} min</dd>
      <dt>Second person</dt>
      <dd>{SECOND[record.policy.secondPerson]}</dd>
      <dt>Added</dt>
      <dd>
        <Time at={record.createdAt} now={data.look.now} /> by {record.createdBy.name}
      </dd>
    </dl>
  )
}

const SECOND = {
  never: 'never asked for',
  'when-attested': 'when something rests on somebody’s word',
  always: 'always',
} as const
