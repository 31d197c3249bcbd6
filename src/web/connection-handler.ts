/** `/connections`: pages and forms over the same verbs as the API's. */
import type { Context } from 'hono'
import type { AppEnv, Mount } from '../http/env.ts'
import { permit } from '../http/permit.ts'
import { toProblem } from '../http/problem-response.ts'
import { ConnectionPatch } from '../http/connection-schema.ts'
import { Reasoned, StartRotation, WithToken } from '../http/rotation-schema.ts'
import { refuseTokens } from '../http/token-guard.ts'
import { ProblemError } from '../problem.ts'
import { checkConnection } from '../workflow/check.ts'
import {
  createConnection,
  deleteConnection,
  loadConnection,
  patchConnection,
} from '../workflow/connection.ts'
import { startRotation } from '../workflow/rotation-start.ts'
import { confirmTenant } from '../workflow/tenant-hold.ts'
import { otherTenantsAt, spellingOf } from './base-url-word.ts'
import { connectionData } from './connection-data.ts'
import { ConnectionForm } from './connection-form.tsx'
import { connectionPatch, newConnection, withoutCredential } from './connection-input.ts'
import { ConnectionPage } from './connection-page.tsx'
import type { Web } from './env.ts'
import { accept, given, readForm, revisionOf } from './form.ts'
import type { Fields } from './form.ts'
import { pageOf } from './frame.tsx'
import { lookOf } from './look.ts'
import type { Refused } from './refusal.tsx'

type C = Context<AppEnv>

const idOf = (c: C): string => c.req.param('id') ?? ''

export function mountConnectionPages(web: Web): Mount {
  const guard = (body: unknown): void => refuseTokens(web.guardInput, body)
  return (app) => {
    app.get('/connections/new', permit('connections.write'), (c) =>
      c.html(
        pageOf(
          ConnectionForm({ look: lookOf(c, web.clock), held: null, typed: {}, refused: null }),
        ),
      ),
    )
    app.post('/connections', permit('connections.write'), (c) =>
      formOr(web, c, null, async (fields) => {
        guard(withoutCredential(fields))
        return (await createConnection(web.ctxOf(c), newConnection(fields))).id
      }),
    )
    app.post('/connections/spelling', permit('connections.write'), async (c) => {
      const fields = await readForm(c)
      const spelling = spellingOf({
        scimBaseUrl: fields['scimBaseUrl'] ?? '',
        portalUrl: given(fields, 'portalUrl'),
        environment: given(fields, 'environment'),
      })
      const others = await otherTenantsAt(web.ctxOf(c), spelling.baseUrl, given(fields, 'tenantId'))
      return c.json({ ...spelling, notes: [...spelling.notes, ...others] })
    })
    app.get('/connections/:id', permit('connections.read'), async (c) =>
      c.html(await draw(web, c, null)),
    )
    app.get('/connections/:id/edit', permit('connections.write'), async (c) => {
      const held = await loadConnection(web.ctxOf(c), idOf(c))
      return c.html(
        pageOf(ConnectionForm({ look: lookOf(c, web.clock), held, typed: {}, refused: null })),
      )
    })
    app.post('/connections/:id/edit', permit('connections.write'), (c) =>
      formOr(web, c, idOf(c), async (fields) => {
        guard(withoutCredential(fields))
        await patchConnection(web.ctxOf(c), idOf(c), revisionOf(fields), connectionPatch(fields))
        return idOf(c)
      }),
    )
    press(web, app, 'screen', 'connections.write', async (c, fields) => {
      const screen = { idpScreen: fields['screen'] ?? '' }
      await patchConnection(web.ctxOf(c), idOf(c), revisionOf(fields), accept(SCREEN, screen))
      const rotation = fields['rotation'] ?? ''
      return /^[A-Za-z0-9_-]{1,64}$/.test(rotation) ? `/rotations/${rotation}` : null
    })
    press(web, app, 'checks', 'connections.write', async (c, fields) => {
      const token = given(fields, 'token')
      const body = accept(WithToken, token === undefined ? {} : { token })
      const checked = await checkConnection(web.ctxOf(c), idOf(c), body)
      web.notes.write(c.get('session')?.handle ?? '', idOf(c), { checked })
      return `/connections/${idOf(c)}#checks`
    })
    press(web, app, 'rotations', 'rotations.write', async (c, fields) => {
      const body = accept(StartRotation, { connectionId: idOf(c), oldToken: oldTokenOf(fields) })
      guard('token' in body.oldToken ? {} : body.oldToken)
      return `/rotations/${(await startRotation(web.ctxOf(c), body)).id}`
    })
    press(web, app, 'confirm-tenant', 'connections.write', async (c, fields) => {
      const body = accept(Reasoned, { reason: fields['reason'] ?? '' })
      guard(body)
      await confirmTenant(web.ctxOf(c), idOf(c), revisionOf(fields), body)
      return null
    })
    press(web, app, 'delete', 'connections.write', async (c, fields) => {
      await deleteConnection(web.ctxOf(c), idOf(c), revisionOf(fields))
      return '/'
    })
  }
}

