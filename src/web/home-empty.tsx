/** The home page before there is anything: what a connection is, and the practice rotation. */
import { Csrf } from './frame.tsx'
import type { Look } from './look.ts'

export const HomeEmpty = ({ look, canRehearse }: { look: Look; canRehearse: boolean }) => (
  <section class="empty">
    <h1>
      {look.may('connections.write') ? 'No connections yet' : 'No connections in your tenants'}
    </h1>
    {look.may('connections.write') ? (
      <>
        <p>
          A connection is one tenant of a service provider, one IdP app that provisions it, and the
          SCIM base URL between them. Interlock rotates its token without provisioning stopping.
        </p>
        {canRehearse && look.may('rotations.write') ? (
          <div class="now">
            <h2>Rehearse first: a whole rotation in five minutes</h2>
            <p>
              Nothing in it is real: a practice service provider, a practice Okta that you play by
              buttons, and an old token that is in use.
            </p>
            <form method="post" action="/rehearsal">
              <Csrf look={look} />
              <button class="primary" type="submit">
                Set up the practice rotation
              </button>
            </form>
          </div>
        ) : null}
        <p>
          <a class={canRehearse ? '' : 'button primary'} href="/connections/new">
            Add a real connection
          </a>
        </p>
      </>
    ) : (
      <p>An owner or admin adds them.</p>
    )}
  </section>
)

/** Quiet, for those who practise before the real thing. */
export const RehearseAgain = ({ look }: { look: Look }) => (
  <form method="post" action="/rehearsal">
    <Csrf look={look} />
    <button class="link" type="submit">
      Set up another practice rotation
    </button>
  </form>
)
