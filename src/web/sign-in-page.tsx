/** Signing in: by the one-time link of the first start, or by a key. */
import type { Secret } from '../secret.ts'
import { Copy } from './copy.tsx'
import { Field } from './field.tsx'
import { Csrf, Frame } from './frame.tsx'
import { Icon } from './icon.tsx'
import type { Look } from './look.ts'

export const SignInPage = (props: { look: Look; next: string; refused: boolean }) => (
  <Frame look={props.look} title="Sign in">
    <div class="narrow">
      <h1>Sign in</h1>
      {props.refused && (
        <p class="refusal" role="alert" tabindex={-1} data-focus>
          <Icon name="stop" /> <strong>This key is not accepted.</strong> It may be mistyped,
          expired or revoked. An owner can make another one.
        </p>
      )}
      <form method="post" action="/sign-in" class="verb main">
        <Csrf look={props.look} />
        <input type="hidden" name="next" value={props.next} />
        <Field
          name="key"
          label="Your key"
          hint="It begins with ilk_. This browser then stays signed in for 12 hours, or until you sign out."
          secret
          required
          maxlength={260}
        />
        <p class="press">
          <button class="primary" type="submit">
            Sign in
          </button>
        </p>
      </form>
      <p class="quiet">
        No key yet? The first start of Interlock prints a sign-in link on its terminal. Afterwards
        an owner makes keys.
      </p>
    </div>
  </Frame>
)

export const AskPage = ({ look }: { look: Look }) => (
  <Frame look={look} title="Make the first owner key">
    <div class="narrow">
      <h1>Make the first owner key</h1>
      <p>
        The next page shows a key that may do everything in this Interlock, and signs this browser
        in. The key is shown once: have a password manager at hand.
      </p>
      <form method="post">
        <button class="primary" type="submit">
          Show the key
        </button>
      </form>
    </div>
  </Frame>
)

export const KeyPage = ({ look, value }: { look: Look; value: Secret }) => (
  <Frame look={look} title="Your owner key">
    <div class="narrow">
      <h1>Your owner key</h1>
      <div class="once" data-once>
        <output aria-label="Owner key">
          <Copy value={value.reveal()} label="the owner key" />
        </output>
        <p>
          Shown this once, to you. Keep it in a password manager: it signs you in, and scripts send
          it as <code>Authorization: Bearer …</code>. If it is lost before you have made another,
          stop Interlock, set INTERLOCK_BOOTSTRAP_KEY and start it again.
        </p>
      </div>
      <p>
        <a class="button primary" href="/">
          I have kept it: go on
        </a>
      </p>
    </div>
  </Frame>
)

export const ClosedPage = ({ look }: { look: Look }) => (
  <Frame look={look} title="This sign-in link is not open">
    <div class="narrow">
      <h1>This sign-in link is not open</h1>
      <p>
        It was used, it is older than 15 minutes, or Interlock was restarted. A restart prints a new
        one for as long as nobody holds an owner key. With a key, <a href="/sign-in">sign in</a>.
      </p>
    </div>
  </Frame>
)
