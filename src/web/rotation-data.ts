/** Everything the rotation's page is drawn from, gathered in one place by the same verbs the API calls. */
import { roles, tokenOf } from '../../machines/rotation.facts.ts'
import { guidanceFor } from '../idps/guidance.ts'
import type { Guidance } from '../idps/guidance.ts'
import type { Secret } from '../secret.ts'
import type { Entry } from '../store/contract.ts'
import type { Held } from '../workflow/advance.ts'
import type { Checked } from '../workflow/check.ts'
import { latestChecks } from '../workflow/check-memory.ts'
import { parseConnectionRecord } from '../workflow/connection.record.ts'
import type { ConnectionRecord } from '../workflow/connection.record.ts'
import type { Ctx } from '../workflow/context.ts'
import { nameOfRetired, viewOf } from '../workflow/rotation-view.ts'
import type { RotationView } from '../workflow/rotation-view.ts'
import type { Look } from './look.ts'
import type { Refused } from './refusal.tsx'
import type { IdpPanel } from './rehearsal.ts'

export interface RotationData {
  look: Look
  view: RotationView
  connection: Pick<ConnectionRecord, 'name' | 'scimBaseUrl' | 'pilotUser' | 'idpScreen'>
  connectionRevision: number
  /** False for a manual portal: people read it out. */
  observable: boolean
  granularityMs: number
  guide: Guidance
  journal: readonly Entry[]
  state: Held['record']['step']
  /** What the portal shows of the token to retire, and its last four characters, to be repeated. */
  retired: { shown: string; lastFour: string } | null
  /** Shown in this very answer and never again. */
  token: Secret | null
  checked: Checked | null
  refused: Refused | null
  /** What the last test was found to fail of: for whoever has not pressed it themselves. */
  causes: readonly { code: string; title: string }[]
  /** The practice IdP, on practice connections. */
  panel: IdpPanel | null
  /** Interlock still holds the value that a test needs. */
  holdsKept: boolean
}

type Given = Pick<RotationData, 'look'> &
  Partial<Pick<RotationData, 'token' | 'checked' | 'refused' | 'panel'>>

export async function rotationData(ctx: Ctx, held: Held, more: Given): Promise<RotationData> {
  const { facts } = held.record
  const stored = await ctx.store.load('connection', facts.connectionId)
  const record = stored === null ? null : parseConnectionRecord(stored.record)
  const connection = {
    name: record?.name ?? 'A deleted connection',
    scimBaseUrl: record?.scimBaseUrl ?? '',
    pilotUser: facts.pilotUser,
    idpScreen: record?.idpScreen ?? null,
  }
  const guide = guidanceFor(ctx.catalog, facts.idp, connection.idpScreen ?? undefined, {
    baseUrl: connection.scimBaseUrl,
    ...(facts.pilotUser === null ? {} : { pilotUser: facts.pilotUser }),
    ...(facts.canary === null
      ? { attribute: 'Title' }
      : { attribute: 'Title', value: facts.canary.value }),
  })
  return {
    token: null,
    checked: null,
    refused: null,
    panel: null,
    ...more,
    view: viewOf(ctx, held, connection.scimBaseUrl, connection.idpScreen),
    connection,
    connectionRevision: stored?.head.revision ?? 0,
    observable: facts.portal.observable,
    granularityMs: facts.portal.granularityMs,
    guide,
    journal: await ctx.store.journal('rotation', held.id),
    causes: await causesOf(ctx, held),
    state: held.record.step,
    retired: retiredOf(held),
    holdsKept: ctx.vault.get(held.id, roles(facts).keep) !== null,
  }
}

async function causesOf(ctx: Ctx, held: Held): Promise<RotationData['causes']> {
  const { test, connectionId } = held.record.facts
  if (test === null || test.passed) return []
  const checks = await latestChecks(ctx, connectionId)
  if (checks?.rotationId !== held.id) return []
  const words: Readonly<Record<string, { title: string } | undefined>> = ctx.catalog.failures
  return checks.findings.flatMap((code) => {
    const title = words[code]?.title
    return title === undefined ? [] : [{ code, title }]
  })
}

/** What a person repeats before a token is revoked: the end of what the portal shows of it. */
export function retiredOf(held: Held): RotationData['retired'] {
  const { facts } = held.record
  const ref = tokenOf(facts, roles(facts).retire)
  const name = nameOfRetired(facts)
  if (ref === null || name === null) return null
  const shown = ref.hint ?? name
  return { shown, lastFour: shown.replaceAll(/[.…*•\s]+/g, '').slice(-4) }
}
