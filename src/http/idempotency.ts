/**
 * `Idempotency-Key` on a POST: the same key and body gets the first answer again. The scope is the
 * access key, the method and the path. What was refused for its headers alone (If-Match, say) is not
 * kept, since the remedy is the same body with other headers; nor is what failed on our side.
 */
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { instant, ms } from '../../machines/vocabulary.ts'
import { keyedDigest } from '../access/derived-key.ts'
import { INTERLOCK } from '../access/key.ts'
import { ProblemError } from '../problem.ts'
import { StaleRevision } from '../store/contract.ts'
import type { Store } from '../store/contract.ts'
import { ANSWER_KEPT_MS, parseAnswerRecord, withoutShownOnce } from './answer-record.ts'
import type { AnswerRecord } from './answer-record.ts'
import type { AppDeps, AppEnv } from './env.ts'

const SHOWN_ONCE: readonly string[] = ['token', 'key', 'value']

export function idempotency(deps: Pick<AppDeps, 'store' | 'secret' | 'clock' | 'log'>) {
  const { store, clock, log } = deps
  const digest = keyedDigest(deps.secret, 'idempotency')
  const running = new Map<string, string>()

  return createMiddleware<AppEnv>(async function idempotency(c, next) {
    const key = c.req.header('Idempotency-Key')
    if (c.req.method !== 'POST' || key === undefined || c.get('principal') === undefined) {
      return next()
    }
    if (!/^[\x20-\x7e]{1,200}$/.test(key)) throw new ProblemError('bad-idempotency-key')
    const body = digest(await c.req.text())
    const id = digest(JSON.stringify([c.get('actor').id, c.req.method, c.req.path, key]))

    const other = running.get(id)
    if (other !== undefined) {
      throw new ProblemError(other === body ? 'idempotency-in-flight' : 'idempotency-key-reused')
    }
    // Taken before the first look at the store: of two at once, one runs.
    running.set(id, body)
    try {
      const kept = await fresh(store, id, clock())
      if (kept !== null) {
        if (kept.digest !== body) throw new ProblemError('idempotency-key-reused')
        return replay(c, kept)
      }
      await next()
      if (!isKept(c)) return
      const record = await answerOf(c, body, instant(clock()))
      await keep(store, id, record).catch((error: unknown) => {
        // The effect happened and the answer is true: it goes out, only a repeat would not get it again.
        log.warn({ requestId: c.get('requestId'), error }, 'answer not kept')
      })
    } finally {
      running.delete(id)
    }
  })
}

function isKept(c: Context<AppEnv>): boolean {
  const { status } = c.res
  return status < 300 || status === 404 || status === 409 || status === 422
}

async function fresh(store: Store, id: string, now: number): Promise<AnswerRecord | null> {
  const stored = await store.load('answer', id)
  if (stored === null) return null
  const record = parseAnswerRecord(stored.record)
  if (now - ms(record.at) < ANSWER_KEPT_MS) return record
  await store.remove('answer', id)
  return null
}

async function answerOf(c: Context<AppEnv>, digest: string, at: string): Promise<AnswerRecord> {
  const type = c.res.headers.get('Content-Type') ?? ''
  const contentType = /^application\/(problem\+)?json/.exec(type)?.[0] ?? null
  const text = contentType === null ? '' : await c.res.clone().text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  return parseAnswerRecord({
    version: 1,
    digest,
    status: c.res.status,
    contentType,
    etag: c.res.headers.get('ETag'),
    body: withoutShownOnce(body, c.get('shownOnce') ?? SHOWN_ONCE, at),
    at,
  })
}

async function keep(store: Store, id: string, record: AnswerRecord): Promise<void> {
  const entry = {
    at: record.at,
    actor: INTERLOCK,
    event: 'answer.kept',
    outcome: 'applied',
  } as const
  await store.commit('answer', id, 0, record, entry).catch((error: unknown) => {
    // Another instance kept its answer first: that one is the first.
    if (!(error instanceof StaleRevision)) throw error
  })
}

function replay(c: Context<AppEnv>, kept: AnswerRecord): Response {
  const headers = new Headers({ 'Idempotency-Replayed': 'true' })
  if (kept.contentType !== null) headers.set('Content-Type', kept.contentType)
  if (kept.etag !== null) headers.set('ETag', kept.etag)
  const text = kept.contentType === null ? null : JSON.stringify(kept.body)
  return c.newResponse(text, kept.status as 200, Object.fromEntries(headers))
}

/** At start: removes what no repeat would get any more. → how many. */
export async function sweepAnswers(store: Store, now: number): Promise<number> {
  let swept = 0
  let cursor: string | undefined
  do {
    const page = await store.list('answer', {
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const head of page.items) {
      if (now - ms(head.updatedAt) < ANSWER_KEPT_MS) continue
      await store.remove('answer', head.id)
      swept += 1
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return swept
}
