/** Which rotation is walked: the one that was named, one that is under way, or a new one. */
import type { RotationView } from '../workflow/rotation-view.ts'
import type { Choice } from './ask.ts'
import type { Api } from './api.ts'
import { CliFault, EXIT } from './fault.ts'
import { moment } from './view.ts'
import type { ConnectionView } from './view.ts'
import type { Stage } from './walk-stage.ts'

interface PortalToken {
  id: string
  name: string | null
  hint: string | null
  lastUsedAt: string | null
  createdAt: string | null
  status: 'live' | 'expired' | 'revoked'
}

/** Null when the person would rather not. */
export async function beginOrChoose(
  stage: Stage,
  rotationId: string | undefined,
  connectionId: string | undefined,
): Promise<RotationView | null> {
  const { api } = stage
  if (rotationId !== undefined) {
    return api.get<RotationView>(`/v1/rotations/${encodeURIComponent(rotationId)}`)
  }
  const connection = await connectionFor(stage, connectionId)
  const running = await underWay(api, connection)
  if (running !== null) {
    stage.out.line(
      `A rotation of ${connection.name} is under way since ${moment(running.startedAt)}.`,
    )
    return (await stage.ask.confirm('Go on with it?')) ? running : null
  }
  if (connection.hold !== null && !(await lifted(stage, connection))) return null
  const oldToken = await oldTokenOf(stage, connection)
  return api.post<RotationView>('/v1/rotations', { connectionId: connection.id, oldToken })
}

/** Nothing starts while it is held. Who lifts it says why, and is named for it. */
async function lifted({ api, ask, out }: Stage, connection: ConnectionView): Promise<boolean> {
  const { hold, id, revision } = connection
  if (hold === null) return true
  out.line(`${out.ink.bad('HELD')} since ${moment(hold.at)}, by ${hold.by}: nothing starts here.`)
  for (const { source, expected, found } of hold.mismatches) {
    out.line(`  ${source}: expected ${expected}, found ${found}`)
  }
  const sure = await ask.confirm('Is it found out which is right, and put right?', {
    yes: 'Yes, lift it',
    no: 'Not yet',
  })
  if (!sure) return false
  const reason = await ask.text('Why is this the right tenant? (kept in the journal)', {
    refuse: (text) => (text.length >= 1 && text.length <= 500 ? null : '1 to 500 characters.'),
  })
  const path = `/v1/connections/${encodeURIComponent(id)}/confirm-tenant`
  await api.post<unknown>(path, { reason }, revision)
  return true
}

async function connectionFor(stage: Stage, id: string | undefined): Promise<ConnectionView> {
  const { api, ask } = stage
  if (id !== undefined) return api.get(`/v1/connections/${encodeURIComponent(id)}`)
  const all = await api.all<ConnectionView>('/v1/connections')
  const [only] = all
  if (only === undefined) {
    throw new CliFault(
      EXIT.no,
      'no-connection',
      'There is no connection yet: one tenant, one IdP app, one base URL.',
      'Add one on the pages of the server, or by POST /v1/connections (/docs).',
    )
  }
  if (all.length === 1) return only
  const chosen = await ask.choose(
    'Which connection?',
    all.map((one) => ({
      value: one.id,
      label: `${one.tenantId} / ${one.name}`,
      hint: `${one.idp}, ${one.environment ?? 'no environment named'}`,
    })),
  )
  return all.find((one) => one.id === chosen) ?? only
}

async function underWay(api: Api, connection: ConnectionView): Promise<RotationView | null> {
  for (const status of ['active', 'halted']) {
    const [running] = await api.all<RotationView>(
      `/v1/rotations?connectionId=${encodeURIComponent(connection.id)}&status=${status}`,
    )
    if (running !== undefined) return running
  }
  return null
}

type Named = { id: string } | { token: string } | { hint: string }

async function oldTokenOf(stage: Stage, connection: ConnectionView): Promise<Named> {
  const { api, ask } = stage
  const listed = connection.portal.hasCredential
    ? (await api.get<{ items: PortalToken[] }>(`/v1/connections/${connection.id}/tokens`)).items
    : []
  const choices: Choice<string>[] = [
    ...listed.filter(({ status }) => status === 'live').map(choiceOf),
    {
      value: ' paste',
      label: 'Paste the old token itself',
      hint: 'not shown, not kept; at the end Interlock can show that it answers 401',
    },
    ...(listed.length > 0 ? [] : [{ value: ' hint', label: 'Type its last four characters' }]),
  ]
  const chosen = await ask.choose('Which token does the IdP use now? That is the old one.', choices)
  if (chosen === ' paste') return { token: await ask.secret('The old token (not shown)') }
  if (chosen !== ' hint') return { id: chosen }
  return {
    hint: await ask.text('Its last four characters, as the portal shows them', {
      refuse: (text) =>
        /^[\x21-\x7E]{4}$/.test(text) ? null : 'Four characters, and no more of it.',
    }),
  }
}

function choiceOf(token: PortalToken): Choice<string> {
  const used = token.lastUsedAt === null ? 'never used' : `last used ${moment(token.lastUsedAt)}`
  const name = [token.name, token.hint].filter((part) => part !== null).join(' ')
  return { value: token.id, label: name === '' ? token.id : name, hint: used }
}
