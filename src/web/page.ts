/** Every page there is, behind one guard: a session is looked for first, and a form must be our own. */
import type { Sessions } from '../access/session.ts'
import type { SignIn } from '../access/sign-in.ts'
import type { Mount } from '../http/env.ts'
import { mountAssets } from './asset.ts'
import { mountBundlePages } from './bundle-handler.ts'
import { mountConnectionPages } from './connection-handler.ts'
import type { Web, WebDeps } from './env.ts'
import { mountEscalationPages } from './escalation-handler.ts'
import { guardQuery, sessionOf } from './guard.ts'
import { mountGuidePages } from './guide-handler.ts'
import { mountHome } from './home-handler.ts'
import { mountKeyPages } from './key-handler.ts'
import { createNoteBook } from './note-book.ts'
import { mountRotationPages } from './rotation-handler.ts'
import { mountSignIn } from './sign-in-handler.ts'
import { createSummaryBook } from './summary-book.ts'
import { waitingFor } from './waiting.ts'

export interface PageDeps extends WebDeps {
  sessions: Sessions
  signIn: SignIn
  https: boolean
  publicHost: string | null
}

/** In this order: what is mounted before the guard would not know who asks. */
export function pageMounts(deps: PageDeps): Mount[] {
  const web: Web = {
    ...deps,
    summaries: createSummaryBook(deps.store),
    notes: createNoteBook(),
  }
  return [
    (app) => {
      app.use(sessionOf(deps))
      app.use(guardQuery(deps.guardInput))
      app.use(waitingFor(deps))
    },
    mountAssets,
    mountSignIn(deps),
    mountHome(web),
    mountConnectionPages(web),
    mountRotationPages(web),
    mountGuidePages(web),
    mountKeyPages(web),
    mountEscalationPages(web),
    mountBundlePages(web),
  ]
}
