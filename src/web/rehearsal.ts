/**
 * The practice provider as the pages use it: set up a rehearsal, and play its IdP by buttons. It is
 * reached by its HTTP alone (in this process, no socket), for the pages do not know the practice.
 */
import { z } from 'zod'
import { Secret } from '../secret.ts'

export interface IdpPanel {
  idp: 'okta' | 'entra' | 'onelogin'
  form: 'empty' | 'entered' | 'tested'
  saved: boolean
  formIsSaved: boolean
}

export interface RehearsalSetup {
  tenantId: string
  scimBaseUrl: string
  portalUrl: string
  credential: Secret
  pilotUser: string
  oldToken: Secret
}

export type IdpAct =
  | { act: 'enter-token'; token: string }
  | { act: 'test' | 'save' | 'cycle' }
  | { act: 'provision'; userName: string; title: string }

export interface Rehearsal {
  /** Is this connection one of the practice provider's? */
  owns(scimBaseUrl: string): boolean
  /** Makes an old token, puts it into the practice IdP, and lets it provision the pilot once. */
  prepare(): Promise<RehearsalSetup>
  panel(): Promise<IdpPanel>
  /** → one sentence about what the IdP then showed. */
  act(order: IdpAct): Promise<string>
}

export const PILOT = 'pilot@acme.example'

const Description = z.object({
  connection: z.object({
    portal: z.object({ credential: z.string() }),
    portalLogin: z.object({ orgId: z.string() }),
  }),
  idp: z.object({
    state: z.object({
      kind: z.enum(['okta', 'entra', 'onelogin']),
      form: z.enum(['empty', 'entered', 'tested']),
      saved: z.boolean(),
      formIsSaved: z.boolean(),
    }),
  }),
})

const Line = z.object({
  result: z
    .object({
      green: z.boolean().optional(),
      outcome: z.string().optional(),
      operation: z.string().optional(),
      httpStatus: z.number().nullable().optional(),
    })
    .or(z.literal('done'))
    .or(z.array(z.unknown())),
})

const Made = z.object({ token: z.string() })

export function createRehearsal(means: {
  /** The practice provider's own `request`; paths begin below its mount. */
  request(path: string, init?: RequestInit): Response | Promise<Response>
  /** Where it is mounted, `http://127.0.0.1:8080/practice`: asked late, for the port may be given late. */
  base(): string
}): Rehearsal {
  const ask = async <T>(schema: z.ZodType<T>, path: string, body?: object, bearer?: string) => {
    const answer = await means.request(`${means.base()}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        'Content-Type': 'application/json',
        ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
      },
    })
    return schema.parse(await answer.json())
  }
  const describe = () => ask(Description, '/')
  const act = async ({ act, ...body }: IdpAct): Promise<string> =>
    sentence(act, (await ask(Line, `/idp/${act}`, body)).result)

  return {
    owns: (scimBaseUrl) => scimBaseUrl === `${means.base()}/scim/v2`,
    async prepare() {
      const { connection } = await describe()
      const { credential } = connection.portal
      const order = { name: 'okta-before' }
      const { token } = await ask(Made, '/api/v1/scim/tokens', order, credential)
      await ask(Line, '/idp/kind', { idp: 'okta' })
      await act({ act: 'enter-token', token: `Bearer ${token}` })
      await act({ act: 'save' })
      await act({ act: 'provision', userName: PILOT, title: 'Engineer' })
      return {
        tenantId: connection.portalLogin.orgId,
        scimBaseUrl: `${means.base()}/scim/v2`,
        portalUrl: means.base(),
        credential: new Secret(credential),
        pilotUser: PILOT,
        oldToken: new Secret(token),
      }
    },
    async panel() {
      const { kind, ...state } = (await describe()).idp.state
      return { idp: kind, ...state }
    },
    act,
  }
}

function sentence(act: IdpAct['act'], result: z.infer<typeof Line>['result']): string {
  const status = typeof result === 'object' && 'httpStatus' in result ? result.httpStatus : null
  const http = status === null || status === undefined ? 'no answer' : `HTTP ${status}`
  if (act === 'test') {
    const green = typeof result === 'object' && 'green' in result && result.green === true
    return green
      ? `Okta’s test is green (${http}). It used the form; nothing is saved by it.`
      : `Okta’s test is red (${http}).`
  }
  if (act === 'provision') {
    const outcome = typeof result === 'object' && 'outcome' in result ? result.outcome : undefined
    return `Okta sent the change with the token it has saved: ${outcome ?? 'unknown'} (${http}).`
  }
  if (act === 'save') return 'Okta saved what its form holds. From now on it provisions with that.'
  return act === 'cycle' ? 'Okta ran its cycle.' : 'Okta’s form holds it. It is not saved yet.'
}
