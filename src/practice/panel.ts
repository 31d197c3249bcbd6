/**
 * For people with curl: a description of what is here, and an IdP's hand to play with. The hand is
 * given the SCIM endpoints themselves instead of a network, so nobody can send it anywhere else.
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { createIdp } from './idp.ts'
import type { IdpHand } from './idp-contract.ts'
import type { Tenant } from './tenant.ts'

export interface PanelMeans {
  /** The SCIM endpoints at `/scim/v2`. Only `request` is used: no socket, no name look-up. */
  inside: { request(path: string, init?: RequestInit): Response | Promise<Response> }
  tenant: Tenant
  clock: () => number
  baseOf(context: Context): string
}

/** Never resolved: it only gives the hand's URLs a beginning to cut off. RFC 6761 reserves the name. */
const INSIDE = 'http://practice.invalid'

const Kind = z.strictObject({ idp: z.enum(['okta', 'entra', 'onelogin']) })
const Token = z.strictObject({ token: z.string().min(1).max(8192) })
const Change = z.strictObject({
  userName: z.string().min(1).max(200),
  title: z.string().min(1).max(200),
})
const Person = z.strictObject({ userName: z.string().min(1).max(200) })
const Nothing = z.strictObject({})

export function createPanelApp(means: PanelMeans): Hono {
  const app = new Hono()
  const open = (kind: IdpHand['kind']): IdpHand =>
    createIdp(kind, {
      baseUrl: `${INSIDE}/scim/v2`,
      clock: means.clock,
      fetch: async (url, init) => means.inside.request(url.slice(INSIDE.length), init),
    })
  let idp = open('okta')

  app.use('/idp/*', bodyLimit({ maxSize: 16_384 }))
  app.get('/', (context) => context.json(description(means, context, idp)))

  const verb = <T>(path: string, schema: z.ZodType<T>, act: (body: T) => unknown) =>
    app.post(`/idp/${path}`, async (context) => {
      // A form on another site can post, but not with this type.
      const type = context.req.header('content-type') ?? ''
      if (!type.startsWith('application/json')) return context.json({ error: 'not JSON' }, 415)
      const body = schema.safeParse(await context.req.json().catch(() => null))
      if (!body.success) return context.json({ error: 'not understood' }, 422)
      const result = await act(body.data)
      return context.json({ result: result ?? 'done', idp: idp.state() })
    })

  verb('kind', Kind, (body) => {
    idp = open(body.idp)
  })
  verb('enter-token', Token, (body) => idp.enterToken(body.token))
  verb('test', Nothing, () => idp.testConnection())
  verb('save', Nothing, () => idp.save())
  verb('provision', Change, ({ userName, title }) => idp.provision({ userName, change: { title } }))
  verb('deactivate', Person, (body) => idp.deactivate(body))
  verb('cycle', Nothing, () => idp.runCycle())
  return app
}

function description(means: PanelMeans, context: Context, idp: IdpHand): object {
  const base = means.baseOf(context)
  return {
    what: 'A service provider, its portal and an IdP to rehearse a token rotation with. Nothing here is real, and nothing is kept.',
    connection: {
      scimBaseUrl: `${base}/scim/v2`,
      portal: { kind: 'axonflow', url: base, credential: means.tenant.credential.reveal() },
      portalLogin: { orgId: means.tenant.id, password: means.tenant.password.reveal() },
    },
    portal: `${base}/api/v1/scim/tokens`,
    idp: {
      state: idp.state(),
      verbs: [
        `POST ${base}/idp/kind {"idp":"okta|entra|onelogin"}`,
        `POST ${base}/idp/enter-token {"token":"…as the IdP's form wants it…"}`,
        `POST ${base}/idp/test {}`,
        `POST ${base}/idp/save {}`,
        `POST ${base}/idp/provision {"userName":"pilot@acme.example","title":"…"}`,
        `POST ${base}/idp/deactivate {"userName":"pilot@acme.example"}`,
        `POST ${base}/idp/cycle {}`,
      ],
      hint: 'Send Content-Type: application/json. Okta’s form takes the whole header value: Bearer scim_…',
    },
  }
}
