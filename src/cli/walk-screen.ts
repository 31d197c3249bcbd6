/** Which screen of the IdP it is decides how the token is entered; asked once, and kept in the connection. */
import type { RotationView } from '../workflow/rotation-view.ts'
import type { Walk } from './walk-stage.ts'
import type { ConnectionView } from './view.ts'

interface Facts {
  screens: { id: string; title: string; recognise: { text: string } }[]
}

/** The rotation with instructions for that screen; unchanged where nobody knows it. */
export async function withScreen(walk: Walk, view: RotationView): Promise<RotationView> {
  const { api, ask, connection } = walk
  if (connection.idpScreen !== null) return view
  const { screens } = await api.get<Facts>(`/v1/guide/idps/${connection.idp}`)
  // Asked once in a walk, whatever the answer.
  const [only] = screens
  if (only === undefined) return view
  const chosen =
    screens.length === 1
      ? only.id
      : await ask.choose('Which screen of the IdP holds the token?', [
          ...screens.map(({ id, title, recognise }) => ({
            value: id,
            label: title,
            hint: recognise.text,
          })),
          { value: '', label: 'I do not know yet' },
        ])
  connection.idpScreen = chosen
  if (chosen === '') return view
  const path = `/v1/connections/${encodeURIComponent(connection.id)}`
  const fresh = await api.get<ConnectionView>(path)
  await api.patch(path, { idpScreen: chosen }, fresh.revision)
  return api.get<RotationView>(walk.path)
}
