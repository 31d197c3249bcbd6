/** What this person does now, in words for this IdP. The step comes from the machine, the words from data/. */
import { roles } from '../../machines/rotation.facts.ts'
import { unmet } from '../../machines/rotation.policy.ts'
import type { Requirement } from '../../machines/rotation.policy.ts'
import type { MachineView, NextAction } from '../../machines/rotation.view.ts'
import type { Who } from '../../machines/vocabulary.ts'
import { guidanceFor } from '../idps/guidance.ts'
import type { Guidance } from '../idps/guidance.ts'
import type { Held } from './advance.ts'
import type { Ctx } from './context.ts'

export interface Next {
  action: NextAction
  who: Who
  title: string
  instructions: string[]
  /** Before then, repeating it is pointless. */
  earliest?: string
}

export function nextFor(
  ctx: Ctx,
  held: Held,
  seen: MachineView,
  place: { baseUrl: string; screen: string | null },
): Next {
  const { facts } = held.record
  const { keep, retire } = roles(facts)
  const guide = guidanceFor(ctx.catalog, facts.idp, place.screen ?? undefined, {
    baseUrl: place.baseUrl,
    ...(facts.pilotUser === null ? {} : { pilotUser: facts.pilotUser }),
    ...(facts.canary === null
      ? {}
      : { attribute: facts.canary.attribute, value: facts.canary.value }),
  })
  const say = (title: string, instructions: string[], earliest?: string): Next => ({
    ...seen.next,
    title,
    instructions,
    ...(earliest === undefined ? {} : { earliest }),
  })
  switch (seen.next.action) {
    case 'create':
      return facts.portal.observable
        ? say('Create the new token', ['Interlock creates it in the portal and shows it once.'])
        : say('Create the new token', [
            'Create a token in the portal, next to the old one.',
            'Give it to Interlock here: only its fingerprint is kept.',
          ])
    case 'update-idp':
      return say(`Put the ${keep} token into ${guide.title}`, updating(guide, keep))
    case 'test':
      return say(`Test with the ${keep} token`, [
        'Interlock asks for discovery, then lists users with it.',
        ...(facts.test?.passed === false
          ? [
              'The last test failed: see its checks, then go back to the token or the IdP if needed.',
            ]
          : []),
      ])
    case 'verify':
      if (oldTokenInUse(seen.requirements) !== null) {
        return say(`Save the ${keep} token in ${guide.title}`, stillUsing(guide, seen, keep))
      }
      return say(
        `Make one real change in ${guide.title}`,
        [...withoutToken(ctx, held), ...verifying(guide, seen)],
        facts.canary?.earliest,
      )
    case 'approve':
      return say('A second person approves', [
        'Somebody else looks at what was attested, and approves with a key of their own.',
      ])
    case 'wait': {
      const earliest = unmet(seen.requirements)[0]?.earliest
      return say(
        `Wait: the ${retire} token has to stay unused`,
        ['Nothing to do until the quiet window is over; then look again.'],
        earliest,
      )
    }
    case 'revoke':
      return say(`Revoke the ${retire} token`, [
        `Repeat the ${retire} token’s id or fingerprint. This cannot be undone.`,
        ...(facts.portal.observable ? [] : ['Interlock then asks you to revoke it in the portal.']),
      ])
    case 'confirm-revoked':
      return say(`Revoke the ${retire} token in the portal`, [
        'Revoke it there, and only it.',
        'Then confirm here: Interlock asks the service provider whether it still works.',
      ])
    case 'resume':
      return say('Halted', [
        facts.halted?.cause === 'tenant-mismatch'
          ? 'Find out which tenant is right and correct the base URL or the token. Then resume with the reason.'
          : 'Resume with a reason when it is safe to go on.',
      ])
    case 'none':
      break
  }
  return say('Nothing to do', ended(held))
}

/** A screen's own steps hold the header format and the saving; they speak of the way forward. */
function updating(guide: Guidance, keep: string): string[] {
  const asking = guide.askScreen.map((s) => `${s.title}: ${s.recognise}`)
  if (asking.length > 0) {
    return [
      'Which of these screens is it? The header format depends on it.',
      ...asking,
      guide.header.instruction,
      `Save it, then say here that the ${keep} token is in place.`,
    ]
  }
  return [
    ...guide.update.map((step) => step.replaceAll('new token', `${keep} token`)),
    `Then say here that the ${keep} token is in place.`,
  ]
}

/** After a restart, or after hours, the value is forgotten: without it the pilot cannot be read. */
function withoutToken(ctx: Ctx, held: Held): string[] {
  const { facts } = held.record
  const { keep } = roles(facts)
  return facts.pilotUser === null || ctx.vault.get(held.id, keep) !== null
    ? []
    : [
        `Interlock no longer holds the ${keep} token: run the test again with it, so that the pilot can be read.`,
      ]
}

/** The requirement that says so: after the cutover something went on using the token that is to go. */
export const oldTokenInUse = (requirements: readonly Requirement[]): Requirement | null =>
  requirements.find((r) => r.code === 'old-token-quiet' && !r.met && r.who === 'idp-admin') ?? null

function stillUsing(guide: Guidance, seen: MachineView, keep: string): string[] {
  const use = oldTokenInUse(seen.requirements)
  return [
    ...(use === null ? [] : [use.seen]),
    `Open the form at ${guide.title} and see that the ${keep} token was saved, not only tested. Look for a second app or script that holds the other one.`,
    'Then record the IdP update again: what was seen before it no longer counts.',
  ]
}

function verifying(guide: Guidance, seen: MachineView): string[] {
  const open = unmet(seen.requirements).filter((r) => r.code !== 'second-person-approved')
  return [...guide.canary, ...open.map((r) => `${r.detail} ${r.seen} ${r.unblock}`)]
}

function ended(held: Held): string[] {
  const { facts, step } = held.record
  const left =
    facts.superseded.length > 0
      ? [
          'Earlier new tokens of this rotation are still live: revoke them in the portal once they are quiet.',
        ]
      : []
  if (step === 'abandoned') {
    const both =
      facts.newToken === null
        ? 'The old token lives on.'
        : 'Two tokens live: the old one and the new one.'
    return [both, 'Find out which one the IdP uses before revoking either.', ...left]
  }
  return left
}
