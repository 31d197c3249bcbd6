/** `/`: the home page, and the rehearsal that it offers to those who have nothing yet. */
import { may } from '../access/role.ts'
import type { Mount } from '../http/env.ts'
import { permit } from '../http/permit.ts'
import { ProblemError } from '../problem.ts'
import { createConnection } from '../workflow/connection.ts'
import type { Ctx } from '../workflow/context.ts'
import { startRotation } from '../workflow/rotation-start.ts'
import type { Web } from './env.ts'
import { readForm } from './form.ts'
import { pageOf } from './frame.tsx'
import { homeList, HomeQuery } from './home-list.ts'
import { storyOf } from './home-story.tsx'
import { HomePage } from './home-page.tsx'
import { lookOf } from './look.ts'
import type { Rehearsal } from './rehearsal.ts'

export const mountHome =
  (web: Web): Mount =>
  (app) => {
    app.get('/', permit('guide.read'), async (c) => {
      const { role } = c.get('principal') ?? {}
      // Support's desk is its home.
      if (role !== undefined && !may(role, 'connections.read'))
        return c.redirect('/escalations', 303)
      const query = HomeQuery.parse(c.req.query())
      const ctx = web.ctxOf(c)
      const list = await homeList(ctx, web.summaries, query)
      const story = await storyOf(ctx, list)
      const look = lookOf(c, web.clock)
      const canRehearse = web.rehearsal !== null
      return c.html(pageOf(HomePage({ look, list, query, canRehearse, story })))
    })
    app.post('/rehearsal', permit('rotations.write'), async (c) => {
      await readForm(c)
      if (web.rehearsal === null) throw new ProblemError('not-found')
      const id = await rehearse(web.ctxOf(c), web.rehearsal)
      return c.redirect(`/rotations/${id}`, 303)
    })
  }

/** Quick enough for a rehearsal: the practice portal is exact to the second, and nothing else uses the token. */
async function rehearse(ctx: Ctx, rehearsal: Rehearsal): Promise<string> {
  const { oldToken, credential, portalUrl, ...setup } = await rehearsal.prepare()
  const connection = await createConnection(ctx, {
    ...setup,
    name: 'Practice Okta',
    environment: 'practice',
    idp: 'okta',
    idpScreen: 'header-auth-template',
    portal: {
      kind: 'axonflow',
      url: portalUrl,
      credential: { auth: 'bearer', value: credential },
      granularitySeconds: 1,
    },
    policy: { quietMinutes: 0, secondPerson: 'when-attested' },
  })
  const order = { connectionId: connection.id, oldToken: { token: oldToken.reveal() } }
  return (await startRotation(ctx, order)).id
}
