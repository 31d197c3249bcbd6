/**
 * What `interlock check` costs beside its slowest single request, at a provider whose every answer takes
 * its time. The command runs whole (arguments, token from a pipe, requests, report) but in this process:
 * starting Node is the same for a check that asks nothing, and is told in the note.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { interlock } from '../cli/child.ts'
import { piped } from '../cli/screen.ts'
import { openProvider } from '../workflow/provider.ts'
import type { Provider } from '../workflow/provider.ts'
import { median, rowOf } from './row.ts'
import type { Row } from './row.ts'

/** Milliseconds before each answer. */
const EVEN = { discovery: 200, lists: 200 }
/** Discovery is a fixed document, a list a query. */
const UNEVEN = { discovery: 50, lists: 300 }
const ROUNDS = 9

interface Latency {
  discovery: number
  lists: number
}

export async function checkRows(): Promise<Row[]> {
  const provider = await openProvider(Date.now)
  const token = provider.practice.tokens.create({ name: 'bench' }).value.reveal()
  const home = await mkdtemp(join(tmpdir(), 'interlock-bench-'))
  try {
    const known = { HOME: home }
    await measured(provider, token, known, EVEN)
    const again = await ratios(provider, token, known, EVEN)
    const uneven = await ratios(provider, token, {}, UNEVEN)
    const first = await ratios(provider, token, {}, EVEN)
    const { exit } = await interlock(['version'])
    const began = performance.now()
    await interlock(['version'])
    const start = `starting Node, not counted: ${Math.round(performance.now() - began)} ms`
    if (exit !== 0) throw new Error('interlock does not start')
    return [
      rowOf(
        'check / slowest request',
        again,
        '<= 1.3',
        `${said(EVEN)}, base URL seen before; ${start}`,
      ),
      rowOf('… first sight, quick discovery', uneven, '<= 1.3', said(UNEVEN)),
      rowOf(
        '… first sight, slow discovery',
        first,
        '<= 2.3',
        `${said(EVEN)}; a new host must answer discovery before it sees a token`,
      ),
    ]
  } finally {
    await provider.close()
    await rm(home, { recursive: true })
  }
}

async function ratios(
  provider: Provider,
  token: string,
  env: Record<string, string>,
  latency: Latency,
): Promise<number> {
  const seen: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    seen.push(await measured(provider, token, env, latency))
  }
  return median(seen)
}

async function measured(
  provider: Provider,
  token: string,
  env: Record<string, string>,
  latency: Latency,
): Promise<number> {
  provider.tap = async (passing) => {
    const ms = passing.path.endsWith('/ServiceProviderConfig') ? latency.discovery : latency.lists
    await new Promise((resolve) => setTimeout(resolve, ms))
    return passing.answer()
  }
  const began = performance.now()
  const ended = await piped(
    ['check', `${provider.url}/scim/v2`, '--json'],
    { ...env, INTERLOCK_ALLOW_TARGETS: provider.host },
    token,
  )
  const took = performance.now() - began
  const { passed, checks } = JSON.parse(ended.stdout) as {
    passed: boolean
    checks: { durationMs: number }[]
  }
  if (!passed) throw new Error('the provider is not healthy')
  return took / Math.max(...checks.map(({ durationMs }) => durationMs))
}

const said = ({ discovery, lists }: Latency): string =>
  `discovery ${discovery} ms, lists ${lists} ms, median of ${ROUNDS}`
