/** One run of the first checks against canned answers, and what was asked on the way. */
import { firstChecks } from '../../src/scim/check.ts'
import type { Check, CheckName, FirstChecks } from '../../src/scim/contract.ts'
import { Secret } from '../../src/secret.ts'
import { CONFIG, list, provider, type Canned } from './provider.ts'

export const TOKEN = 'scim_abcdefgh12345678'
export const token = new Secret(TOKEN)
export const USERS = '/Users'
export const DISCOVERY = '/ServiceProviderConfig'
export const fine = {
  [DISCOVERY]: { body: CONFIG },
  [USERS]: { body: list() },
  '/Groups': { body: list() },
}

export const run = async (
  answers: Record<string, Canned> | ((origin: string) => Record<string, Canned>),
  more: { token?: null; discoveryNeedsAuth?: 'note'; timeoutMs?: number } = {},
) => {
  const sp = await provider(typeof answers === 'function' ? answers : () => answers)
  const checks = await firstChecks(sp.send, {
    baseUrl: sp.baseUrl,
    token,
    discoveryNeedsAuth: 'fail',
    ...more,
  })
  return { ...sp, ...checks, outcomes: outcomes(checks) }
}

const outcomes = ({ checks }: FirstChecks) =>
  Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]))

export const find = (checks: readonly Check[], name: CheckName): Check => {
  const found = checks.find((check) => check.name === name)
  if (found === undefined) throw new Error('no such check')
  return found
}

/** One list-users answer, with everything else in order. */
export const users = async (answer: Canned) => {
  const result = await run({ ...fine, [USERS]: answer })
  return find(result.checks, 'list-users')
}
