/** Verbs on connections. A credential goes in, is sealed at once, and never comes out again. */
import { instant } from '../../machines/vocabulary.ts'
import type { Idp, Overlap, PortalKind } from '../../machines/vocabulary.ts'
import type { PortalCredential } from '../portals/contract.ts'
import { ProblemError } from '../problem.ts'
import { parseBaseUrl } from '../scim/base-url.ts'
import { StaleRevision } from '../store/contract.ts'
import type { NewEntry } from '../store/contract.ts'
import { CONNECTION_SCHEMA } from './connection.record.ts'
import type { ConnectionRecord } from './connection.record.ts'
import { activeRotationOf, moveActiveRotation } from './active-rotation.ts'
import type { Ctx } from './context.ts'

export interface HeldConnection {
  id: string
  revision: number
  record: ConnectionRecord
}

export interface PortalInput {
  kind: PortalKind
  url?: string | undefined
  credential?: PortalCredential | undefined
  granularitySeconds?: number | undefined
  overlap?: Overlap | undefined
}

export interface ConnectionInput {
  tenantId: string
  name: string
  environment?: string | undefined
  idp: Idp
  idpScreen?: string | undefined
  scimBaseUrl: string
  pilotUser?: string | undefined
  portal: PortalInput
  policy?:
    | {
        quietMinutes?: number | undefined
        secondPerson?: ConnectionRecord['policy']['secondPerson'] | undefined
      }
    | undefined
}

export type ConnectionPatch = {
  [K in keyof Omit<ConnectionInput, 'tenantId'>]?: ConnectionInput[K] | undefined
}

export async function createConnection(ctx: Ctx, input: ConnectionInput): Promise<HeldConnection> {
  if (!ctx.scope.allows(input.tenantId))
    throw new ProblemError('forbidden', 'That tenant is not this key’s.')
  const id = ctx.nextId('con')
  const record: ConnectionRecord = {
    schema: CONNECTION_SCHEMA,
    tenantId: input.tenantId,
    name: input.name,
    environment: input.environment ?? null,
    idp: input.idp,
    idpScreen: input.idpScreen ?? null,
    scimBaseUrl: baseUrl(ctx, input.scimBaseUrl, 'scimBaseUrl'),
    pilotUser: input.pilotUser ?? null,
    portal: portalOf(ctx, id, input.portal, null),
    policy: {
      quietMinutes: input.policy?.quietMinutes ?? null,
      secondPerson: input.policy?.secondPerson ?? 'when-attested',
    },
    latestRotation: null,
    hold: null,
    createdAt: instant(ctx.clock()),
    createdBy: ctx.actor,
    deletedAt: null,
  }
  return save(ctx, { id, revision: 0, record }, record, 'connection.created')
}

export async function loadConnection(ctx: Ctx, id: string): Promise<HeldConnection> {
  const stored = await ctx.store.load('connection', id)
  if (stored === null) throw new ProblemError('not-found')
  const record = stored.record as ConnectionRecord
  if (record.deletedAt !== null || !ctx.scope.allows(record.tenantId))
    throw new ProblemError('not-found')
  return { id, revision: stored.head.revision, record }
}

export async function listConnections(
  ctx: Ctx,
  query: { limit: number; cursor?: string | undefined },
): Promise<{ items: HeldConnection[]; nextCursor: string | null }> {
  const page = await ctx.store.list('connection', {
    labels: { state: ['live'], ...inScope(ctx) },
    limit: query.limit,
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
  })
  const items = await Promise.all(page.items.map((head) => loadConnection(ctx, head.id)))
  return { items, nextCursor: page.nextCursor }
}

export const inScope = (ctx: Ctx): { tenantId?: readonly string[] } =>
  ctx.scope.tenants === 'all' ? {} : { tenantId: ctx.scope.tenants }

