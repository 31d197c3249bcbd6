/**
 * The one style sheet, the one script and the icon: read at the start, named by their content, so
 * that a browser may keep them for a year. They hold no secret, so they may be compressed; pages are
 * not (a compressed page with a secret and an echo in it can be guessed at by its length).
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import type { AppEnv, Mount } from '../http/env.ts'
import { permit } from '../http/permit.ts'

interface Asset {
  path: string
  type: string
  plain: Uint8Array<ArrayBuffer>
  packed: Uint8Array<ArrayBuffer>
}

const read = (file: string): string =>
  readFileSync(new URL(`asset/${file}`, import.meta.url), 'utf8')

/** Each part keeps its names to itself. */
const script = (...files: string[]): string =>
  ["'use strict'", ...files.map((file) => `{\n${read(file)}}`)].join('\n')

function asset(file: string, text: string, type: string, fixed?: string): Asset {
  const plain = new TextEncoder().encode(text)
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12)
  const path = fixed ?? `/assets/${file.replace('.', `-${hash}.`)}`
  return { path, type, plain, packed: Uint8Array.from(gzipSync(plain, { level: 9 })) }
}

const STYLE = asset('app.css', read('app.css'), 'text/css; charset=utf-8')
const SCRIPT = asset('app.js', script('app.js', 'field.js'), 'text/javascript; charset=utf-8')
const ICON = asset('favicon.svg', read('favicon.svg'), 'image/svg+xml', '/favicon.svg')

export const STYLE_PATH = STYLE.path
export const SCRIPT_PATH = SCRIPT.path
export const ICON_PATH = ICON.path

const YEAR = 'public, max-age=31536000, immutable'

export const mountAssets: Mount = (app) => {
  for (const each of [STYLE, SCRIPT, ICON]) {
    const caching = each === ICON ? 'public, max-age=86400' : YEAR
    app.get(each.path, permit('anyone'), (c) => send(c, each, caching))
  }
}

function send(c: Context<AppEnv>, { type, plain, packed }: Asset, caching: string): Response {
  const headers = { 'Content-Type': type, 'Cache-Control': caching, Vary: 'Accept-Encoding' }
  const takesGzip = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')
  return takesGzip
    ? c.body(packed, 200, { ...headers, 'Content-Encoding': 'gzip' })
    : c.body(plain, 200, headers)
}
