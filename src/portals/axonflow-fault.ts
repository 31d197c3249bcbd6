/** What an exchange that did not end well means. */
import type { Exchange, Failure } from '../scim/contract.ts'
import { PortalError } from './contract.ts'
import type { PortalFault } from './contract.ts'

const BY_STATUS: Readonly<Record<number, PortalFault>> = {
  401: 'portal-credential-refused',
  403: 'portal-forbidden',
  429: 'portal-throttled',
}

const BY_FAILURE: Readonly<Partial<Record<Failure, PortalFault>>> = {
  'too-large': 'portal-unreadable',
  // Of all we put into the head only the credential was typed by a person.
  'header-refused': 'portal-credential-refused',
}

/** Names the fault by status alone: the portal's own words are never read. */
export function faultOf(exchange: Exchange): PortalError {
  if (exchange.kind === 'failure') {
    return new PortalError(BY_FAILURE[exchange.failure] ?? 'portal-unreachable')
  }
  const { status } = exchange
  const otherwise = status >= 500 ? 'portal-unreachable' : 'portal-refused'
  return new PortalError(BY_STATUS[status] ?? otherwise, status)
}
