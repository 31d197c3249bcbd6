/** `/keys`: owners make, see and revoke access keys, by the API's own verbs. */
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import type { HeldKey } from '../access/key.ts'
import type { AppEnv, Mount } from '../http/env.ts'
import { listKeys, loadKey, makeKey, revokeKey } from '../http/key-verb.ts'
import { permit } from '../http/permit.ts'
import { toProblem } from '../http/problem-response.ts'
import { ProblemError } from '../problem.ts'
import type { Web } from './env.ts'
import { readForm } from './form.ts'
import type { Fields } from './form.ts'
import { pageOf } from './frame.tsx'
import { newKey } from './key-input.ts'
import { KeysPage } from './key-page.tsx'
import type { KeysData } from './key-data.ts'
import { lookOf } from './look.ts'

type C = Context<AppEnv>

const USED =
  'This form has made a key already. If its value is lost, revoke that key below and make another.'

export const mountKeyPages =
  (web: Web): Mount =>
  (app) => {
    app.get('/keys', permit('keys.manage'), async (c) => c.html(await draw(web, c, {})))
    app.post('/keys', permit('keys.manage'), async (c) => {
      const fields = await readForm(c)
      try {
        const order = newKey(fields)
        refuseTwice(web, c, fields)
        const { id, value } = await makeKey(web, c.var, order)
        return c.html(await draw(web, c, { made: { id, name: order.name, value } }), 201)
      } catch (error) {
        return refuse(web, c, error, 'make', fields)
      }
    })
    app.post('/keys/:id/revoke', permit('keys.manage'), async (c) => {
      await readForm(c)
      const id = c.req.param('id')
      try {
        await revokeKey(web, await loadKey(web, c.get('scope'), id), c.get('actor'))
        return c.redirect('/keys', 303)
      } catch (error) {
        return refuse(web, c, error, id, {})
      }
    })
  }

/** A second click would make a second key, whose value stands where the first one stood. */
function refuseTwice(web: Web, c: C, { form = '' }: Fields): void {
  const session = c.get('session')?.handle ?? ''
  const about = `key form ${form}`
  if (web.notes.read(session, about).said !== undefined) {
    throw new ProblemError('invalid-input', USED)
  }
  if (form !== '') web.notes.write(session, about, { said: 'used' })
}

/** The page again. A name that seemed to hold a token is not sent back. */
async function refuse(web: Web, c: C, error: unknown, at: string, fields: Fields) {
  const problem = toProblem(error)
  if (problem.code === 'internal' || problem.code === 'not-found') throw error
  c.set('problem', problem.code)
  const refused = { at, problem, requestId: c.get('requestId') }
  const typed = problem.code === 'token-in-field' ? {} : fields
  return c.html(await draw(web, c, { refused, typed }), problem.status)
}

async function draw(
  web: Web,
  c: C,
  more: Partial<Pick<KeysData, 'made' | 'refused' | 'typed'>>,
): Promise<string> {
  const keys = await everyKey(web, c)
  return pageOf(
    KeysPage({
      data: {
        look: lookOf(c, web.clock),
        keys,
        tenants: c.get('scope').tenants,
        bootstrapKeySet: web.bootstrapKeySet,
        form: randomUUID(),
        made: null,
        refused: null,
        typed: {},
        ...more,
      },
    }),
  )
}

/** Newest first. */
async function everyKey(web: Web, c: C): Promise<HeldKey[]> {
  const found: HeldKey[] = []
  let cursor: string | null = null
  do {
    const query: { limit: number; cursor?: string } = { limit: 200 }
    if (cursor !== null) query.cursor = cursor
    const page = await listKeys(web, c.get('scope'), query)
    found.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found.reverse()
}
