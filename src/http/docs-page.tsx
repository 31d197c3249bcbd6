/** `/docs`: every operation with its schemas, rendered here; nothing is loaded from elsewhere. */
import type { ApiDocument } from './openapi.ts'
import { asPage, PlainPage } from './plain-page.tsx'

interface Content {
  content?: Record<string, { schema?: unknown }>
}

interface Operation {
  summary?: string
  description?: string
  parameters?: { in: string; name: string; required?: boolean; schema?: unknown }[]
  requestBody?: Content
  responses?: Record<string, Content & { description?: string }>
  'x-permission'?: string
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

interface Listed {
  method: string
  path: string
  operation: Operation
}

function operations(document: ApiDocument): Listed[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method] as Operation | undefined
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }]
    }),
  )
}

const anchor = ({ method, path }: Listed): string =>
  `${method.toLowerCase()}${path.replaceAll(/[^a-z0-9]+/gi, '-')}`

const Schema = ({ of, label }: { of: unknown; label: string }) => (
  <pre tabindex={0} role="region" aria-label={label}>
    {JSON.stringify(of, null, 2)}
  </pre>
)

const Bodies = ({ of, label }: { of: Content | undefined; label: string }) => (
  <>
    {Object.entries(of?.content ?? {}).map(([type, { schema }]) => (
      <>
        <p class="quiet">{type}</p>
        <Schema of={schema ?? {}} label={`${label}, ${type}`} />
      </>
    ))}
  </>
)

const Section = ({ listed }: { listed: Listed }) => {
  const { method, path, operation } = listed
  const name = `${method} ${path}`
  return (
    <section aria-labelledby={anchor(listed)}>
      <h2 id={anchor(listed)}>
        <code>{name}</code>
      </h2>
      <p>
        {operation.summary}. <span class="quiet">Needs: {operation['x-permission']}.</span>
      </p>
      {operation.description === undefined ? null : <p>{operation.description}</p>}
      <ul>
        {(operation.parameters ?? []).map((parameter) => (
          <li>
            <code>{parameter.name}</code> in {parameter.in}
            {parameter.required === true ? ', required' : ''}:{' '}
            <code>{JSON.stringify(parameter.schema ?? {})}</code>
          </li>
        ))}
      </ul>
      <Bodies of={operation.requestBody} label={`Body of ${name}`} />
      {Object.entries(operation.responses ?? {}).map(([status, response]) => (
        <details>
          <summary>
            {status}: {response.description}
          </summary>
          <Bodies of={response} label={`Answer ${status} of ${name}`} />
        </details>
      ))}
    </section>
  )
}

export function docsPage(document: ApiDocument, nonce: string): string {
  const all = operations(document)
  return asPage(
    <PlainPage title="The HTTP contract" nonce={nonce}>
      <p>
        <a href="/">Interlock</a>
      </p>
      <p>
        The same as <a href="/openapi.json">/openapi.json</a>, to read. Keys are sent as{' '}
        <code>Authorization: Bearer ilk_…</code>.
      </p>
      <nav aria-label="Operations">
        <ul>
          {all.map((listed) => (
            <li>
              <a href={`#${anchor(listed)}`}>
                {listed.method} {listed.path}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {all.map((listed) => (
        <Section listed={listed} />
      ))}
      <h2 id="schemas">Schemas</h2>
      {Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => (
        <details>
          <summary>{name}</summary>
          <Schema of={schema} label={`Schema ${name}`} />
        </details>
      ))}
    </PlainPage>,
  )
}
