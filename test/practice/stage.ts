/** A practice provider on a real socket, with a clock that only the test moves. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createPractice } from '../../src/practice/practice.ts'
import type { Practice, PracticeOrder } from '../../src/practice/practice.ts'

export interface Stage {
  practice: Practice
  /** The mount, e.g. `http://127.0.0.1:40001/practice`. */
  url: string
  scim: string
  clock: { now: number }
  close(): Promise<void>
}

export const NOON = Date.UTC(2026, 0, 15, 12, 0, 0)

export async function openStage(order: PracticeOrder = {}, mount = '/practice'): Promise<Stage> {
  const clock = { now: NOON }
  const practice = createPractice({ clock: () => clock.now, ...order })
  const app = new Hono().route(mount, practice.app)
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}${mount}`
  return {
    practice,
    url,
    scim: `${url}/scim/v2`,
    clock,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

/** A JSON call, redirects left alone. */
export async function ask(
  url: string,
  order: { method?: string; token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Headers; text: string; body: Record<string, unknown> }> {
  const answer = await fetch(url, {
    method: order.method ?? 'GET',
    redirect: 'manual',
    headers: {
      ...(order.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(order.token === undefined ? {} : { authorization: `Bearer ${order.token}` }),
      ...order.headers,
    },
    ...(order.body === undefined ? {} : { body: JSON.stringify(order.body) }),
  })
  const text = await answer.text()
  let body: Record<string, unknown> = {}
  try {
    body = JSON.parse(text) as Record<string, unknown>
  } catch {
    // Not every answer is JSON; the text is there.
  }
  return { status: answer.status, headers: answer.headers, text, body }
}
