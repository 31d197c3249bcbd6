/** The first checks for people: a line per check that moves while they run, then what they mean. */
import type { Finding } from '../diagnosis/finding.ts'
import type { BaseUrlFinding } from '../scim/base-url.ts'
import type { Check, CheckName, Exchange } from '../scim/contract.ts'
import { tame, wrap } from './terminal.ts'
import type { Out } from './terminal.ts'
import { mark, WHO } from './view.ts'

const WIDTH = 'token-metadata'.length

export interface LiveLines {
  tell(name: CheckName, exchange: Exchange | null): void
  /** Takes the lines away again. */
  clear(): void
}

/** A line for each request that is out; on anything but a terminal: nothing. */
export function liveLines(out: Out): LiveLines {
  const lines = new Map<CheckName, string>()
  let drawn = 0
  const clear = (): void => {
    if (drawn > 0) out.raw(`\u001B[${drawn}F\u001B[J`)
    drawn = 0
  }
  return {
    clear,
    tell(name, exchange) {
      if (!out.live) return
      clear()
      // Never wider than the terminal: a line that breaks could not be taken away again.
      const told = `${name.padEnd(WIDTH)}  ${soFar(exchange)}`.slice(0, out.columns - 3)
      lines.set(name, `${out.ink.wait('◌')} ${told}`)
      for (const line of lines.values()) out.line(line)
      drawn = lines.size
    },
  }
}

function soFar(exchange: Exchange | null): string {
  if (exchange === null) return 'asked, waiting for the answer'
  const took = `${exchange.endedAt - exchange.startedAt} ms`
  return exchange.kind === 'answer' ? `HTTP ${exchange.status} in ${took}` : `no answer in ${took}`
}

export function checkLines(out: Out, checks: readonly Check[]): string[] {
  return checks.flatMap(({ name, outcome, httpStatus, scimType, durationMs, detail }) => {
    const facts = [
      httpStatus === undefined ? null : `HTTP ${httpStatus}`,
      scimType ?? null,
      durationMs === 0 ? null : `${durationMs} ms`,
    ].filter((fact) => fact !== null)
    const said = facts.length === 0 ? '' : ` ${out.ink.quiet(facts.join(', '))}`
    return [
      `${mark(out.ink, outcome)}  ${out.ink.strong(name)}${said}`,
      wrap(tame(detail), out.columns, '           '),
    ]
  })
}

export function findingLines(out: Out, findings: readonly Finding[]): string[] {
  const { ink, columns } = out
  return findings.flatMap((finding, index) => {
    const doers = [...new Set(finding.checks.map(({ who }) => who))]
    const stop = finding.stopRollout ? ink.bad('  STOP THE ROLLOUT') : ''
    return [
      `${index + 1}. ${ink.strong(tame(finding.title))} (${finding.likelihood})${stop}`,
      wrap(tame(finding.meaning), columns, '   '),
      ...list('Because', finding.because, out),
      ...list('Usual causes', finding.causes, out),
      ...doers.flatMap((doer) =>
        list(
          `For ${WHO[doer]}`,
          finding.checks.filter(({ who }) => who === doer).map(({ text }) => text),
          out,
        ),
      ),
      wrap(`→ Next: ${tame(finding.next)}`, columns, '   ', '  '),
      '',
    ]
  })
}

function list(title: string, items: readonly string[], { columns }: Out): string[] {
  if (items.length === 0) return []
  return [`   ${title}`, ...items.map((item) => wrap(`- ${tame(item)}`, columns, '     ', '  '))]
}

/** What is worth saying of the base URL though it could be asked. */
export const BASE_URL_NOTES: Readonly<Record<BaseUrlFinding, string>> = {
  'surrounding-space': 'There was space around the base URL; check the field in the IdP for it.',
  'trailing-slash': 'The base URL ended in a slash; it was left out here.',
  'doubled-slash': 'There was a doubled slash in the base URL’s path; it was reduced to one here.',
  'plain-http': 'The base URL is plain http: a token sent there travels in the clear.',
  'missing-scim-v2': 'The path does not end in /scim/v2, as most service providers have it.',
  'ends-in-resource':
    'The base URL ends in a resource such as /Users; the base is what stands before it.',
  'scim-v1': 'The base URL ends in /v1: SCIM 1.1 is another protocol.',
  underscore: 'There is an underscore in the base URL; Okta refuses such a base URL.',
}