const SCREEN = ConnectionPatch.pick({ idpScreen: true })

function oldTokenOf(fields: Fields): object {
  const token = given(fields, 'token')
  const id = given(fields, 'id')
  if (token !== undefined) return { token }
  if (id !== undefined) return { id }
  const hint = given(fields, 'hint')
  if (hint !== undefined) return { hint: hint.trim() }
  throw new ProblemError('invalid-input', 'Choose the token that the IdP uses now.')
}

/** One form of the connection's page. `run` answers where to go; null: back to the page. */
function press(
  web: Web,
  app: Parameters<Mount>[0],
  name: string,
  permission: 'connections.write' | 'rotations.write',
  run: (c: C, fields: Fields) => Promise<string | null>,
): void {
  app.post(`/connections/:id/${name}`, permit(permission), async (c) => {
    const fields = await readForm(c)
    try {
      return c.redirect((await run(c, fields)) ?? `/connections/${idOf(c)}`, 303)
    } catch (error) {
      const problem = toProblem(error)
      if (problem.code === 'internal' || problem.code === 'not-found') throw error
      c.set('problem', problem.code)
      const at = problem.code === 'stale-revision' || name === 'screen' ? 'top' : name
      const refused = { at, problem, requestId: c.get('requestId') }
      return c.html(await draw(web, c, refused), problem.status)
    }
  })
}

async function draw(web: Web, c: C, refused: Refused | null): Promise<string> {
  const checked = web.notes.read(c.get('session')?.handle ?? '', idOf(c)).checked ?? null
  const look = lookOf(c, web.clock)
  const data = await connectionData(web.ctxOf(c), idOf(c), { look, checked, refused })
  return pageOf(ConnectionPage({ data }))
}

/** The form again with what was typed, secrets left out, when it was refused. */
async function formOr(
  web: Web,
  c: C,
  id: string | null,
  run: (fields: Fields) => Promise<string>,
): Promise<Response> {
  const fields = await readForm(c)
  try {
    return c.redirect(`/connections/${await run(fields)}`, 303)
  } catch (error) {
    const problem = toProblem(error)
    if (problem.code === 'internal' || problem.code === 'not-found') throw error
    c.set('problem', problem.code)
    const held = id === null ? null : await loadConnection(web.ctxOf(c), id)
    const refused = { at: 'top', problem, requestId: c.get('requestId') }
    // A field that holds a token is not sent back either.
    const typed = problem.code === 'token-in-field' ? {} : withoutCredential(fields)
    const look = lookOf(c, web.clock)
    return c.html(pageOf(ConnectionForm({ look, held, typed, refused })), problem.status)
  }
}
