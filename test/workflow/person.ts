/** Somebody with an access key and a script: sends what a page would send, and keeps every answer. */

export interface Answer {
  status: number
  body: Record<string, unknown>
  headers: Headers
  text: string
}

export interface Sent {
  body?: unknown
  ifMatch?: string
  headers?: Record<string, string>
}

export interface Person {
  key: string
  send(method: string, path: string, sent?: Sent): Promise<Answer>
}

/** `heard` is given every answer, for tests that look for something in all of them. */
export function createPerson(
  url: () => string,
  key: string,
  heard: (method: string, path: string, answer: Answer) => void = () => undefined,
): Person {
  return {
    key,
    async send(method, path, { body, ifMatch, headers = {} } = {}) {
      const response = await fetch(`${url()}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          Authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const isJson = (response.headers.get('Content-Type') ?? '').includes('json')
      const parsed = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
      const answer = { status: response.status, body: parsed, headers: response.headers, text }
      heard(method, path, answer)
      return answer
    },
  }
}

/** The last part of a problem's type; the empty text when the answer is none. */
export function codeOf(answer: Answer): string {
  const { type } = answer.body
  return typeof type === 'string' ? type.replace('urn:interlock:problem:', '') : ''
}
