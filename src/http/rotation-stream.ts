/** Server-sent events (WHATWG HTML §9.2): the present revision at once, then one event per commit. */
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Held } from '../workflow/advance.ts'
import type { Ctx } from '../workflow/context.ts'
import type { AppEnv } from './env.ts'

/** Proxies close a silent connection; a comment keeps it open. */
const KEEP_ALIVE_MS = 15_000

export function streamChanges(c: Context<AppEnv>, ctx: Ctx, held: Held): Response {
  return streamSSE(c, async (stream) => {
    let wake = (): void => {}
    let newest = held.revision
    let sent = 0
    const stop = ctx.changes.subscribe(held.id, (revision) => {
      newest = Math.max(newest, revision)
      wake()
    })
    stream.onAbort(() => {
      stop()
      wake()
    })
    while (!stream.aborted && !stream.closed) {
      if (newest > sent) {
        sent = newest
        await stream.writeSSE({
          event: 'revision',
          id: String(sent),
          data: JSON.stringify({ revision: sent }),
        })
        continue
      }
      const heard = new Promise<void>((resolve) => {
        wake = resolve
      })
      const timer = setTimeout(wake, KEEP_ALIVE_MS)
      await heard
      clearTimeout(timer)
      if (newest === sent && !stream.aborted) await stream.write(': still here\n\n')
    }
    stop()
  })
}
