/** `interlock keys`: access keys, by owners. A value is shown once, when the key is made. */
import type { Role } from '../access/role.ts'
import { JSON_OPTION, SERVER_OPTIONS } from './command.ts'
import type { Call, Command } from './command.ts'
import { EXIT, wrongUsage } from './fault.ts'
import { moment } from './view.ts'

const ROLES: readonly Role[] = ['owner', 'admin', 'approver', 'support', 'auditor']

interface KeyView {
  id: string
  name: string
  role: Role
  tenants: 'all' | string[]
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
}

export const keys: Command = {
  usage: 'list | make | revoke ID  [options]',
  about: [
    'Lists, makes and revokes access keys. Only owners may. A new key is printed once, on standard output; put it where secrets are kept. A revoked key stops with the next request and stays listed.',
  ],
  options: {
    ...SERVER_OPTIONS,
    name: { type: 'string', value: 'NAME', says: 'make: who or what it is for' },
    role: { type: 'string', value: 'ROLE', says: `make: ${ROLES.join(', ')}`, among: ROLES },
    tenants: { type: 'string', value: 'LIST', says: 'make: comma list of tenants, or all' },
    days: { type: 'string', value: 'DAYS', says: 'make: ends after so many days; default: never' },
    json: JSON_OPTION,
  },
  examples: [
    ['interlock keys make --name "Ada" --role admin --tenants acme,globex', 'for a person'],
    ['interlock keys list --url https://interlock.example', 'who has one?'],
    ['interlock keys revoke key_01j…', 'take it away, at once'],
  ],
  exits: { 0: 'done', 1: 'refused, or no answer', 2: 'it was called wrongly' },
  words: [1, 2],
  among: ['list', 'make', 'revoke'],
  async run(call) {
    const [verb, id] = call.words
    if (verb === 'revoke' ? id === undefined : id !== undefined) {
      throw wrongUsage('revoke takes the id of a key; list and make take none.', EXAMPLE)
    }
    if (verb === 'list') return listKeys(call)
    if (verb === 'make') return makeKey(call)
    if (verb === 'revoke') return revokeKey(call, id ?? '')
    throw wrongUsage('It is list, make or revoke.', EXAMPLE)
  },
}

const EXAMPLE = 'See: interlock keys --help'

async function listKeys(call: Call): Promise<number> {
  const { reaching } = await import('./reach.ts')
  return reaching(call, async ({ api }) => {
    const items = await api.all<KeyView>('/v1/keys')
    if (call.json) call.out.json({ items })
    for (const key of call.json ? [] : items) {
      const tenants = key.tenants === 'all' ? 'all tenants' : key.tenants.join(', ')
      call.out.line(`${key.id}  ${key.role.padEnd(8)}  ${key.name}  (${tenants}; ${standing(key)})`)
    }
    return EXIT.done
  })
}

function standing({ revokedAt, expiresAt }: KeyView): string {
  if (revokedAt !== null) return `revoked ${moment(revokedAt)}`
  return expiresAt === null ? 'no end' : `ends ${moment(expiresAt)}`
}

async function makeKey(call: Call): Promise<number> {
  const order = orderOf(call)
  const { reaching } = await import('./reach.ts')
  return reaching(call, async ({ api }) => {
    const made = await api.post<{ id: string; key: string }>('/v1/keys', order)
    if (call.json) call.out.json(made)
    else {
      // The value alone on standard output, so that it can be piped into a vault.
      call.err.line(`${made.id}: shown once, here. Lost? Revoke it and make another.`)
      call.out.line(made.key)
    }
    return EXIT.done
  })
}

function orderOf(call: Call): object {
  const name = call.text('name')
  const role = ROLES.find((one) => one === call.text('role'))
  const tenants = call.text('tenants')
  if (name === undefined || tenants === undefined || role === undefined) {
    throw wrongUsage(`make needs --name, --tenants and --role (${ROLES.join(', ')}).`, EXAMPLE)
  }
  const days = call.text('days')
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days)) {
    throw wrongUsage('--days must be a whole number from 1 to 9999.', EXAMPLE)
  }
  const ends = days === undefined ? null : new Date(Date.now() + Number(days) * 86_400_000)
  return {
    name,
    role,
    tenants: tenants === 'all' ? 'all' : tenants.split(',').map((tenant) => tenant.trim()),
    ...(ends === null ? {} : { expiresAt: ends.toISOString() }),
  }
}

async function revokeKey(call: Call, id: string): Promise<number> {
  const { reaching } = await import('./reach.ts')
  return reaching(call, async ({ api }) => {
    await api.remove(`/v1/keys/${encodeURIComponent(id)}`)
    if (call.json) call.out.json({ id, revoked: true })
    else call.out.line(`${id} is revoked.`)
    return EXIT.done
  })
}
