/**
 * Each precondition of a revocation as one `Requirement`: the list every refusal and every page shows.
 * Why each exists is told in `rotation.policy.ts`.
 */
import { roles, tokenOf } from './rotation.facts.ts'
import type { Facts } from './rotation.facts.ts'
import { attesters, isUndoing, mayApprove } from './rotation.policy.ts'
import type { Confirmation, Requirement } from './rotation.policy.ts'
import {
  eventVerified,
  newTokenInUse,
  newTokenLive,
  oldTokenQuiet,
  untouched,
} from './rotation.proof.ts'
import { ms } from './vocabulary.ts'

/** All requirements at `now`, in the order a person meets them. */
export function requirements(
  facts: Facts,
  now: string,
  confirmation: Confirmation | null = null,
): Requirement[] {
  if (isUndoing(facts)) {
    return [
      tenantConfirmed(facts),
      untouched(facts),
      newTokenLive(facts, now),
      oldTokenNamed(facts, confirmation),
    ]
  }
  return [
    connectionTested(facts),
    tenantConfirmed(facts),
    eventVerified(facts),
    newTokenInUse(facts),
    oldTokenQuiet(facts, now),
    newTokenLive(facts, now),
    oldTokenNamed(facts, confirmation),
    secondPersonApproved(facts),
  ]
}

function connectionTested(facts: Facts): Requirement {
  const { keep } = roles(facts)
  const kept = tokenOf(facts, keep)
  const test = facts.test
  const met =
    test !== null &&
    test.passed &&
    test.fingerprint !== null &&
    kept !== null &&
    test.fingerprint === kept.fingerprint
  return {
    code: 'connection-tested',
    met,
    detail: `Discovery and an authenticated list of users answer with the ${keep} token.`,
    seen:
      test === null
        ? 'No test since the IdP was updated.'
        : test.passed
          ? `Passed at ${test.at}.`
          : `Failed at ${test.at}: ${test.failed.join(', ')}.`,
    unblock: `Run the test with the ${keep} token once the IdP holds it.`,
    who: 'tenant-admin',
  }
}

function tenantConfirmed(facts: Facts): Requirement {
  const met = facts.halted === null && (facts.test?.passed === true || isUndoing(facts))
  const hosts = facts.test?.hosts ?? []
  return {
    code: 'tenant-confirmed',
    met,
    detail: 'Every answer came from the tenant and host this connection is for.',
    seen:
      facts.halted !== null
        ? `Halted at ${facts.halted.at}.`
        : hosts.length > 0
          ? `Seen: ${hosts.join(', ')}.`
          : met
            ? 'No answer named another host.'
            : 'Not looked at yet.',
    unblock:
      facts.halted !== null
        ? 'Resolve what did not match, then resume with a reason.'
        : 'Run the test; it compares every host the answers name.',
    who: 'tenant-admin',
  }
}

function oldTokenNamed(facts: Facts, confirmation: Confirmation | null): Requirement {
  const { keep, retire } = roles(facts)
  const target = tokenOf(facts, retire)
  const other = tokenOf(facts, keep)
  const names = target === null ? [] : [target.id, target.fingerprint].filter((n) => n !== null)
  const usable =
    names.length > 0 ? names : target === null || target.hint === null ? [] : [target.hint]
  const same =
    other !== null &&
    usable.some((name) => name === other.id || name === other.fingerprint || name === other.hint)
  const repeated = confirmation === null || usable.includes(confirmation.named)
  return {
    code: 'old-token-named',
    met: usable.length > 0 && !same && repeated,
    detail: `The token to revoke is the ${retire} one, named by its id or fingerprint.`,
    seen:
      usable.length === 0
        ? `Nothing is known of the ${retire} token that could name it.`
        : same
          ? 'It is the same token as the one to keep.'
          : repeated
            ? `Known: ${target?.hint === null || target === null ? 'id or fingerprint' : `ends or begins with ${target.hint}`}.`
            : 'The name given is not this token’s.',
    unblock: `Repeat the ${retire} token’s id or fingerprint as this rotation shows it.`,
    who: 'tenant-admin',
  }
}

function secondPersonApproved(facts: Facts): Requirement {
  const { ids, latest } = attesters(facts)
  const asked =
    facts.policy.secondPerson === 'always' ||
    (facts.policy.secondPerson === 'when-attested' && ids.length > 0)
  const approval = facts.approval
  const lapsed = approval !== null && latest !== null && ms(approval.at) < ms(latest)
  const met = !asked || (approval !== null && !lapsed && mayApprove(facts, approval.by))
  return {
    code: 'second-person-approved',
    met,
    detail: asked
      ? 'A second person has looked at what was attested and approves.'
      : 'No second person is asked for.',
    seen:
      approval === null
        ? asked
          ? 'Nobody has approved.'
          : 'Nothing rests on anybody’s word.'
        : lapsed
          ? `Approved at ${approval.at}, before the latest thing attested at ${latest}.`
          : `Approved by ${approval.by.name} at ${approval.at}.`,
    unblock: 'Somebody else, with a key of their own, approves after the latest attested reading.',
    who: 'approver',
  }
}
