import { TrieRouter } from 'hono/router/trie-router'
import type { App } from './env.ts'

/** Which methods a path has, so that another one is told so (RFC 9110 §15.5.6). */
export function allowedMethods(app: App): (path: string) => string[] {
  let router: TrieRouter<string> | undefined
  return (path) => {
    router ??= routerOf(app)
    const found = router.match('ALL', path)[0].map(([method]) => method)
    return [...new Set(found.includes('GET') ? [...found, 'HEAD'] : found)].sort()
  }
}

function routerOf(app: App): TrieRouter<string> {
  const router = new TrieRouter<string>()
  for (const { method, path } of app.routes) if (method !== 'ALL') router.add('ALL', path, method)
  return router
}
