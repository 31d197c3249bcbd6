/** One rotation as a test walks it: the connection, the IdP's hand, and the calls in order. */
import { expect } from 'vitest'
import type { IdpHand, IdpKind } from '../../src/practice/idp-contract.ts'
import type { PracticeToken } from '../../src/practice/token.ts'
import { codeOf } from './person.ts'
import type { Answer, Person } from './person.ts'
import type { Stage } from './stage.ts'

export const PILOT = 'pilot@acme.example'

export interface Requirement {
  code: string
  met: boolean
  detail: string
  seen: string
  unblock: string
  who: string
  earliest?: string
}

export interface Order {
  idp?: IdpKind
  /** Seconds; how stale the portal's last use may be. Default 1. */
  granularitySeconds?: number
  /** Default 0: only the granularity counts. */
  quietMinutes?: number | null
  manual?: boolean
  secondPerson?: 'never' | 'when-attested' | 'always'
  by?: Person
  tenantId?: string
  /** How the old token is named at the start. Default: by its value. */
  named?: 'token' | 'id' | 'hint'
}

export interface Journey {
  id: string
  path: string
  connectionId: string
  idp: IdpHand
  by: Person
  old: { token: PracticeToken; value: string }
  /** Empty until the new one was created. */
  fresh: { id: string; value: string }
  /** Reads the rotation first and sends its revision, as a page does. */
  call(step: string, body?: unknown, by?: Person): Promise<Answer>
  /** As `call`, and the answer has to be this status. */
  must(step: string, body?: unknown, status?: number): Promise<Answer>
  view(): Promise<Answer>
  /** Tries to revoke; the codes of what is missing, or [] when it went through. */
  tryRevoking(named?: string): Promise<string[]>
  create(): Promise<void>
  /** Puts the new token into the IdP, saves it, and says so. */
  updateIdp(): Promise<void>
  test(): Promise<void>
  /** Canary, wait until it may be used, a real change at the IdP, wait, look. */
  provisionPilot(): Promise<Answer>
  toVerified(): Promise<Answer>
}

/** A connection, and the IdP as it has been working until now: with the old token. */
export async function connect(
  stage: Stage,
  order: Order = {},
): Promise<Pick<Journey, 'connectionId' | 'idp' | 'by' | 'old'>> {
  const { idp: kind = 'okta', granularitySeconds = 1, manual = false, by = stage.owner } = order
  const tenantId = order.tenantId ?? 'acme'
  const { practice, url } = stage.provider
  const made = practice.tokens.create({ name: `${kind}-prod`, tenantId })
  const idp = stage.idp(kind)
  idp.enterToken(asTyped(kind, made.value.reveal()))
  idp.save()
  await idp.provision({ userName: PILOT, change: { title: 'Engineer' } })
  stage.advance(60_000)
  const quiet = order.quietMinutes === undefined ? 0 : order.quietMinutes
  const connection = await by.send('POST', '/v1/connections', {
    body: {
      tenantId,
      name: `${kind} production`,
      environment: 'production',
      idp: kind,
      scimBaseUrl: `${url}/scim/v2`,
      pilotUser: PILOT,
      portal: manual
        ? { kind: 'manual', granularitySeconds }
        : {
            kind: 'axonflow',
            url,
            credential: practice.state.tenants.get(tenantId)?.credential.reveal(),
            granularitySeconds,
          },
      policy: {
        ...(quiet === null ? {} : { quietMinutes: quiet }),
        secondPerson: order.secondPerson ?? 'when-attested',
      },
    },
  })
  expect(connection.status, connection.text).toBe(201)
  const old = { token: made.token, value: made.value.reveal() }
  return { connectionId: String(connection.body['id']), idp, by, old }
}

/** Okta sends the form’s text as the header; the others put the word before it. */
export const asTyped = (kind: IdpKind, value: string): string =>
  kind === 'okta' ? `Bearer ${value}` : value

