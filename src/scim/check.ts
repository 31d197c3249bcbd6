/**
 * The first checks: discovery without a token, then the lists with it, side by side. The order is a
 * safety rule: a mistyped host must show that it speaks SCIM before it is handed a live token. Where
 * it has shown that before, order does not matter, and all three go out at once.
 */
import type { Secret } from '../secret.ts'
import { isProviderConfig, listIn, readAnswer, type ReadAnswer } from './answer.ts'
import type { Check, CheckName, Exchange, FirstChecks, Send } from './contract.ts'
import { answerDetail, FAILURE_DETAIL } from './detail.ts'
import { compareHosts, metaLocations, type Named } from './named-host.ts'
import { ownUseOf } from './own-use.ts'

export interface FirstChecksOrder {
  /** As `parseBaseUrl` gives it: no trailing slash. */
  baseUrl: string
  /** Null: only what can be seen without one. */
  token: Secret | null
  /** What a 401 or 403 to discovery means: `fail` where discovery is public, `note` where it need not be (RFC 7643 §5). */
  discoveryNeedsAuth: 'fail' | 'note'
  /** Discovery has answered as SCIM at this very base URL before. */
  seenBefore?: boolean
  /** Awaited before the token is used for the first time. */
  beforeToken?: () => Promise<void>
  /** Each request has this long for itself. 10 s unless told. */
  timeoutMs?: number
}

/** One request and what it says. */
interface Step {
  check: Check
  exchange: Exchange
  read: ReadAnswer | null
}

const ACCEPT = { accept: 'application/scim+json, application/json' }

/** No retries: what is reported is what happened. Never throws as long as `send` does not. */
export async function firstChecks(send: Send, order: FirstChecksOrder): Promise<FirstChecks> {
  const timeoutMs = order.timeoutMs ?? 10_000
  const get = (path: string, bearer?: Secret): Promise<Exchange> =>
    send({
      url: `${order.baseUrl}${path}`,
      method: 'GET',
      headers: ACCEPT,
      timeoutMs,
      ...(bearer && { bearer }),
    })
  const discover = async (): Promise<Step> =>
    judgeDiscovery(await get('/ServiceProviderConfig'), order.discoveryNeedsAuth)
  const { token } = order
  const list = async (bearer: Secret): Promise<Step[]> => {
    await order.beforeToken?.()
    return Promise.all(
      LISTS.map(async (name) =>
        judgeList(name, await get(`${LIST_PATH[name]}?startIndex=1&count=1`, bearer)),
      ),
    )
  }
  if (token !== null && order.seenBefore === true) {
    const [discovery, lists] = await Promise.all([discover(), list(token)])
    return report(order, discovery, lists, checksOf(lists))
  }
  const discovery = await discover()
  const reason = token === null ? 'No token was given.' : whyNoToken(discovery)
  if (token === null || reason !== null) {
    const without = reason ?? ''
    return report(
      order,
      discovery,
      [],
      [skipped('list-users', without), skipped('list-groups', without)],
    )
  }
  const lists = await list(token)
  return report(order, discovery, lists, checksOf(lists))
}

const checksOf = (steps: readonly Step[]): Check[] => steps.map(({ check }) => check)

const LISTS = ['list-users', 'list-groups'] as const
const LIST_PATH = { 'list-users': '/Users', 'list-groups': '/Groups' } as const

function judgeDiscovery(exchange: Exchange, needsAuth: 'fail' | 'note'): Step {
  const read = exchange.kind === 'answer' ? readAnswer(exchange) : null
  if (read?.status === 200 && isProviderConfig(read.json)) {
    return step('discovery', exchange, read, 'pass', 'Discovery answers as SCIM, without a token.')
  }
  if (needsAuth === 'note' && read !== null && asksForAuthentication(read)) {
    const detail = `HTTP ${read.status}: this service provider wants a token for discovery, so it says nothing about the base URL.`
    return step('discovery', exchange, read, 'skipped', detail)
  }
  return step('discovery', exchange, read, 'fail')
}

