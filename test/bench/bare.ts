/** What a read is compared with: the same JSON by a bare Hono route, on the same kind of socket. */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from '../../src/http/env.ts'
import { listen } from '../../src/http/server.ts'

const thing = JSON.parse(readFileSync(process.env['BARE_FILE'] ?? '', 'utf8')) as Record<
  string,
  never
>
const app = new OpenAPIHono<AppEnv>()
app.get('/thing', (c) => c.json(thing))
const listening = await listen(app, { host: '127.0.0.1', port: Number(process.env['PORT']) })
process.once('SIGTERM', () => void listening.close(100).then(() => process.exit(0)))
