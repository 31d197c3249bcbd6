/** The words for codes, the same on every page. */
import type { Step } from '../../machines/rotation.meta.ts'
import type { Idp, Who } from '../../machines/vocabulary.ts'

export const STEP_NUMBERS: Readonly<Record<Step, number>> = {
  create: 1,
  'update-idp': 2,
  test: 3,
  verify: 4,
  revoke: 5,
  done: 5,
}

export const STEP_TITLES: Readonly<Record<Exclude<Step, 'done'>, string>> = {
  create: 'Create',
  'update-idp': 'Update the IdP',
  test: 'Test',
  verify: 'Verify',
  revoke: 'Revoke',
}

export const IDP_NAMES: Readonly<Record<Idp, string>> = {
  okta: 'Okta',
  entra: 'Microsoft Entra ID',
  onelogin: 'OneLogin',
  generic: 'Another IdP',
}

const WHO: Readonly<Record<Who, string>> = {
  'tenant-admin': 'for the tenant’s administrator',
  'idp-admin': 'for the IdP’s administrator',
  'service-provider': 'for the service provider',
  approver: 'for a second person',
  nobody: 'nobody has to act',
}

export const whoOf = (who: Who, idp?: Idp): string =>
  who === 'idp-admin' && idp !== undefined && idp !== 'generic'
    ? `for the ${IDP_NAMES[idp]} administrator`
    : WHO[who]

export const REQUIREMENTS: Readonly<Record<string, string>> = {
  'connection-tested': 'Connection tested',
  'tenant-confirmed': 'Right tenant',
  'provisioning-event-verified': 'Real event landed',
  'new-token-in-use': 'New token in use',
  'old-token-quiet': 'Old token quiet',
  'new-token-live': 'New token live',
  'old-token-named': 'Old token known',
  'second-person-approved': 'Second person',
}

export const CHECKS: Readonly<Record<string, string>> = {
  discovery: 'Discovery',
  'list-users': 'List users',
  'list-groups': 'List groups',
  'token-metadata': 'Token in the portal',
  environment: 'Same environment',
}

const EVENTS: Readonly<Record<string, string>> = {
  'rotation.started': 'Rotation started',
  'creation.intended': 'Creating the new token',
  'creation.failed': 'Creation did not happen',
  'token.created': 'New token created',
  'idp.updated': 'IdP updated: the cutover',
  'connection.tested': 'Connection tested',
  'portal.read': 'Portal read',
  'pilot.read': 'Pilot read',
  'event.recorded': 'Event recorded',
  'canary.issued': 'One-time value made',
  'own-use.recorded': 'Our own use noted',
  'revocation.approved': 'Approved by a second person',
  'revocation.confirmed': 'Revocation confirmed',
  'revocation.failed': 'Revocation did not happen',
  'old-token.revoked': 'Old token revoked',
  'new-token.revoked': 'New token revoked',
  'old-token.lost': 'Old token gone',
  'tenant.mismatched': 'Wrong tenant seen',
  'tenant.confirmed': 'Tenant confirmed',
  'rotation.halted': 'Halted',
  'rotation.resumed': 'Resumed',
  'roll-back.started': 'Rolling back',
  'rotation.abandoned': 'Abandoned',
  'base-url.changed': 'Base URL changed',
  'connection.created': 'Connection added',
  'connection.changed': 'Connection changed',
  'connection.checked': 'First checks run',
  'connection.deleted': 'Connection deleted',
  'escalation.opened': 'Case opened',
  'items.observed': 'Interlock looked',
  'items.answered': 'Answered',
  'escalation.submitted': 'Submitted to support',
  'escalation.acknowledged': 'Acknowledged by support',
  'info.requested': 'Support asked back',
  'escalation.resolved': 'Resolved',
  'escalation.withdrawn': 'Withdrawn',
}

/** An event this list does not know yet is shown by its name. */
export const eventOf = (event: string): string => EVENTS[event] ?? event

/** Rolling back exchanges the two tokens, and so their names. */
export function requirementOf(code: string, direction: 'forward' | 'back'): string {
  const name = REQUIREMENTS[code] ?? code
  if (direction === 'forward') return name
  return name.replace(/^(New|Old) token/, (_, which) => `${which === 'New' ? 'Old' : 'New'} token`)
}
