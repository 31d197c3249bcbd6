/** The access keys: those that work, one more, and those that work no longer. */
import { isLive } from '../access/key.ts'
import type { HeldKey } from '../access/key.ts'
import { Copy } from './copy.tsx'
import { Frame } from './frame.tsx'
import type { KeysData } from './key-data.ts'
import { KeyForm } from './key-form.tsx'
import { KeyRow } from './key-row.tsx'
import type { Look } from './look.ts'

/** More are in the API; a page of thousands helps nobody. */
const MOST = 200

export const KeysPage = ({ data }: { data: KeysData }) => {
  const { look, keys, made } = data
  const live = keys.filter(({ record }) => isLive(record, look.now))
  const ended = keys.filter(({ record }) => !isLive(record, look.now))
  return (
    <Frame look={look} title="Keys">
      <h1>Keys</h1>
      {made !== null && <Made made={made} look={look} />}
      <section aria-labelledby="live">
        <h2 id="live">
          In force <span class="count">{live.length}</span>
        </h2>
        <Rows keys={live} data={data} />
      </section>
      <KeyForm data={data} />
      {ended.length > 0 && (
        <details>
          <summary>Revoked or expired ({ended.length})</summary>
          <div class="inside">
            <Rows keys={ended} data={data} />
          </div>
        </details>
      )}
      <p class="quiet">
        When a key was last used is not recorded. What was changed with it is in the journals:{' '}
        <code>GET /v1/audit</code>.
      </p>
    </Frame>
  )
}

const Rows = ({ keys, data }: { keys: readonly HeldKey[]; data: KeysData }) => (
  <>
    <ul class="rows keys">
      {keys.slice(0, MOST).map((held) => (
        <KeyRow held={held} data={data} />
      ))}
    </ul>
    {keys.length > MOST && (
      <p class="quiet">
        The newest {MOST} of {keys.length} are shown; <code>GET /v1/keys</code> lists all.
      </p>
    )}
  </>
)

const Made = ({ made, look }: { made: NonNullable<KeysData['made']>; look: Look }) => (
  <section class="once" data-once aria-labelledby="made">
    <h2 id="made" tabindex={-1} data-focus>
      The key “{made.name}”, shown this once
    </h2>
    <p>
      <Copy value={made.value.reveal()} label="the key" />
    </p>
    <p>
      Shown to you, {look.principal?.actor.name}, and never again: Interlock keeps a digest of it,
      no value. Hand it to its holder through a password manager, not by mail or chat. If it is
      lost, revoke it below and make another.
    </p>
    <p>
      <a class="button" href="/keys">
        It is kept: hide it
      </a>
    </p>
  </section>
)