export async function begin(stage: Stage, order: Order = {}): Promise<Journey> {
  const connected = await connect(stage, order)
  const { by, old, connectionId, idp } = connected
  const named = { token: old.value, id: old.token.id, hint: old.token.prefix }
  const name = order.named ?? 'token'
  const started = await by.send('POST', '/v1/rotations', {
    body: { connectionId, oldToken: { [name]: named[name] } },
  })
  expect(started.status, started.text).toBe(201)
  return journeyOf(stage, connected, String(started.body['id']), idp.kind)
}

function journeyOf(
  stage: Stage,
  connected: Awaited<ReturnType<typeof connect>>,
  id: string,
  kind: IdpKind,
): Journey {
  const { by, idp, old } = connected
  const path = `/v1/rotations/${id}`
  const journey: Journey = {
    ...connected,
    id,
    path,
    fresh: { id: '', value: '' },
    view: () => by.send('GET', path),
    async call(step, body = {}, who = by) {
      const seen = await by.send('GET', path)
      const ifMatch = seen.headers.get('ETag') ?? ''
      return who.send('POST', `${path}/${step}`, { body, ifMatch })
    },
    async must(step, body = {}, status = 200) {
      const answer = await journey.call(step, body)
      expect(answer.status, `${step}: ${answer.text}`).toBe(status)
      return answer
    },
    async tryRevoking(named = old.token.id) {
      const answer = await journey.call('revoke', { oldToken: named })
      if (answer.status === 200) return []
      expect(codeOf(answer), answer.text).toBe('revocation-blocked')
      return unmetIn(answer)
    },
    async create() {
      const created = await journey.must('create', {})
      const rotation = created.body['rotation'] as { newToken: { id: string } }
      journey.fresh = { id: rotation.newToken.id, value: String(created.body['token']) }
    },
    async updateIdp() {
      idp.enterToken(asTyped(kind, journey.fresh.value))
      idp.save()
      await journey.must('update-idp')
    },
    async test() {
      const tested = await journey.must('test')
      expect(tested.body['step'], tested.text).toBe('verify')
    },
    async provisionPilot() {
      const canary = await journey.must('canary')
      waitUntil(stage, canary.body['earliest'])
      const value = String(canary.body['value'])
      await idp.provision({ userName: PILOT, change: { title: value } })
      const looked = await journey.must('verify')
      const quiet = requirementsOf(looked).find((r) => r.code === 'old-token-quiet')
      waitUntil(stage, quiet?.earliest)
      return journey.must('verify')
    },
    async toVerified() {
      await journey.create()
      await journey.updateIdp()
      await journey.test()
      return journey.provisionPilot()
    },
  }
  return journey
}

/** Moves the clock to that moment and a little beyond; never backwards. */
export function waitUntil(stage: Stage, earliest: unknown): void {
  const at = Date.parse(String(earliest))
  if (at >= stage.now.ms) stage.now.ms = at + 1
}

export const requirementsOf = (answer: Answer): Requirement[] =>
  answer.body['requirements'] as Requirement[]

export const unmetIn = (answer: Answer): string[] =>
  ((answer.body['unmet'] ?? answer.body['requirements']) as Requirement[])
    .filter((r) => !r.met)
    .map((r) => r.code)

/** Did the portal ever get a DELETE, and for which token? */
export const deletions = (stage: Stage): string[] =>
  stage.provider.practice.requests.entries
    .filter((r) => r.door === 'portal' && r.method === 'DELETE')
    .map((r) => r.path.replace('/scim/tokens/', ''))

export const isLive = (stage: Stage, id: string): boolean =>
  stage.provider.practice.tokens
    .list()
    .some((t) => t.id === id && t.revokedAt === null && (t.expiresAt ?? Infinity) > stage.now.ms)

/** What the SCIM endpoints answer to this value. */
export async function answers(stage: Stage, value: string): Promise<number> {
  const response = await fetch(`${stage.provider.url}/scim/v2/Users?count=1`, {
    headers: { Authorization: `Bearer ${value}` },
  })
  await response.body?.cancel()
  return response.status
}
