/** Somebody with a browser and no script: follows links, keeps its cookie, sends forms as they stand on the page. */

/** What is not for scripts: every path but the API's and the operator's. */
export const isPage = (path: string): boolean =>
  !/^\/(v1|healthz|readyz|metrics|openapi\.json|docs)(\/|$)/.test(path)

export interface Page {
  status: number
  /** Where it ended, below the origin. */
  path: string
  text: string
  headers: Headers
}

export interface Browser {
  open(path: string): Promise<Page>
  /** Fields of ours besides the session's own token; redirects are followed as a browser does. */
  post(path: string, fields?: Record<string, string>): Promise<Page>
  /** The first answer, whatever it is. */
  raw(path: string, init?: RequestInit): Promise<Response>
  signIn(key: string): Promise<Page>
  /** The hidden token that stands in every form of the page last seen. */
  csrf(): string
}

export function createBrowser(url: () => string): Browser {
  let cookie = ''
  let csrf = ''
  const raw = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (!headers.has('Accept')) headers.set('Accept', 'text/html')
    if (cookie !== '') headers.set('Cookie', cookie)
    const answer = await fetch(`${url()}${path}`, { ...init, headers, redirect: 'manual' })
    for (const set of answer.headers.getSetCookie()) cookie = set.split(';')[0] ?? ''
    return answer
  }
  const follow = async (path: string, answer: Response): Promise<Page> => {
    const to = answer.headers.get('Location')
    if (answer.status === 303 && to !== null) {
      await answer.body?.cancel()
      const { pathname, search } = new URL(to, url())
      return follow(pathname + search, await raw(pathname + search))
    }
    const text = await answer.text()
    csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? csrf
    return { status: answer.status, path, text, headers: answer.headers }
  }
  const browser: Browser = {
    raw,
    csrf: () => csrf,
    open: async (path) => follow(path, await raw(path)),
    async post(path, fields = {}) {
      const body = new URLSearchParams({ csrf, ...fields })
      return follow(path, await raw(path, { method: 'POST', body }))
    },
    async signIn(key) {
      await browser.open('/sign-in')
      return browser.post('/sign-in', { key })
    },
  }
  return browser
}
