/**
 * Okta on the wire. Test: `GET /Users?startIndex=1&count=2`. Create: look-up by userName, POST.
 * Change: GET by id, then PUT of the whole resource (apps made by the AIW); templates and OIN apps may
 * PATCH. Deactivation is `active: false`; DELETE is never sent for users. Group Push: POST, then PATCH.
 * (Okta developer docs: concepts/scim and its FAQ, scim-provisioning-integration-connect; Delinea's
 * Okta endpoint reference.)
 */
import { filter, found, idOf, succeed } from './idp-call.ts'
import type { Call, IdpDialect, UserTarget } from './idp-contract.ts'
import { GROUP_SCHEMA, patch, personOf, USER_SCHEMA } from './idp-shape.ts'

export function oktaDialect(writes: 'put' | 'patch'): IdpDialect {
  return {
    kind: 'okta',
    headerFormat: 'verbatim',
    headers: { 'user-agent': 'Okta SCIM Client 1.0.0' },

    async test(call) {
      const reply = await call('GET', '/Users?startIndex=1&count=2')
      found(reply)
      return reply
    },

    /** A scheduled import: reads only, but with the saved token. */
    background: async (call) => [
      await call('GET', '/Users?startIndex=1&count=100'),
      await call('GET', '/Groups?startIndex=1&count=100'),
    ],

    async write(call, target) {
      const id = target.knownId ?? (await lookUp(call, target.userName))
      if (id === null) {
        const made = await call('POST', '/Users', newUser(target))
        return { operation: 'create', id: idOf(made), status: made.status }
      }
      const current = succeed(await call('GET', `/Users/${id}`)).body ?? {}
      const changed = succeed(
        writes === 'put'
          ? await call('PUT', `/Users/${id}`, { ...current, ...target.change })
          : await call('PATCH', `/Users/${id}`, patch([{ op: 'replace', value: target.change }])),
      )
      return { operation: 'update', id, status: changed.status }
    },

    async group(call, { displayName, memberIds }) {
      const query = `filter=${filter('displayName', displayName)}&startIndex=1&count=100`
      const known = found(await call('GET', `/Groups?${query}`))
      const members = memberIds.map((value) => ({ value }))
      if (known === null) {
        const body = { schemas: [GROUP_SCHEMA], displayName, members }
        const made = await call('POST', '/Groups', body)
        return { operation: 'create', id: idOf(made), status: made.status }
      }
      const operation = { op: 'replace', path: 'members', value: members }
      const changed = succeed(await call('PATCH', `/Groups/${known.id}`, patch([operation])))
      return { operation: 'update', id: known.id, status: changed.status }
    },
  }
}

async function lookUp(call: Call, userName: string): Promise<string | null> {
  const query = `filter=${filter('userName', userName)}&startIndex=1&count=100`
  return found(await call('GET', `/Users?${query}`))?.id ?? null
}

function newUser({ userName, change }: UserTarget): object {
  const { givenName, familyName, fullName } = personOf(userName)
  return {
    schemas: [USER_SCHEMA],
    userName,
    name: { givenName, familyName },
    emails: [{ primary: true, value: userName, type: 'work' }],
    displayName: fullName,
    locale: 'en-US',
    externalId: `00u${givenName}${familyName}`,
    groups: [],
    active: true,
    ...change,
  }
}
