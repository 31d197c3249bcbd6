/** A case as a test walks it: opened, answered, submitted, by the calls a page would make. */
import { expect } from 'vitest'
import type { Answer, Person } from '../workflow/person.ts'
import type { Stage } from '../workflow/stage.ts'

export interface Case {
  id: string
  path: string
  by: Person
  view(who?: Person): Promise<Answer>
  /** Reads the case first and sends its revision, as a page does. */
  call(verb: string, body?: unknown, who?: Person): Promise<Answer>
  patch(body: unknown, who?: Person): Promise<Answer>
  must(verb: string, body?: unknown, status?: number, who?: Person): Promise<Answer>
}

export async function openCase(
  by: Person,
  about: { connectionId?: string; rotationId?: string } = {},
): Promise<Case> {
  const opened = await by.send('POST', '/v1/escalations', { body: about })
  expect(opened.status, opened.text).toBe(201)
  return caseOf(by, String(opened.body['id']))
}

export function caseOf(by: Person, id: string): Case {
  const path = `/v1/escalations/${id}`
  const change = async (method: string, where: string, body: unknown, who: Person) => {
    const seen = await who.send('GET', path)
    return who.send(method, where, { body, ifMatch: seen.headers.get('ETag') ?? '"1"' })
  }
  const made: Case = {
    id,
    path,
    by,
    view: (who = by) => who.send('GET', path),
    call: (verb, body = {}, who = by) => change('POST', `${path}/${verb}`, body, who),
    patch: (body, who = by) => change('PATCH', path, body, who),
    async must(verb, body = {}, status = 200, who = by) {
      const answer = await made.call(verb, body, who)
      expect(answer.status, `${verb}: ${answer.text}`).toBe(status)
      return answer
    },
  }
  return made
}

/** Everything that nothing of Interlock's can see in a fresh connection. */
export const ANSWERS = {
  operation: 'update',
  occurredAt: '2026-11-24T11:58:00.000Z',
  httpStatus: 401,
  tokenRecentlyUsed: false,
} as const

/** A submitted case of this connection. */
export async function submitted(
  stage: Stage,
  connectionId: string,
): Promise<{ escalation: string; bundle: string }> {
  const one = await openCase(stage.owner, { connectionId })
  expect((await one.patch(ANSWERS)).status).toBe(200)
  const done = await one.must('submit')
  const { id } = done.body['bundle'] as { id: string }
  return { escalation: one.id, bundle: id }
}
