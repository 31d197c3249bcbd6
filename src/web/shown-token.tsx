/** The new token, in the one answer that ever holds it. */
import type { Secret } from '../secret.ts'
import { Copy } from './copy.tsx'
import type { RotationData } from './rotation-data.ts'

export const ShownToken = ({ data, token }: { data: RotationData; token: Secret }) => {
  const value = token.reveal()
  const { enter } = data.guide.header
  return (
    <div class="once" data-once>
      <h3>The new token, shown this once</h3>
      {enter === 'with-bearer' && (
        <p>
          As this screen of {data.guide.title} wants it, with the word Bearer in front:
          <br />
          <Copy value={`Bearer ${value}`} label="the token with Bearer" />
        </p>
      )}
      <p>
        {enter === 'with-bearer' ? 'The token alone:' : 'The token:'}
        <br />
        <Copy value={value} label="the new token" />
      </p>
      <p>
        Shown to you, {data.look.principal?.actor.name}, and never again: Interlock keeps a
        fingerprint of it, no value. It goes into {data.guide.title} and nowhere else. If it is lost
        before it is there, make another new token below; the old one keeps working meanwhile.
      </p>
    </div>
  )
}
