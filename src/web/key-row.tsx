/** One key: what it may, who made it, until when, and the way to end it. */
import type { HeldKey } from '../access/key.ts'
import { isLive } from '../access/key.ts'
import { isFromSetting } from '../http/key-verb.ts'
import { Csrf } from './frame.tsx'
import { Icon } from './icon.tsx'
import type { KeysData } from './key-data.ts'
import { Refusal } from './refusal.tsx'
import { Ago, Day } from './time.tsx'

export const KeyRow = ({ held, data }: { held: HeldKey; data: KeysData }) => {
  const { record } = held
  const { look } = data
  const live = isLive(record, look.now)
  const mine = look.principal?.actor.id === record.id
  return (
    <li id={record.id}>
      <span class="name">
        {record.name}
        {mine && <span class="quiet">you are signed in with it</span>}
      </span>
      <span class="state">
        <Icon name={live ? 'key' : 'none'} /> {record.role},{' '}
        {record.tenants === 'all' ? 'all tenants' : record.tenants.join(', ')}
        <span class="made quiet">
          made <Ago at={record.createdAt} now={look.now} /> by {record.createdBy.name}
          {live && record.expiresAt === null && ', does not expire'}
          {record.revokedAt === null && record.expiresAt !== null && (
            <>
              , {live ? 'expires' : 'expired'} <Day at={record.expiresAt} />
            </>
          )}
          {record.revokedAt !== null && (
            <>
              , revoked <Ago at={record.revokedAt} now={look.now} />
            </>
          )}
        </span>
      </span>
      {live && <Revoke held={held} data={data} mine={mine} />}
    </li>
  )
}

const Revoke = ({ held, data, mine }: { held: HeldKey; data: KeysData; mine: boolean }) => {
  const { id, name } = held.record
  const { look, refused } = data
  const here = refused?.at === id ? refused : null
  return (
    <details class="end" open={here !== null}>
      <summary>
        Revoke<span class="unseen"> {name}</span>
      </summary>
      {here !== null && <Refusal refused={here} now={look.now} />}
      {isFromSetting(data, id) ? (
        <p>
          This key comes from INTERLOCK_BOOTSTRAP_KEY and would live again at the next start. Change
          or remove that setting, restart, then revoke it here if it is still listed.
        </p>
      ) : (
        <form method="post" action={`/keys/${id}/revoke`}>
          <Csrf look={look} />
          <p>
            It stops working at once and for good, and its sign-ins end.
            {mine && ' You are signed in with it: you will need another key to come back.'}
          </p>
          <button type="submit" class="danger">
            Revoke {name}
          </button>
        </form>
      )}
    </details>
  )
}