function judgeList(name: 'list-users' | 'list-groups', exchange: Exchange): Step {
  const read = exchange.kind === 'answer' ? readAnswer(exchange) : null
  return read?.status === 200 && listIn(read.json) !== null
    ? step(name, exchange, read, 'pass', 'The list was answered with this token.')
    : step(name, exchange, read, 'fail')
}

const asksForAuthentication = (read: ReadAnswer): boolean =>
  read.status === 401 || read.status === 403

/**
 * Null when the token may be sent. An error answer is no obstacle (some offer no discovery), but
 * silence, a redirect and a host that shows itself to be something other than SCIM are.
 */
function whyNoToken({ read, check }: Step): string | null {
  if (read === null) return 'The token was not sent, because discovery got no answer.'
  if (read.kind === 'redirect') return 'The token was not sent, because discovery was redirected.'
  const challenged = read.status === 401 && read.challenged
  if (read.kind === 'web-page' && !challenged) {
    return 'The token was not sent, because discovery answered with a web page instead of SCIM.'
  }
  return read.status < 300 && check.outcome !== 'pass'
    ? 'The token was not sent, because what answered discovery is not SCIM.'
    : null
}

function step(
  name: CheckName,
  exchange: Exchange,
  read: ReadAnswer | null,
  outcome: Check['outcome'],
  said?: string,
): Step {
  const durationMs = exchange.endedAt - exchange.startedAt
  if (exchange.kind === 'failure' || read === null) {
    const failure = exchange.kind === 'failure' ? exchange.failure : 'connection-lost'
    const detail = FAILURE_DETAIL[failure]
    return { exchange, read, check: { name, outcome: 'fail', failure, durationMs, detail } }
  }
  const check: Check = {
    name,
    outcome,
    httpStatus: read.status,
    answer: read.kind,
    ...(read.scimType !== null && { scimType: read.scimType }),
    ...(read.retryAfterSeconds !== null && { retryAfterSeconds: read.retryAfterSeconds }),
    durationMs,
    detail: said ?? answerDetail(read),
  }
  return { exchange, read, check }
}

const skipped = (name: CheckName, detail: string): Check => ({
  name,
  outcome: 'skipped',
  durationMs: 0,
  detail,
})

function report(
  order: FirstChecksOrder,
  discovery: Step,
  lists: readonly Step[],
  listChecks: readonly Check[],
): FirstChecks {
  const steps = [discovery, ...lists]
  const hosts = compareHosts(order.baseUrl, steps.flatMap(namedIn))
  return {
    checks: [discovery.check, ...listChecks, environmentCheck(hosts)],
    ownUses: lists.map(({ exchange }) => ownUseOf(exchange)).filter((use) => use !== null),
    clock: steps.flatMap(({ exchange }) =>
      exchange.kind === 'answer' && exchange.clock !== null ? [exchange.clock] : [],
    ),
    ...hosts,
  }
}

/** Error bodies are not asked: they have no resource whose place they could name. */
function namedIn({ exchange, read }: Step): Named[] {
  if (exchange.kind === 'failure' || read === null) return []
  const location = exchange.headers['location']
  if (read.kind === 'redirect') {
    return location === undefined ? [] : [{ source: 'redirect', location }]
  }
  if (read.status !== 200) return []
  return metaLocations([read.json, ...(listIn(read.json)?.resources ?? [])])
}

function environmentCheck(hosts: ReturnType<typeof compareHosts>): Check {
  const check = { name: 'environment' as const, durationMs: 0 }
  if (hosts.mismatches.length > 0) {
    const detail =
      'An answer names another host than the base URL: this may be another tenant or environment.'
    return { ...check, outcome: 'fail', detail }
  }
  return hosts.confirmedHosts.length > 0
    ? { ...check, outcome: 'pass', detail: 'The answers name the same host as the base URL.' }
    : { ...check, outcome: 'skipped', detail: 'No answer named a host to compare.' }
}
