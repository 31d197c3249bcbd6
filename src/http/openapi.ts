/** The OpenAPI 3.1 document, from the same schemas that check the requests. */
import type { App } from './env.ts'
import { BODY_OPTIONAL } from './route.ts'

export type ApiDocument = ReturnType<App['getOpenAPI31Document']>

export function apiDocument(app: App): ApiDocument {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Interlock',
      version: '1',
      description: 'Rotates a SCIM token without provisioning silently stopping.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
  })
  document.components = {
    ...document.components,
    securitySchemes: { key: { type: 'http', scheme: 'bearer', bearerFormat: 'ilk_…' } },
  }
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(item)) sayOptional(operation)
  }
  return document
}

interface WithBody {
  [BODY_OPTIONAL]?: true
  requestBody?: { required?: boolean }
}

function sayOptional(operation: WithBody): void {
  if (operation[BODY_OPTIONAL] === undefined) return
  if (operation.requestBody !== undefined) operation.requestBody.required = false
  delete operation[BODY_OPTIONAL]
}
