/** A person's side of the HTTP contract: remembers the revision, as a page or a script would. */
export interface Answer {
  status: number
  body: Record<string, unknown>
}

export interface ApiCaller {
  get(path: string): Promise<Answer>
  /** Sends If-Match with the revision of the last answer about a rotation. */
  post(path: string, body: unknown): Promise<Answer>
}

export function createApiCaller(url: string, key: string): ApiCaller {
  let revision = ''
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'POST' && revision !== '' ? { 'If-Match': revision } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (path.startsWith('/v1/rotations')) revision = response.headers.get('ETag') ?? revision
    const text = await response.text()
    const type = response.headers.get('Content-Type') ?? ''
    const parsed: unknown = type.includes('json') ? JSON.parse(text) : { text }
    return { status: response.status, body: parsed as Record<string, unknown> }
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
  }
}
