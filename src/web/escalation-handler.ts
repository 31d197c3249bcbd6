/** `/escalations`: the inbox, a case, its forms, its preview. POST, redirect, GET, over the API's verbs. */
import type { Context } from 'hono'
import type { AppEnv, Mount } from '../http/env.ts'
import { OpenEscalation } from '../http/escalation-schema.ts'
import { permit } from '../http/permit.ts'
import { toProblem } from '../http/problem-response.ts'
import { bodyOf, ZIP } from '../http/escalation-route.ts'
import { refuseTokens } from '../http/token-guard.ts'
import { ProblemError } from '../problem.ts'
import { loadEscalation } from '../workflow/escalation-advance.ts'
import { openEscalation } from '../workflow/escalation-open.ts'
import { previewBundle } from '../workflow/escalation-submit.ts'
import { readingOfPreview } from './bundle-reading.ts'
import type { Web } from './env.ts'
import { caseData } from './escalation-data.ts'
import { inboxOf, InboxQuery } from './escalation-inbox.ts'
import { InboxPage } from './escalation-inbox-page.tsx'
import { typedAgain } from './escalation-input.ts'
import type { SomeFields } from './escalation-input.ts'
import { EscalationPage } from './escalation-page.tsx'
import { PreviewPage } from './escalation-preview.tsx'
import { redraw } from './escalation-redraw.ts'
import { CASE_VERBS } from './escalation-verb.ts'
import type { CaseVerb } from './escalation-verb.ts'
import { accept, given, readForm, revisionOf } from './form.ts'
import { pageOf } from './frame.tsx'
import { lookOf } from './look.ts'
import type { Refused } from './refusal.tsx'

type C = Context<AppEnv>

const idOf = (c: C): string => c.req.param('id') ?? ''

export function mountEscalationPages(web: Web): Mount {
  return (app) => {
    app.get('/escalations', permit('escalations.read'), async (c) => {
      const look = lookOf(c, web.clock)
      const query = InboxQuery.parse(c.req.query())
      const inbox = await inboxOf(web.ctxOf(c), look, query)
      return c.html(pageOf(InboxPage({ look, inbox, query })))
    })
    app.post('/escalations', permit('escalations.write'), async (c) => {
      const fields = await readForm(c)
      const names = ['connectionId', 'rotationId'] as const
      const body = accept(
        OpenEscalation,
        Object.fromEntries(names.map((name) => [name, given(fields, name)])),
      )
      refuseTokens(web.guardInput, body)
      const { id } = await openEscalation(web.ctxOf(c), body)
      return c.redirect(`/escalations/${id}`, 303)
    })
    app.get('/escalations/:id', permit('escalations.read'), async (c) =>
      c.html(await draw(web, c, {})),
    )
    app.get('/escalations/:id/preview', permit('escalations.write'), (c) => preview(web, c))
    app.get('/escalations/:id/preview.zip', permit('escalations.write'), async (c) => {
      const { zip } = await previewBundle(web.ctxOf(c), idOf(c))
      return c.body(bodyOf(zip), 200, ZIP)
    })
    app.post('/escalations/:id/redraw', permit('escalations.write'), async (c) =>
      c.html(await redraw(web, web.ctxOf(c), idOf(c), await readForm(c))),
    )
    for (const verb of CASE_VERBS) {
      app.post(`/escalations/:id/${verb.name}`, permit(verb.permission), (c) => press(web, c, verb))
    }
  }
}

async function press(web: Web, c: C, verb: CaseVerb): Promise<Response> {
  const ctx = web.ctxOf(c)
  const id = idOf(c)
  const fields = await readForm(c)
  try {
    await verb.run({
      ctx,
      id,
      fields,
      revision: revisionOf(fields),
      guardInput: web.guardInput,
    })
    return c.redirect(`/escalations/${id}`, 303)
  } catch (error) {
    const refused = await refusedAt(web, c, error, verb.name, Number(fields['revision']))
    const typed = verb.name === 'answer' ? typedAgain(fields, refused.problem) : {}
    return c.html(await draw(web, c, { refused, typed }), refused.problem.status)
  }
}

/** The page again, as it is now, with the refusal where it belongs and what others did meanwhile. */
async function refusedAt(
  web: Web,
  c: C,
  error: unknown,
  at: string,
  seen: number,
): Promise<Refused> {
  const problem = toProblem(error)
  if (problem.code === 'internal' || problem.code === 'not-found') throw error
  c.set('problem', problem.code)
  const refused: Refused = { at, problem, requestId: c.get('requestId') }
  if (problem.code === 'stale-revision') {
    const { id } = await loadEscalation(web.ctxOf(c), idOf(c))
    const journal = await web.store.journal('escalation', id)
    // Each applied entry made one revision, in order.
    refused.changes = journal.filter(({ outcome }) => outcome === 'applied').slice(seen)
  }
  return refused
}

async function draw(
  web: Web,
  c: C,
  more: { refused?: Refused; typed?: SomeFields },
): Promise<string> {
  const ctx = web.ctxOf(c)
  const held = await loadEscalation(ctx, idOf(c))
  const data = await caseData(ctx, held, { look: lookOf(c, web.clock), ...more })
  return pageOf(EscalationPage({ data }))
}

/** What would leave, from the very bytes. One that is not clean is told on the case's page, where it is mended. */
async function preview(web: Web, c: C): Promise<Response> {
  const ctx = web.ctxOf(c)
  const held = await loadEscalation(ctx, idOf(c))
  try {
    const bundle = await previewBundle(ctx, held.id)
    const reading = readingOfPreview(ctx, bundle)
    const data = await caseData(ctx, held, { look: lookOf(c, web.clock) })
    return c.html(pageOf(PreviewPage({ data, reading })))
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'bundle-not-clean') throw error
    const refused = await refusedAt(web, c, error, 'preview', 0)
    return c.html(await draw(web, c, { refused }), refused.problem.status)
  }
}
