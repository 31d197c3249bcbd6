/**
 * OneLogin on the wire. Its exact requests are not published: that enabling the API connection reads
 * users, and that users are changed by PUT unless the template patches, is inferred. That members of a
 * group come by PATCH was seen in a service provider's log (goauthentik/authentik issue 11249).
 */
import { filter, found, idOf, succeed } from './idp-call.ts'
import type { IdpDialect, UserTarget } from './idp-contract.ts'
import { GROUP_SCHEMA, patch, personOf, USER_SCHEMA } from './idp-shape.ts'

export function oneloginDialect(writes: 'put' | 'patch'): IdpDialect {
  return {
    kind: 'onelogin',
    headerFormat: 'prefixed',
    headers: { 'user-agent': '' },

    async test(call) {
      const reply = await call('GET', '/Users?startIndex=1&count=1')
      found(reply)
      return reply
    },

    /** None is known. */
    background: () => Promise.resolve([]),

    async write(call, target) {
      const known =
        target.knownId ??
        found(await call('GET', `/Users?filter=${filter('userName', target.userName)}`))?.id
      if (known === undefined) {
        const made = await call('POST', '/Users', wholeUser(target))
        return { operation: 'create', id: idOf(made), status: made.status }
      }
      const operations = Object.entries(target.change).map(([path, value]) => ({
        op: 'replace',
        path,
        value,
      }))
      const changed = succeed(
        writes === 'put'
          ? await call('PUT', `/Users/${known}`, { id: known, ...wholeUser(target) })
          : await call('PATCH', `/Users/${known}`, patch(operations)),
      )
      return { operation: 'update', id: known, status: changed.status }
    },

    async group(call, { displayName, memberIds }) {
      const known = found(await call('GET', `/Groups?filter=${filter('displayName', displayName)}`))
      const body = { schemas: [GROUP_SCHEMA], displayName }
      const id = known?.id ?? idOf(await call('POST', '/Groups', body))
      const value = memberIds.map((member) => ({ value: member }))
      const operations = [{ op: 'add', path: 'members', value }]
      const changed = succeed(await call('PATCH', `/Groups/${id}`, patch(operations)))
      return { operation: known ? 'update' : 'create', id, status: changed.status }
    },
  }
}

function wholeUser({ userName, change }: UserTarget): object {
  const { givenName, familyName, fullName } = personOf(userName)
  return {
    schemas: [USER_SCHEMA],
    userName,
    externalId: userName,
    name: { givenName, familyName, formatted: fullName },
    emails: [{ value: userName, type: 'work', primary: true }],
    displayName: fullName,
    active: true,
    ...change,
  }
}
