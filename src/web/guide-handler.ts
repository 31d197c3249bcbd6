/** `/guide`: the catalogue as pages, its search, and the diagnosis of symptoms. All of it is read only. */
import { ProblemError } from '../problem.ts'
import type { Mount } from '../http/env.ts'
import { permit } from '../http/permit.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import type { Web } from './env.ts'
import { pageOf } from './frame.tsx'
import { isFailure, isIdp, scimErrorLink, scimTypeOfFinding } from './guide-link.ts'
import { FailurePage } from './guide-failure.tsx'
import { IdpPage } from './guide-idp.tsx'
import { GuidePage } from './guide-page.tsx'
import { ScimErrorPage } from './guide-scim-error.tsx'
import { createGuideSearch } from './guide-search.ts'
import { lookOf } from './look.ts'
import { chosen, hasGaps, symptomsOf } from './symptom-input.ts'
import { SymptomPage } from './symptom-page.tsx'

const NO_PAGE = 'The guide has no page of this name. Search it, or choose from its overview.'

export function mountGuidePages(web: Web): Mount {
  const { catalog, clock } = web
  const search = createGuideSearch(catalog)
  return (app) => {
    app.get('/guide', permit('guide.read'), (c) => {
      const find = (c.req.query('find') ?? '').slice(0, 100)
      return c.html(
        pageOf(GuidePage({ look: lookOf(c, clock), catalog, find, search: search(find) })),
      )
    })
    app.get('/guide/symptoms', permit('diagnose'), (c) => {
      const query = c.req.query()
      const fields = chosen(query)
      const none = Object.keys(fields).length === 0
      // What was left open is no part of the question: the address to pass on is the short one.
      if (hasGaps(query) && !none) {
        return c.redirect(`/guide/symptoms?${new URLSearchParams(fields).toString()}`, 303)
      }
      const asked = !none || hasGaps(query)
      const diagnosis = asked ? diagnose(symptomsOf(fields), catalog) : null
      return c.html(
        pageOf(SymptomPage({ look: lookOf(c, clock), catalog, chosen: fields, diagnosis })),
      )
    })
    app.get('/guide/failures/:code', permit('guide.read'), (c) => {
      const code = c.req.param('code')
      const type = scimTypeOfFinding(code)
      if (type !== null) return c.redirect(scimErrorLink(type), 303)
      if (!isFailure(catalog, code)) throw new ProblemError('not-found', NO_PAGE)
      return c.html(pageOf(FailurePage({ look: lookOf(c, clock), catalog, code })))
    })
    app.get('/guide/idps/:idp', permit('guide.read'), (c) => {
      const idp = c.req.param('idp')
      if (!isIdp(catalog, idp)) throw new ProblemError('not-found', NO_PAGE)
      return c.html(pageOf(IdpPage({ look: lookOf(c, clock), catalog, idp })))
    })
    app.get('/guide/scim-errors', permit('guide.read'), (c) =>
      c.html(pageOf(ScimErrorPage({ look: lookOf(c, clock), catalog }))),
    )
  }
}
