/** `/v1/bundles`: the contracts. Handlers are in `bundle-route.ts`. */
import { z } from '@hono/zod-openapi'
import { ok, route } from './route.ts'

export const signingKey = route({
  method: 'get',
  path: '/v1/bundles/signing-key',
  permission: 'bundles.read',
  summary: 'The public key that bundles are signed with',
  responses: {
    200: ok(
      z
        .strictObject({
          algorithm: z.literal('Ed25519'),
          publicKey: z.string(),
          keyFingerprint: z.string(),
        })
        .openapi('BundleSigningKey'),
      'Compare the fingerprint with the one in signature.json.',
    ),
  },
})

const FORMATS = ['json', 'md', 'zip', 'zip.age'] as const
export type Format = (typeof FORMATS)[number]

/** `bun_…`, or with the format behind it. */
const BundleParam = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}(?:\.(?:json|md|zip|zip\.age))?$/),
})

export function named(param: string): { id: string; format: Format | null } {
  const [id = '', ...rest] = param.split('.')
  const suffix = rest.join('.')
  return { id, format: FORMATS.find((format) => format === suffix) ?? null }
}

export const bundle = route({
  method: 'get',
  path: '/v1/bundles/{id}',
  permission: 'bundles.read',
  summary: 'A bundle, as JSON, as text, or the archive',
  description: 'By Accept, or by a suffix: .json, .md, .zip, and .zip.age where it is set up.',
  request: { params: BundleParam },
  responses: {
    200: {
      description: 'The bytes that were submitted.',
      content: {
        'application/json': {
          schema: z.looseObject({ format: z.literal('interlock/bundle') }).openapi('Bundle'),
        },
        'text/markdown': { schema: z.string() },
        'application/zip': { schema: z.string().openapi({ format: 'binary' }) },
        'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) },
      },
    },
  },
})
