/** From a rotation's forms to the verbs: the same schemas and the same calls as the API's. Nothing is decided here. */
import type { Permission } from '../access/role.ts'
import {
  CreateToken,
  Reasoned,
  Revoke,
  UpdateIdp,
  Verify,
  WithToken,
} from '../http/rotation-schema.ts'
import type { Secret } from '../secret.ts'
import { loadRotation } from '../workflow/advance.ts'
import type { Held } from '../workflow/advance.ts'
import type { Checked } from '../workflow/check.ts'
import type { Ctx } from '../workflow/context.ts'
import { issueCanary } from '../workflow/rotation-canary.ts'
import { createToken } from '../workflow/rotation-create.ts'
import { abandon, approve, halt, resume, rollBack } from '../workflow/rotation-exit.ts'
import { updateIdp } from '../workflow/rotation-idp.ts'
import { confirmRevocation, confirmRevoked } from '../workflow/rotation-revoke.ts'
import { testConnection } from '../workflow/rotation-test.ts'
import { nameOfRetired } from '../workflow/rotation-view.ts'
import { verify } from '../workflow/rotation-verify.ts'
import { accept, given, sentTime } from './form.ts'
import type { Fields } from './form.ts'
import { retiredOf } from './rotation-data.ts'

export interface Outcome {
  held: Held
  /** To be shown in this very answer. */
  token?: Secret | null
  checked?: Checked
}

interface Call {
  ctx: Ctx
  id: string
  revision: number
  fields: Fields
  /** Refuses free text that holds a token; fields meant for one are left out. */
  guard: (body: unknown) => void
}

type Run = (call: Call) => Promise<Outcome>

export interface RotationVerb {
  name: string
  permission: Permission
  run: Run
}

const create: Run = async ({ ctx, id, revision, fields, guard }) => {
  const token = given(fields, 'token')
  const days = given(fields, 'expiresInDays')
  const body = accept(
    CreateToken,
    token === undefined
      ? days === undefined
        ? {}
        : { expiresInDays: Number(days) }
      : { token, ...optional('expiresAt', sentTime(given(fields, 'expiresAt'))) },
  )
  guard('token' in body ? {} : body)
  const { held, value } = await createToken(ctx, id, revision, body)
  return { held, token: value }
}

const update: Run = async ({ ctx, id, revision, fields, guard }) => {
  const body = accept(UpdateIdp, optional('note', given(fields, 'note')))
  guard(body)
  return { held: await updateIdp(ctx, id, revision, body) }
}

const test: Run = async ({ ctx, id, revision, fields }) => {
  const body = accept(WithToken, optional('token', given(fields, 'token')))
  const { held, checks, findings } = await testConnection(ctx, id, revision, body)
  return { held, checked: { checks, findings } }
}

const look: Run = async ({ ctx, id, revision }) => ({
  held: await verify(ctx, id, revision, 'look'),
})

const event: Run = async ({ ctx, id, revision, fields, guard }) => {
  const names = ['operation', 'subject', 'outcome', 'source', 'reference', 'tenantId'] as const
  const typed = Object.assign({}, ...names.map((name) => optional(name, given(fields, name))))
  const occurredAt = sentTime(given(fields, 'occurredAt'))
  const body = accept(Verify, { event: { ...typed, ...optional('occurredAt', occurredAt) } })
  guard(body)
  if (!('event' in body)) return look({ ctx, id, revision, fields, guard })
  const { tenantId, tokenId, ...rest } = body.event
  const full = { ...rest, tenantId: tenantId ?? null, tokenId: tokenId ?? null }
  return { held: await verify(ctx, id, revision, { event: full }) }
}

const reading: Run = async ({ ctx, id, revision, fields, guard }) => {
  const at = (name: string): string | null => sentTime(given(fields, name)) ?? null
  const body = accept(Verify, {
    reading: {
      oldLastUsedAt: at('oldLastUsedAt'),
      newLastUsedAt: at('newLastUsedAt'),
      readAt: at('readAt'),
    },
  })
  guard(body)
  if (!('reading' in body)) return look({ ctx, id, revision, fields, guard })
  return { held: await verify(ctx, id, revision, { reading: body.reading }) }
}

/** The four characters stand for the token's name; anything else goes to the gate as it was typed. */
const revoke: Run = async ({ ctx, id, revision, fields, guard }) => {
  const typed = (fields['lastFour'] ?? '').replaceAll(/[.…*•\s]+/g, '')
  guard({ lastFour: typed })
  const before = await loadRotation(ctx, id)
  const expected = retiredOf(before)
  const name = nameOfRetired(before.record.facts)
  const fits = expected !== null && expected.lastFour.length >= 4 && typed === expected.lastFour
  const body = accept(Revoke, { oldToken: fits && name !== null ? name : typed || 'nothing-typed' })
  return { held: await confirmRevocation(ctx, id, revision, body) }
}

const confirm: Run = async ({ ctx, id, revision, fields }) => {
  const body = accept(WithToken, optional('token', given(fields, 'token')))
  return { held: await confirmRevoked(ctx, id, revision, body) }
}

const reasoned =
  (verb: typeof halt): Run =>
  async ({ ctx, id, revision, fields, guard }) => {
    const body = accept(Reasoned, { reason: fields['reason'] ?? '' })
    guard(body)
    return { held: await verb(ctx, id, revision, body) }
  }

const write = 'rotations.write' as const

export const ROTATION_VERBS: readonly RotationVerb[] = [
  { name: 'create', permission: write, run: create },
  { name: 'update-idp', permission: write, run: update },
  { name: 'test', permission: write, run: test },
  {
    name: 'canary',
    permission: write,
    run: async ({ ctx, id, revision }) => ({ held: await issueCanary(ctx, id, revision) }),
  },
  { name: 'verify', permission: write, run: look },
  { name: 'event', permission: write, run: event },
  { name: 'reading', permission: write, run: reading },
  { name: 'revoke', permission: write, run: revoke },
  { name: 'confirm-revoked', permission: write, run: confirm },
  {
    name: 'approve',
    permission: 'rotations.approve',
    run: async ({ ctx, id, revision }) => ({ held: await approve(ctx, id, revision) }),
  },
  { name: 'halt', permission: write, run: reasoned(halt) },
  { name: 'resume', permission: write, run: reasoned(resume) },
  { name: 'roll-back', permission: write, run: reasoned(rollBack) },
  { name: 'abandon', permission: write, run: reasoned(abandon) },
]

const optional = <K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } =>
  value === undefined ? {} : ({ [name]: value } as { [P in K]?: T })
