/** One rotation at the mercy of a random sequence: people's calls, the IdP's doings, time and faults. */
import type { IdpHand } from '../../src/practice/idp-contract.ts'
import type { Answer, Person } from '../workflow/person.ts'
import type { Stage } from '../workflow/stage.ts'
import type { History } from './property-oracle.ts'

export const ACTIONS = [
  'create',
  'enter-new',
  'enter-old',
  'save',
  'idp-test',
  'say',
  'test',
  'canary',
  'short-wait',
  'wait',
  'provision',
  'cycle',
  'stray-old',
  'check-new',
  'verify',
  'tell-event',
  'approve',
  'revoke-old',
  'revoke-new',
  'halt',
  'resume',
  'roll-back',
  'portal-down',
  'portal-up',
] as const
export type Action = (typeof ACTIONS)[number]

export interface Place {
  stage: Stage
  tenantId: string
  connectionId: string
  second: Person
}

export interface World {
  history: History
  act(action: Action): Promise<void>
  status(): Promise<string>
}

const PILOT = 'pilot@acme.example'

/** The place's connection starts over with another old token, and an IdP that holds it. */
export async function createWorld(place: Place): Promise<World> {
  const { stage, connectionId, tenantId } = place
  const { practice, url } = stage.provider
  const old = practice.tokens.create({ name: 'old', tenantId })
  const oldValue = old.value.reveal()
  const idp = stage.idp('okta')
  idp.enterToken(`Bearer ${oldValue}`)
  idp.save()
  const started = await stage.owner.send('POST', '/v1/rotations', {
    body: { connectionId, oldToken: { token: oldValue } },
  })
  if (started.status !== 201) throw new Error(started.text)
  const path = `/v1/rotations/${String(started.body['id'])}`
  const history: History = {
    oldId: old.token.id,
    newId: null,
    cutoverAt: null,
    direction: 'forward',
    everHandedOver: false,
    halted: false,
    attestedAt: null,
    approvedAt: null,
  }
  let etag = started.headers.get('ETag') ?? ''
  let newValue = ''
  let canary = 'nothing yet'
  let told = 0

  async function call(step: string, body: object, by = stage.owner): Promise<Answer> {
    const send = () => by.send('POST', `${path}/${step}`, { body, ifMatch: etag })
    let answer = await send()
    etag = answer.headers.get('ETag') ?? etag
    if (answer.status === 412) answer = await send()
    etag = answer.headers.get('ETag') ?? etag
    if (answer.status >= 500 && answer.status !== 502) throw new Error(answer.text)
    const { status } = answer.body
    if (typeof status === 'string') history.halted = status === 'halted'
    return answer
  }
  const forget = (): void => {
    history.cutoverAt = null
    history.attestedAt = null
    history.approvedAt = null
  }
  const provision = (hand: IdpHand) =>
    hand.provision({ userName: PILOT, change: { title: canary } })

  const acts: Record<Action, () => Promise<unknown>> = {
    async create() {
      const answer = await call('create', {})
      if (answer.status !== 200) return
      forget()
      newValue = String(answer.body['token'])
      const rotation = answer.body['rotation'] as { newToken: { id: string } }
      history.newId = rotation.newToken.id
      history.everHandedOver = false
    },
    'enter-new': async () => idp.enterToken(`Bearer ${newValue}`),
    'enter-old': async () => idp.enterToken(`Bearer ${oldValue}`),
    save: async () => idp.save(),
    'idp-test': () => idp.testConnection(),
    async say() {
      const at = stage.now.ms
      const answer = await call('update-idp', {})
      if (answer.status !== 200) return
      forget()
      history.cutoverAt = at
      history.everHandedOver ||= history.direction === 'forward'
    },
    test: () => call('test', { token: history.direction === 'forward' ? newValue : oldValue }),
    async canary() {
      const answer = await call('canary', {})
      if (answer.status === 200) canary = String(answer.body['value'])
    },
    'short-wait': async () => stage.advance(300),
    wait: async () => stage.advance(1_200),
    provision: () => provision(idp),
    cycle: () => idp.runCycle(),
    'stray-old': () =>
      fetch(`${url}/scim/v2/Users?count=1`, {
        headers: { Authorization: `Bearer ${oldValue}`, 'User-Agent': 'Okta, another one' },
      }).then((answer) => answer.text()),
    'check-new': () =>
      stage.owner.send('POST', `/v1/connections/${connectionId}/checks`, {
        body: newValue === '' ? {} : { token: newValue },
      }),
    verify: () => call('verify', {}),
    async 'tell-event'() {
      told += 1
      const occurredAt = new Date(stage.now.ms).toISOString()
      const event = { operation: 'update', subject: PILOT, outcome: 'success', source: 'log' }
      const answer = await call('verify', {
        event: { ...event, occurredAt, reference: `e${told}` },
      })
      const evidence = (answer.body['evidence'] ?? []) as { admissible: boolean }[]
      if (answer.status === 200 && evidence.at(-1)?.admissible === true)
        history.attestedAt = stage.now.ms
    },
    async approve() {
      const answer = await call('approve', {}, place.second)
      if (answer.status === 200) history.approvedAt = stage.now.ms
    },
    'revoke-old': () => call('revoke', { oldToken: history.oldId }),
    'revoke-new': () => call('revoke', { oldToken: history.newId ?? 'tok_none' }),
    halt: () => call('halt', { reason: 'a person said stop' }),
    resume: () => call('resume', { reason: 'a person said go on' }),
    async 'roll-back'() {
      // Taking the token back at once is part of this call, so the turn is noted before it is sent.
      const before = { ...history }
      if (history.direction === 'forward') {
        forget()
        history.direction = 'back'
      }
      const answer = await call('roll-back', { reason: 'a person said back' })
      const turned = answer.body['direction'] === 'back' || answer.status === 502
      if (!turned) Object.assign(history, before)
    },
    'portal-down': async () => void (practice.faults.portalDown = true),
    'portal-up': async () => void (practice.faults.portalDown = false),
  }
  return {
    history,
    act: async (action) => void (await acts[action]()),
    async status() {
      practice.faults.portalDown = false
      const answer = await stage.owner.send('GET', path)
      const reached = String(answer.body['status'])
      if (reached === 'active' || reached === 'halted') {
        etag = answer.headers.get('ETag') ?? etag
        await call('abandon', { reason: 'the next sequence' })
      }
      return reached
    },
  }
}
