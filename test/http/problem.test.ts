import { describe, expect, it } from 'vitest'
import { problemBody, ProblemError } from '../../src/problem.ts'
import { PROBLEMS } from '../../src/problem-catalogue.ts'
import type { ProblemCode } from '../../src/problem-catalogue.ts'
import { problemOf, start } from './harness.ts'
import { createProbe } from './probe-route.ts'

const codes = Object.keys(PROBLEMS) as ProblemCode[]

/** What other parts rely on; written down here once more, so that a change is noticed. */
const PROMISED: Partial<Record<ProblemCode, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'payload-too-large': 413,
  'not-json': 415,
  'malformed-json': 400,
  'invalid-input': 422,
  'token-in-field': 422,
  'precondition-required': 428,
  'stale-revision': 412,
  'bad-precondition': 400,
  'idempotency-key-reused': 422,
  'idempotency-in-flight': 409,
  'rotation-in-progress': 409,
  'no-overlap': 409,
  'step-not-open': 409,
  'revocation-blocked': 409,
  'old-token-given': 422,
  'portal-not-connected': 409,
  'portal-failed': 502,
  'escalation-incomplete': 409,
  'bundle-not-clean': 409,
  'target-refused': 422,
  'bad-cursor': 400,
  throttled: 429,
  unavailable: 503,
  internal: 500,
}

describe('the catalogue', () => {
  it('keeps its promises', () => {
    for (const [code, status] of Object.entries(PROMISED)) {
      expect(PROBLEMS[code as ProblemCode].status, code).toBe(status)
    }
  })

  it('says in whole sentences what to do next', () => {
    for (const code of codes) {
      const { title, remedy } = PROBLEMS[code]
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(title, code).toMatch(/^[A-Z].*[^.!]$/)
      expect(remedy, code).toMatch(/^[A-Z].*\.$/)
      expect(`${title} ${remedy}`, code).not.toMatch(/please|oops|successfully|simply/i)
    }
  })
})

describe('a problem', () => {
  it('is whole for every code', async () => {
    const probe = createProbe()
    const h = await start([probe.mount])
    for (const code of codes) {
      probe.next = () => {
        throw new ProblemError(code)
      }
      const answer = await h.ask('POST', '/v1/probes/lax')
      const { status, title, remedy } = PROBLEMS[code]
      expect(answer.status, code).toBe(status)
      expect(await problemOf(answer), code).toEqual({
        type: `urn:interlock:problem:${code}`,
        title,
        status,
        detail: `${title}.`,
        remedy,
        requestId: answer.headers.get('X-Request-Id'),
      })
      expect(answer.headers.has('WWW-Authenticate'), code).toBe(status === 401)
    }
    await h.end()
  })

  it('carries what is missing, and cannot be told to carry another status', () => {
    const extensions = { missing: ['idp'], currentStep: 'test', status: 200 } as object
    const problem = new ProblemError('escalation-incomplete', 'One item is missing.', extensions)
    expect(problemBody(problem, 'req_1')).toMatchObject({
      status: 409,
      missing: ['idp'],
      currentStep: 'test',
      detail: 'One item is missing.',
      requestId: 'req_1',
    })
    expect(problem.message).toBe('escalation-incomplete')
  })
})
