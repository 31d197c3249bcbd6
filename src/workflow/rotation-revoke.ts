/**
 * Step 5. The authorisation is committed before the portal is asked to revoke, and what the portal
 * and the two tokens then show is committed as its proof. Nothing here decides whether revoking is
 * allowed: the kernel does, against a reading taken at this moment.
 */
import { isOpen } from '../../machines/kernel.ts'
import { roles, tokenOf } from '../../machines/rotation.facts.ts'
import type { Proof, Reading } from '../../machines/rotation.facts.ts'
import { isDead } from '../../machines/rotation.policy.ts'
import { instant } from '../../machines/vocabulary.ts'
import type { TokenRole } from '../../machines/vocabulary.ts'
import type { Portal } from '../portals/contract.ts'
import { ProblemError } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { advance, advanceWithResult, loadForChange } from './advance.ts'
import type { Held } from './advance.ts'
import { loadConnection } from './connection.ts'
import type { Ctx } from './context.ts'
import { atPortal, noticeLoss, readPortal, tryReadPortal } from './reading.ts'
import { tokenFrom } from './token.ts'

export async function confirmRevocation(
  ctx: Ctx,
  id: string,
  expected: number,
  input: { oldToken: string },
): Promise<Held> {
  const before = await loadForChange(ctx, id, expected)
  const connection = await loadConnection(ctx, before.record.facts.connectionId)
  const portal = ctx.portals.open(connection.id, connection.record)
  const reading = isOpen(before.record.step, 'revocation.confirmed')
    ? await tryReadPortal(portal, before.record.facts)
    : null
  if (reading !== null && isDoneAlready(before, reading, input.oldToken)) {
    return concludeRevocation(ctx, before, reading)
  }
  const looked = await noticeLoss(ctx, before, reading)
  const held = await advance(ctx, looked, {
    type: 'revocation.confirmed',
    named: input.oldToken,
    reading,
  })
  return carryOut(ctx, held, portal)
}

/**
 * It was authorised, and the portal shows that it happened: only its proof is missing (a crash, or a
 * token that was still accepted for a while). Asking the gate again would hold our own last question
 * to that token against it, and nothing is revoked here.
 */
function isDoneAlready({ record }: Held, reading: Reading, named: string): boolean {
  const { facts, step } = record
  if (step !== 'revokingOldToken' && step !== 'revokingNewToken') return false
  const { retire } = roles(facts)
  const target = tokenOf(facts, retire)
  return isDead(reading[retire].status) && (named === target?.id || named === target?.fingerprint)
}

/** The effect of an authorised revocation. On a manual portal the effect is a person's; they confirm it. */
export async function carryOut(ctx: Ctx, held: Held, portal: Portal): Promise<Held> {
  const { facts } = held.record
  if (!facts.portal.observable) return held
  const retire = roles(facts).retire
  const target = tokenOf(facts, retire)
  if (target === null || target.id === null) return held
  const { id } = target
  const gone = facts.reading !== null && isDead(facts.reading[retire].status)
  try {
    if (!gone) await atPortal(() => portal.revoke(id))
    const reading = await readPortal(portal, facts)
    if (!isDead(reading[retire].status)) {
      throw new ProblemError(
        'portal-failed',
        'The portal accepted the revocation and still lists the token as live.',
        { fault: 'still-listed' },
      )
    }
    return await concludeRevocation(ctx, held, reading)
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'portal-failed') throw error
    const now = await tryReadPortal(portal, facts)
    await advanceWithResult(ctx, held, {
      type: 'revocation.failed',
      fault: error.extensions.fault ?? 'portal-refused',
      stillLive: now !== null && now[retire].status === 'live',
    })
    throw error
  }
}

/** The portal shows the token as gone: ask both tokens once, write down what they answered, forget their values. */
export async function concludeRevocation(ctx: Ctx, held: Held, reading: Reading): Promise<Held> {
  const { retire } = roles(held.record.facts)
  const shows = reading[retire].status === 'missing' ? 'missing' : 'revoked'
  return conclude(ctx, held, await prove(ctx, held, shows, null))
}

/** A manual portal: the person has revoked it there, and we ask whether it still opens anything. */
export async function confirmRevoked(
  ctx: Ctx,
  id: string,
  expected: number,
  input: { token?: string | undefined },
): Promise<Held> {
  const held = await loadForChange(ctx, id, expected)
  const { facts } = held.record
  const { retire } = roles(facts)
  if (facts.portal.observable) {
    throw new ProblemError(
      'step-not-open',
      'This portal is connected: Interlock revokes there itself.',
      {
        currentStep: held.record.step,
        neededStep: 'revoke',
      },
    )
  }
  const given = input.token === undefined ? null : tokenFrom(ctx, input.token).value
  const known = tokenOf(facts, retire)?.fingerprint ?? null
  if (given !== null && known !== null && ctx.fingerprint(given) !== known) {
    throw new ProblemError('token-not-recognised')
  }
  if (!isOpen(held.record.step, retire === 'old' ? 'old-token.revoked' : 'new-token.revoked')) {
    const proof = attestation(ctx)
    return conclude(ctx, held, proof)
  }
  const proof = await prove(ctx, held, 'not-asked', given)
  if (proof.retiredAnswered === 200) throw new ProblemError('still-answers')
  if (proof.retiredAnswered !== null && proof.retiredAnswered !== 401) {
    throw new ProblemError('service-provider-unclear')
  }
  return conclude(ctx, held, proof)
}

const attestation = (ctx: Ctx): Proof => ({
  at: instant(ctx.clock()),
  witness: 'attested',
  by: ctx.actor,
  portalShows: 'not-asked',
  retiredAnswered: null,
  keptAnswered: null,
})

async function conclude(ctx: Ctx, held: Held, proof: Proof): Promise<Held> {
  const { retire } = roles(held.record.facts)
  const type = retire === 'old' ? 'old-token.revoked' : 'new-token.revoked'
  const after = await advanceWithResult(ctx, held, { type, proof })
  ctx.vault.wipe(held.id)
  return after
}

async function prove(
  ctx: Ctx,
  held: Held,
  portalShows: Proof['portalShows'],
  given: Secret | null,
): Promise<Proof> {
  const { facts } = held.record
  const { keep, retire } = roles(facts)
  const ask = async (role: TokenRole, other: Secret | null): Promise<number | null> => {
    const token = other ?? ctx.vault.get(held.id, role)
    if (token === null) return null
    const connection = await loadConnection(ctx, facts.connectionId)
    const { checks } = await ctx.scim.firstChecks({
      baseUrl: connection.record.scimBaseUrl,
      token,
      discoveryNeedsAuth: 'note',
    })
    return checks.find((check) => check.name === 'list-users')?.httpStatus ?? null
  }
  const retiredAnswered = await ask(retire, given)
  const keptAnswered = await ask(keep, null)
  const observed = portalShows !== 'not-asked' || retiredAnswered === 401
  return {
    ...attestation(ctx),
    witness: observed ? 'observed' : 'attested',
    portalShows,
    retiredAnswered,
    keptAnswered,
  }
}