export async function patchConnection(
  ctx: Ctx,
  id: string,
  expected: number,
  patch: ConnectionPatch,
): Promise<HeldConnection> {
  const held = await forChange(ctx, id, expected)
  const before = held.record
  const moves =
    patch.scimBaseUrl !== undefined || patch.portal !== undefined || patch.idp !== undefined
  const active = moves ? await activeRotationOf(ctx, before) : null
  const replacesPortal = patch.portal !== undefined && patch.portal.kind !== before.portal.kind
  if (active !== null && (replacesPortal || patch.idp !== undefined)) {
    throw new ProblemError('connection-in-use', undefined, { rotationId: active.id })
  }
  const record: ConnectionRecord = {
    ...before,
    name: patch.name ?? before.name,
    environment: patch.environment ?? before.environment,
    idp: patch.idp ?? before.idp,
    idpScreen: patch.idpScreen ?? before.idpScreen,
    scimBaseUrl:
      patch.scimBaseUrl === undefined
        ? before.scimBaseUrl
        : baseUrl(ctx, patch.scimBaseUrl, 'scimBaseUrl'),
    pilotUser: patch.pilotUser ?? before.pilotUser,
    portal: patch.portal === undefined ? before.portal : portalOf(ctx, id, patch.portal, before),
    policy: {
      quietMinutes: patch.policy?.quietMinutes ?? before.policy.quietMinutes,
      secondPerson: patch.policy?.secondPerson ?? before.policy.secondPerson,
    },
  }
  const elsewhere =
    record.scimBaseUrl !== before.scimBaseUrl || record.portal.url !== before.portal.url
  // The rotation first: were it last, a crash between would leave evidence of another place counting.
  if (active !== null && elsewhere) await moveActiveRotation(ctx, active)
  return save(ctx, held, record, 'connection.changed')
}

/** The record and its journal stay; the sealed credential goes. */
export async function deleteConnection(ctx: Ctx, id: string, expected: number): Promise<void> {
  const held = await forChange(ctx, id, expected)
  const active = await activeRotationOf(ctx, held.record)
  if (active !== null) {
    throw new ProblemError('connection-in-use', undefined, { rotationId: active.id })
  }
  const record: ConnectionRecord = {
    ...held.record,
    portal: { ...held.record.portal, sealedCredential: null },
    deletedAt: instant(ctx.clock()),
  }
  await save(ctx, held, record, 'connection.deleted')
}

async function forChange(ctx: Ctx, id: string, expected: number): Promise<HeldConnection> {
  const held = await loadConnection(ctx, id)
  if (held.revision !== expected) throw stale(held.revision)
  return held
}

const stale = (current: number): ProblemError =>
  new ProblemError('stale-revision', `Revision ${current} is current.`, {
    currentRevision: current,
  })

/** Commits a connection; compare-and-swap on its revision decides between two people, or two rotations. */
export async function save(
  ctx: Ctx,
  held: HeldConnection,
  record: ConnectionRecord,
  event: string,
  detail: NonNullable<NewEntry['detail']> = {},
): Promise<HeldConnection> {
  try {
    const head = await ctx.store.commit('connection', held.id, held.revision, record, {
      at: instant(ctx.clock()),
      actor: ctx.actor,
      event,
      outcome: 'applied',
      detail,
    })
    return { id: held.id, revision: head.revision, record }
  } catch (error) {
    if (error instanceof StaleRevision) throw stale(error.current)
    throw error
  }
}

function baseUrl(ctx: Ctx, text: string, path: string): string {
  const parsed = parseBaseUrl(text)
  if (!parsed.ok) {
    throw new ProblemError('invalid-input', undefined, {
      errors: [
        { path, message: 'An absolute https URL without user, query or fragment is expected.' },
      ],
    })
  }
  if (!ctx.scim.mayCall(parsed.baseUrl)) throw new ProblemError('target-refused')
  return parsed.baseUrl
}

function portalOf(
  ctx: Ctx,
  id: string,
  input: PortalInput,
  before: ConnectionRecord | null,
): ConnectionRecord['portal'] {
  const same = before !== null && before.portal.kind === input.kind ? before.portal : null
  const shared = {
    kind: input.kind,
    granularitySeconds: input.granularitySeconds ?? same?.granularitySeconds ?? null,
    overlap: input.overlap ?? same?.overlap ?? null,
  }
  if (input.kind === 'manual') return { ...shared, url: null, auth: null, sealedCredential: null }
  const url = input.url === undefined ? (same?.url ?? null) : baseUrl(ctx, input.url, 'portal.url')
  const moved = same !== null && same.url !== url
  // A credential is for one address: given a new one, it would be sent to whoever answers there.
  const sealed =
    input.credential === undefined
      ? moved
        ? null
        : (same?.sealedCredential ?? null)
      : ctx.portals.seal(id, input.credential)
  const missing = [
    ...(url === null
      ? [{ path: 'portal.url', message: 'It is needed for this kind of portal.' }]
      : []),
    ...(sealed === null
      ? [
          {
            path: 'portal.credential',
            message: 'It is needed for this kind of portal and address.',
          },
        ]
      : []),
  ]
  if (missing.length > 0) throw new ProblemError('invalid-input', undefined, { errors: missing })
  return {
    ...shared,
    url,
    auth: input.credential?.auth ?? same?.auth ?? 'bearer',
    sealedCredential: sealed,
  }
}
