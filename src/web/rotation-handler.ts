/** `/rotations`: the page, its forms, its stream. POST, redirect, GET; only a new token is shown in the answer itself. */
import type { Context } from 'hono'
import type { AppEnv, Mount } from '../http/env.ts'
import { permit } from '../http/permit.ts'
import { streamChanges } from '../http/rotation-stream.ts'
import { refuseTokens } from '../http/token-guard.ts'
import { toProblem } from '../http/problem-response.ts'
import { ProblemError } from '../problem.ts'
import { loadRotation } from '../workflow/advance.ts'
import type { Held } from '../workflow/advance.ts'
import { certificateOf } from '../workflow/certificate.ts'
import { showRotation } from '../workflow/rotation-show.ts'
import { CertificatePage } from './certificate-page.tsx'
import type { Web } from './env.ts'
import { readForm, revisionOf } from './form.ts'
import { pageOf } from './frame.tsx'
import { lookOf } from './look.ts'
import type { Note } from './note-book.ts'
import type { Refused } from './refusal.tsx'
import { PILOT } from './rehearsal.ts'
import type { IdpAct } from './rehearsal.ts'
import { rotationData } from './rotation-data.ts'
import type { RotationData } from './rotation-data.ts'
import { RotationPage } from './rotation-page.tsx'
import { ROTATION_VERBS } from './rotation-verb.ts'
import type { RotationVerb } from './rotation-verb.ts'

type C = Context<AppEnv>

export function mountRotationPages(web: Web): Mount {
  return (app) => {
    app.get('/rotations/:id', permit('rotations.read'), async (c) => {
      const held = await loadRotation(web.ctxOf(c), idOf(c))
      return c.html(await draw(web, c, held, {}))
    })
    for (const verb of ROTATION_VERBS) {
      app.post(`/rotations/:id/${verb.name}`, permit(verb.permission), (c) => press(web, c, verb))
    }
    app.post('/rotations/:id/idp', permit('rotations.write'), (c) => playIdp(web, c))
    app.get('/rotations/:id/certificate', permit('rotations.read'), async (c) => {
      const ctx = web.ctxOf(c)
      const held = await loadRotation(ctx, idOf(c))
      const certificate = await certificateOf(ctx, held, await showRotation(ctx, held))
      const look = lookOf(c, web.clock)
      return c.html(pageOf(CertificatePage({ look, certificate })))
    })
    app.get('/rotations/:id/stream', permit('rotations.read'), async (c) => {
      const ctx = web.ctxOf(c)
      return streamChanges(c, ctx, await loadRotation(ctx, idOf(c)))
    })
  }
}

const idOf = (c: C): string => c.req.param('id') ?? ''
const sessionOf = (c: C): string => c.get('session')?.handle ?? ''

async function draw(
  web: Web,
  c: C,
  held: Held,
  more: Partial<Pick<RotationData, 'token' | 'refused'>>,
): Promise<string> {
  const ctx = web.ctxOf(c)
  const note = web.notes.read(sessionOf(c), held.id)
  const data = await rotationData(ctx, held, {
    look: lookOf(c, web.clock),
    panel: await panelOf(web, held),
    checked: fitting(note, held),
    ...more,
  })
  return pageOf(RotationPage({ data, said: note.said ?? null }))
}

/** Checks are of use until the next thing has happened; a test that passed needs none. */
function fitting({ checked }: Note, { record }: Held): RotationData['checked'] {
  if (checked === undefined) return null
  const near = record.step === 'testingConnection' || record.step === 'verifyingEvent'
  return near && record.facts.canary === null ? checked : null
}

async function panelOf(web: Web, held: Held): Promise<RotationData['panel']> {
  if (web.rehearsal === null) return null
  const stored = await web.store.load('connection', held.record.facts.connectionId)
  const url = (stored?.record as { scimBaseUrl?: string } | undefined)?.scimBaseUrl ?? ''
  return web.rehearsal.owns(url) ? web.rehearsal.panel() : null
}

async function press(web: Web, c: C, verb: RotationVerb): Promise<Response> {
  const ctx = web.ctxOf(c)
  const id = idOf(c)
  const fields = await readForm(c)
  try {
    const revision = revisionOf(fields)
    const guard = (body: unknown): void => refuseTokens(web.guardInput, body)
    const { held, token = null, checked } = await verb.run({ ctx, id, revision, fields, guard })
    if (checked !== undefined) web.notes.write(sessionOf(c), id, { checked })
    if (token === null) return c.redirect(`/rotations/${id}`, 303)
    return c.html(await draw(web, c, held, { token }))
  } catch (error) {
    const at = /^[a-z-]{1,20}$/.test(fields['at'] ?? '') ? (fields['at'] ?? '') : verb.name
    return refuse(web, c, error, at, Number(fields['revision']))
  }
}

/** The page again, as it is now, with the refusal where it belongs. */
async function refuse(web: Web, c: C, error: unknown, at: string, seen: number): Promise<Response> {
  const problem = toProblem(error)
  if (problem.code === 'internal' || problem.code === 'not-found') throw error
  const ctx = web.ctxOf(c)
  const held = await loadRotation(ctx, idOf(c))
  const refused: Refused = { at, problem, requestId: c.get('requestId') }
  if (problem.code === 'stale-revision') {
    const applied = (await ctx.store.journal('rotation', held.id)).filter(
      (entry) => entry.outcome === 'applied',
    )
    // Each applied entry made one revision, in order.
    refused.changes = applied.slice(seen)
  }
  c.set('problem', problem.code)
  return c.html(await draw(web, c, held, { refused }), problem.status)
}

async function playIdp(web: Web, c: C): Promise<Response> {
  const held = await loadRotation(web.ctxOf(c), idOf(c))
  const { rehearsal } = web
  if (rehearsal === null || (await panelOf(web, held)) === null) throw new ProblemError('not-found')
  const order = actOf(await readForm(c))
  if (order === null) {
    const problem = new ProblemError('invalid-input', 'The practice IdP needs the field filled in.')
    return refuse(web, c, problem, 'idp', 0)
  }
  web.notes.write(sessionOf(c), held.id, { said: await rehearsal.act(order) })
  return c.redirect(`/rotations/${held.id}`, 303)
}

function actOf(fields: Readonly<Record<string, string>>): IdpAct | null {
  const { act, token = '', title = '' } = fields
  if (act === 'test' || act === 'save' || act === 'cycle') return { act }
  if (act === 'enter-token' && token.trim() !== '') return { act, token: token.trim() }
  if (act === 'provision' && title.trim() !== '') {
    return { act, userName: PILOT, title: title.trim() }
  }
  return null
}
