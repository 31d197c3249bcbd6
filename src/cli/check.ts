/** `interlock check`: the first checks in a terminal, with the token from a prompt or standard input only. */
import type { Idp } from '../../machines/vocabulary.ts'
import { JSON_OPTION } from './command.ts'
import type { Call, Command } from './command.ts'
import { EXIT, wrongUsage } from './fault.ts'
import { readToken } from './token-source.ts'

const IDPS = ['okta', 'entra', 'onelogin', 'generic'] as const

export const check: Command = {
  usage: 'BASE_URL [options]',
  about: [
    'Asks a SCIM service provider what the troubleshooting guide asks first: does discovery answer without a token, can the token list users and groups, and do the answers name the host they came from. Then says what that means, and who does what next. It needs no server and no store, and changes nothing there.',
    'The token is asked for without being shown, or read from standard input; it is never an argument. It is sent only after discovery has shown that SCIM answers there, now or at an earlier check from this machine (which keeps a digest of the base URL for 90 days, nothing else). What it is used for moves the portal’s “last used”: during a rotation, use the test of the rotation instead.',
  ],
  options: {
    json: JSON_OPTION,
    'no-token': { type: 'boolean', says: 'only what can be seen without a token' },
    idp: {
      type: 'string',
      value: 'IDP',
      says: `who sends the requests: ${IDPS.join(', ')}; adds what to look at there`,
      among: IDPS,
    },
    'public-discovery': {
      type: 'boolean',
      says: 'discovery is public here (AxonFlow): a 401 to it is a fault',
    },
    allow: {
      type: 'string',
      value: 'HOST[:PORT]',
      says: 'may be private or plain http; a comma list, besides INTERLOCK_ALLOW_TARGETS',
    },
    timeout: { type: 'string', value: 'SECONDS', says: 'for each request, 1 to 60; default 10' },
  },
  examples: [
    ['interlock check https://portal.example/scim/v2 --idp okta', 'asks for the token'],
    ['pass scim/acme | interlock check https://portal.example/scim/v2 --json', 'in a script'],
    [
      'interlock check http://10.0.0.7:8080/scim/v2 --allow 10.0.0.7:8080',
      'a portal inside your network',
    ],
  ],
  exits: {
    0: 'all passed',
    1: 'there are findings',
    2: 'it was called wrongly: base URL, token or option cannot be used',
  },
  words: [1, 1],
  async run(call) {
    const { json, out, words } = call
    const [{ parseBaseUrl }, report, { judgeTarget }] = await Promise.all([
      import('../scim/base-url.ts'),
      import('./check-report.ts'),
      import('../scim/target.ts'),
    ])
    const idp = idpOf(call)
    const timeoutMs = timeoutOf(call)
    const allow = await allowOf(call)
    const url = parseBaseUrl(words[0] ?? '')
    if (!url.ok) throw wrongUsage(URL_FAULTS[url.fault] ?? URL_FAULTS.syntax, EXAMPLE)
    if (typeof judgeTarget(url.baseUrl, allow) === 'string') {
      throw wrongUsage(
        'Plain http is called only where you say so: the token would travel in the clear.',
        'Use https, or name the host: --allow HOST:PORT',
      )
    }
    const given = call.has('no-token') ? null : await readToken(call, 'SCIM token')
    const [{ runCheck }, { remember, wasSeen }] = await Promise.all([
      import('./check-run.ts'),
      import('./seen-before.ts'),
    ])
    const { env } = call.terminal
    if (!json) out.line(`First checks of ${url.baseUrl}\n`)
    const live = report.liveLines(out)
    const { checks, findings } = await runCheck({
      baseUrl: url.baseUrl,
      baseUrlFindings: url.findings,
      token: given?.value ?? null,
      corrections: given?.corrections ?? [],
      idp,
      discoveryIsPublic: call.has('public-discovery'),
      allow,
      timeoutMs,
      seenBefore: await wasSeen(env, url.baseUrl, Date.now()),
      ...(json ? {} : { onRequest: (name, exchange) => live.tell(name, exchange) }),
    })
    live.clear()
    const spoke = checks.some(({ name, outcome }) => name === 'discovery' && outcome === 'pass')
    const strange = checks.some(({ name, outcome }) => name === 'environment' && outcome === 'fail')
    if (spoke && !strange) await remember(env, url.baseUrl, Date.now())
    const passed = findings.length === 0
    const notes = [
      ...url.findings.map((code) => report.BASE_URL_NOTES[code]),
      ...(given?.notes ?? []),
    ]
    if (json) out.json({ baseUrl: url.baseUrl, passed, checks, findings, notes })
    else {
      for (const line of report.checkLines(out, checks)) out.line(line)
      for (const note of notes) out.line(`  note     ${note}`)
      out.line()
      if (passed) out.line(out.ink.good('All passed.'))
      else
        out.line(
          `${findings.length === 1 ? '1 finding' : `${findings.length} findings, the likeliest first`}\n`,
        )
      for (const line of report.findingLines(out, findings)) out.line(line)
    }
    return passed ? EXIT.done : EXIT.no
  },
}

function idpOf(call: Call): Idp | null {
  const text = call.text('idp')
  const idp = IDPS.find((one) => one === text)
  if (text !== undefined && idp === undefined) {
    throw wrongUsage(`--idp must be one of ${IDPS.join(', ')}.`, 'Example: --idp okta')
  }
  return idp ?? null
}

function timeoutOf(call: Call): number {
  const text = call.text('timeout') ?? '10'
  const seconds = /^\d{1,2}$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > 60) {
    throw wrongUsage('--timeout must be 1 to 60 seconds.', 'Example: --timeout 20')
  }
  return seconds * 1000
}

async function allowOf(call: Call) {
  const { AllowTargetsError, parseAllowTargets } = await import('../scim/target.ts')
  const texts = [call.text('allow'), call.terminal.env['INTERLOCK_ALLOW_TARGETS']]
  try {
    return { entries: texts.flatMap((text) => parseAllowTargets(text).entries) }
  } catch (error) {
    if (!(error instanceof AllowTargetsError)) throw error
    throw wrongUsage(
      `--allow and INTERLOCK_ALLOW_TARGETS take HOST or HOST:PORT; entry ${error.position} is neither.`,
      'Example: --allow 10.0.0.7:8080',
    )
  }
}

const EXAMPLE = 'Example: interlock check https://portal.example/scim/v2'

/** None repeats what was typed: there may be a token in it. */
const URL_FAULTS: Readonly<Record<string, string>> & { readonly syntax: string } = {
  syntax: 'The base URL is not an http or https URL.',
  userinfo: 'There is a user name or password in the base URL; it is in the shell’s history now.',
  query: 'There is a query in the base URL. If it held a token, treat that token as exposed.',
  fragment: 'There is a # in the base URL; leave it and what follows out.',
  path: 'The base URL’s path has characters that no path has; is a {placeholder} still in it?',
}
