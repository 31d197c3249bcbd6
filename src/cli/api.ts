/**
 * The HTTP contract from a person's side. Answers are tamed on arrival: names and sentences may come
 * from people, and nobody's text may move this terminal's cursor.
 */
import type { ProblemBody } from '../problem.ts'
import { CliFault, EXIT } from './fault.ts'
import { tame } from './terminal.ts'

export interface Api {
  get<T>(path: string): Promise<T>
  /** Every page of a list. */
  all<T>(path: string): Promise<T[]>
  /** `revision` becomes If-Match. */
  post<T>(path: string, body: object, revision?: number): Promise<T>
  patch(path: string, body: object, revision: number): Promise<void>
  remove(path: string): Promise<void>
  text(path: string): Promise<string>
}

/** A refusal as the server words it: what holds, and the remedy. */
export class ApiProblem extends CliFault {
  readonly problem: Partial<ProblemBody>
  readonly status: number

  constructor(status: number, problem: Partial<ProblemBody>) {
    const code = (problem.type ?? 'about:blank').replace('urn:interlock:problem:', '')
    const message = problem.detail ?? problem.title ?? `The answer was HTTP ${status}.`
    // The server speaks of a header; here the key comes from the environment.
    const remedy =
      code === 'unauthenticated'
        ? 'Set INTERLOCK_KEY to a key of this server that is neither revoked nor past its end; an owner makes one: interlock keys make.'
        : problem.remedy
    const { errors, unmet, missing, requestId } = problem
    super(
      code === 'invalid-input' ? EXIT.usage : EXIT.no,
      code,
      message,
      remedy ?? 'Check that the address is that of an Interlock.',
      Object.fromEntries(
        Object.entries({ status, errors, unmet, missing, requestId }).filter(
          ([, value]) => value !== undefined,
        ),
      ),
    )
    this.status = status
    this.problem = problem
  }
}

/** One request. It settles, or throws when there was no answer. */
export type Ask = (path: string, init: RequestInit) => Promise<Response>

/** `key` is a full access key. */
export function createApi(ask: Ask, key: string): Api {
  async function call(
    method: string,
    path: string,
    options: { body?: object; revision?: number; accept?: string } = {},
  ): Promise<string> {
    const { body, revision, accept = 'application/json' } = options
    const answer = await ask(path, {
      method,
      // The key must not follow to wherever an answer points.
      redirect: 'manual',
      headers: {
        Authorization: `Bearer ${key}`,
        Accept: accept,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(revision === undefined ? {} : { 'If-Match': `"${revision}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new ApiProblem(answer.status, problemIn(answer, text))
    return text
  }

  const get = async <T>(path: string): Promise<T> => parsed(await call('GET', path)) as T
  return {
    get,
    async all<T>(path: string) {
      const items: T[] = []
      let cursor: string | null = null
      do {
        const page: { items: T[]; nextCursor: string | null } = await get(
          `${path}${path.includes('?') ? '&' : '?'}limit=100${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
        )
        items.push(...page.items)
        cursor = page.nextCursor
      } while (cursor !== null)
      return items
    },
    post: async <T>(path: string, body: object, revision?: number) =>
      parsed(
        await call('POST', path, { body, ...(revision === undefined ? {} : { revision }) }),
      ) as T,
    patch: async (path, body, revision) => void (await call('PATCH', path, { body, revision })),
    remove: async (path) => void (await call('DELETE', path)),
    text: async (path) => tame(await call('GET', path, { accept: 'text/markdown' })),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text, (_name, value: unknown) =>
      typeof value === 'string' ? tame(value) : value,
    )
  } catch {
    throw notInterlock()
  }
}

function problemIn(answer: Response, text: string): Partial<ProblemBody> {
  const type = answer.headers.get('Content-Type') ?? ''
  if (!type.startsWith('application/problem+json')) return {}
  return parsed(text) as Partial<ProblemBody>
}

const notInterlock = (): CliFault =>
  new CliFault(
    EXIT.no,
    'not-interlock',
    'What answers there is not an Interlock.',
    'Check the address in --url; it is the one the server prints at its start.',
  )
