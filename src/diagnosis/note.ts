/** Remarks beside the findings: where words are looser than the specification, and what to ask next. */
import type { Catalog } from '../catalog.ts'
import { scimTypeOf } from './code.ts'
import { statusOf, type Observation } from './observation.ts'

export function notesOn(seen: Observation, catalog: Catalog): string[] {
  return [
    ...onScimType(seen, catalog),
    ...onScreen(seen, catalog),
    ...onWaiting(seen),
    ...onUse(seen),
    ...onGroups(seen, catalog),
  ]
}

function onScimType(seen: Observation, catalog: Catalog): string[] {
  const type = seen.scimType === undefined ? null : scimTypeOf(seen.scimType)
  if (type === null) return []
  const { statuses, looser } = catalog.scimErrors[type]
  const status = statusOf(seen)
  const notes = looser === null ? [] : [looser.text]
  if (seen.scimType !== type) notes.push(`The specification writes it ${type}.`)
  if (status !== null && !statuses.includes(status)) {
    notes.push(`${type} comes with status ${statuses[0]} by the specification, not ${status}.`)
  }
  return notes
}

/** Okta has several screens with opposite formats: without the screen no advice on the header is safe. */
function onScreen(seen: Observation, catalog: Catalog): string[] {
  if (seen.idp === undefined || statusOf(seen) !== 401) return []
  const facts = catalog.idps[seen.idp]
  if (facts.screens.length < 2) return []
  if (facts.screens.some(({ id }) => id === seen.idpScreen)) return []
  const titles = facts.screens.map(({ title }) => title).join(' · ')
  return [
    `${facts.title} has several screens that want different formats. Say which it is: ${titles}.`,
  ]
}

function onWaiting(seen: Observation): string[] {
  const seconds = seen.retryAfterSeconds
  return seconds === undefined ? [] : [`The service provider asks to wait ${seconds} seconds.`]
}

/** A token that is used is accepted: changing it or the header would repair what is not broken. */
function onUse(seen: Observation): string[] {
  const unsaid = seen.httpStatus === undefined && seen.usersStatus === undefined
  if (!unsaid || seen.usersSucceed !== false || seen.tokenRecentlyUsed !== true) return []
  return [
    'The portal shows a recent use, so somebody is accepted with this token: find out the status of the failing request before you change token or header.',
  ]
}

function onGroups(seen: Observation, catalog: Catalog): string[] {
  if (seen.idp === undefined || seen.groupsSucceed !== false || seen.usersSucceed === false)
    return []
  return catalog.idps[seen.idp].groups.traps.map(({ text }) => text)
}
