/**
 * Microsoft Entra ID on the wire. Test: a filtered look-up of a random GUID among users and groups,
 * where an empty list is the success; the same look-ups run in the background of each cycle. Create:
 * look-up by the matching attribute, POST. Change: PATCH with capitalised operations, only of what
 * differs; nothing differs → skipped (RedundantExport). Groups are made empty, members are PATCHed in.
 * (learn.microsoft.com: use-scim-to-provision-users-and-groups, provision-on-demand.)
 */
import { randomUUID } from 'node:crypto'
import { filter, found, idOf, succeed } from './idp-call.ts'
import { CallFailed } from './idp-contract.ts'
import type { Call, IdpDialect, Reply, UserTarget } from './idp-contract.ts'
import {
  alreadyHas,
  ENTERPRISE_SCHEMA,
  GROUP_SCHEMA,
  patch,
  personOf,
  USER_SCHEMA,
} from './idp-shape.ts'

export function entraDialect(): IdpDialect {
  return {
    kind: 'entra',
    headerFormat: 'prefixed',
    headers: {},

    async test(call) {
      const [users, groups] = await probe(call)
      return users.status === 200 ? groups : users
    },

    background: probe,

    async write(call, target) {
      const known =
        target.knownId === null
          ? found(await call('GET', `/Users?filter=${filter('userName', target.userName)}`))
          : (succeed(await call('GET', `/Users/${target.knownId}`)).body as { id: string } | null)
      if (known === null) {
        const made = await call('POST', '/Users', newUser(target))
        return { operation: 'create', id: idOf(made), status: made.status }
      }
      const { id } = known
      if (alreadyHas(known, target.change)) return { operation: 'skipped', id, status: 200 }
      const operations = Object.entries(target.change)
        .filter(([path, value]) => !alreadyHas(known, { [path]: value }))
        .map(([path, value]) => ({ op: 'Replace', path, value }))
      const changed = succeed(await call('PATCH', `/Users/${id}`, patch(operations)))
      return { operation: 'update', id, status: changed.status }
    },

    async group(call, { displayName, memberIds }) {
      const query = `excludedAttributes=members&filter=${filter('displayName', displayName)}`
      const known = found(await call('GET', `/Groups?${query}`))
      const id = known?.id ?? idOf(await call('POST', '/Groups', newGroup(displayName)))
      const operations = memberIds.map((value) => ({
        op: 'Add',
        path: 'members',
        value: [{ value }],
      }))
      const changed = succeed(await call('PATCH', `/Groups/${id}`, patch(operations)))
      return { operation: known ? 'update' : 'create', id, status: changed.status }
    },
  }
}

/** 200 and an empty list, or it is no success: 404 for "nobody" is the classic mistake. */
async function probe(call: Call): Promise<[Reply, Reply]> {
  const users = await call('GET', `/Users?filter=${filter('userName', randomUUID())}`)
  const query = `excludedAttributes=members&filter=${filter('displayName', randomUUID())}`
  const groups = await call('GET', `/Groups?${query}`)
  for (const reply of [users, groups]) {
    if (reply.status === 200 && found(reply) !== null) throw new CallFailed(reply.status)
  }
  return [users, groups]
}

function newUser({ userName, change }: UserTarget): object {
  const { givenName, familyName, fullName } = personOf(userName)
  return {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    externalId: userName.split('@', 1)[0],
    userName,
    active: true,
    emails: [{ primary: true, type: 'work', value: userName }],
    meta: { resourceType: 'User' },
    name: { formatted: fullName, familyName, givenName },
    ...change,
  }
}

function newGroup(displayName: string): object {
  return {
    schemas: [GROUP_SCHEMA],
    externalId: randomUUID(),
    displayName,
    meta: { resourceType: 'Group' },
  }
}
