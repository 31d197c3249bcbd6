/** The one click from a failure to a case for support, with what is known filled in. */
import { Csrf } from './frame.tsx'
import type { Look } from './look.ts'

export interface About {
  rotationId?: string
  connectionId?: string
}

export const Escalate = ({ look, about }: { look: Look; about: About }) =>
  look.may('escalations.write') ? (
    <form class="escalate" method="post" action="/escalations">
      <Csrf look={look} />
      {Object.entries(about).map(([name, id]) => (
        <input type="hidden" name={name} value={id} />
      ))}
      <button class="link" type="submit">
        Escalate to support
      </button>{' '}
      <span class="quiet">with what is known filled in; you see it before it leaves</span>
    </form>
  ) : null
