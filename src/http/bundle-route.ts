/** `/v1/bundles`: the bytes that were submitted, in the form that is asked for. */
import type { Context } from 'hono'
import { ProblemError } from '../problem.ts'
import { sealBundle } from '../support/sealed-bundle.ts'
import { loadBundle } from '../workflow/bundle-show.ts'
import type { KeptBundle } from '../workflow/bundle-show.ts'
import { bundle, named, signingKey } from './bundle-contract.ts'
import type { Format } from './bundle-contract.ts'
import type { CtxOf } from './ctx.ts'
import type { AppEnv, Mount } from './env.ts'
import { bodyOf, MD, ZIP } from './escalation-route.ts'

export const mountBundles =
  ({ ctxOf }: { ctxOf: CtxOf }): Mount =>
  (app) => {
    // Before the route with a parameter, which would take it for an id.
    app.openapi(signingKey, (c) => {
      const { publicKey, keyFingerprint } = ctxOf(c).bundles.signer
      return c.json({ algorithm: 'Ed25519' as const, publicKey, keyFingerprint }, 200)
    })
    app.openapi(bundle, async (c) => {
      const { recipient } = ctxOf(c).bundles
      const { id, format } = named(c.req.valid('param').id)
      const kept = await loadBundle(ctxOf(c), id)
      return answerBundle(c, kept, format ?? accepted(c.req.header('Accept')), recipient)
    })
  }

/** The same bytes for the API and for the pages. */
export async function answerBundle(
  c: Context<AppEnv>,
  kept: KeptBundle,
  format: Format,
  recipient: string | null,
): Promise<Response> {
  const file = (suffix: string) => ({
    'Content-Disposition': `attachment; filename="${kept.id}.${suffix}"`,
  })
  const part = (name: string) => bodyOf(kept.files.get(name) ?? new Uint8Array())
  switch (format) {
    case 'json':
      return c.body(part('bundle.json'), 200, { 'Content-Type': 'application/json' })
    case 'md':
      return c.body(part('summary.md'), 200, MD)
    case 'zip':
      return c.body(bodyOf(kept.zip), 200, { ...ZIP, ...file('zip') })
    default:
      return c.body(await sealed(kept, recipient), 200, {
        'Content-Type': 'application/octet-stream',
        ...file('zip.age'),
      })
  }
}

async function sealed(
  kept: KeptBundle,
  recipient: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  if (recipient === null) {
    throw new ProblemError('not-found', 'No public key of support is set up here.')
  }
  return bodyOf(await sealBundle(kept.zip, recipient))
}

/** The first of ours that Accept names; JSON when it names none. */
function accepted(accept: string | undefined): Format {
  const types = (accept ?? '').split(',').map((type) => type.split(';')[0]?.trim().toLowerCase())
  const ours: Readonly<Record<string, Format>> = {
    'application/json': 'json',
    'text/markdown': 'md',
    'application/zip': 'zip',
  }
  for (const type of types) {
    const format = type === undefined ? undefined : ours[type]
    if (format !== undefined) return format
  }
  return 'json'
}
