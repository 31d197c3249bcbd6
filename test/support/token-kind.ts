/** The kinds of tokens the corpus plants: what administrators of SCIM have at hand, and what lies beside it. */
import type { Chance } from './chance.ts'
import { BASE32, BASE36, BASE62, BASE64, BASE64URL, DIGITS, HEX, LOWER, UPPER } from './chance.ts'

export interface Planted {
  kind: string
  value: string
  /** The parts that are secret; a leak is 12 characters of one of them. */
  random: string[]
}

type Maker = (draw: Chance) => { value: string; random: string[] }

const join = (before: string, random: string, after = ''): { value: string; random: string[] } => ({
  value: before + random + after,
  random: [random],
})
const simple =
  (before: string, alphabet: string, length: number, after = ''): Maker =>
  (draw) =>
    join(before, draw.text(alphabet, length), after)

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const jwt: Maker = (draw) => {
  const header = encode({ alg: 'RS256', typ: 'JWT', kid: draw.text(BASE62, 8) })
  const body = encode({ iss: 'https://idp.example', sub: draw.text(BASE62, 12), jti: draw.uuid() })
  const signature = draw.text(BASE64URL, 86)
  return { value: `${header}.${body}.${signature}`, random: [signature] }
}

const pem: Maker = (draw) => {
  const body = draw.text(BASE64, 64 * 6 + 40)
  const lines = body.match(/.{1,64}/g) ?? []
  return {
    value: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----`,
    random: [body],
  }
}

const MAKERS: Readonly<Record<string, Maker>> = {
  'scim-base64url': simple('scim_', BASE64URL, 43),
  'scim-hex': simple('scim_', HEX, 40),
  'scim-base62': simple('scim_', BASE62, 32),
  'scim-live': simple('scim_live_', BASE62, 24),
  'axonflow-key': simple('axf_', BASE62, 40),
  'interlock-key': simple('ilk_', BASE64URL, 43),
  'okta-ssws': simple('00', BASE64URL, 40),
  'entra-secret': (draw) => {
    const random = `${draw.text(BASE62, 3)}8Q~${draw.text(`${BASE62}~._-`, 34)}`
    return { value: random, random: [random] }
  },
  'onelogin-secret': simple('', HEX, 64),
  'github-classic': simple('ghp_', BASE62, 36),
  'github-fine': (draw) => join(`github_pat_${draw.text(BASE62, 22)}_`, draw.text(BASE62, 59)),
  'gitlab-pat': simple('glpat-', BASE64URL, 20),
  'slack-bot': (draw) =>
    join(`xoxb-${draw.text(DIGITS, 12)}-${draw.text(DIGITS, 12)}-`, draw.text(BASE62, 24)),
  'slack-user': (draw) =>
    join(`xoxp-${draw.text(DIGITS, 12)}-${draw.text(DIGITS, 12)}-`, draw.text(HEX, 32)),
  'slack-webhook': (draw) =>
    join(
      `https://hooks.slack.com/services/T${draw.text(BASE36, 8).toUpperCase()}/B${draw.text(BASE36, 8).toUpperCase()}/`,
      draw.text(BASE62, 24),
    ),
  'stripe-live': simple('sk_live_', BASE62, 24),
  'aws-secret': simple('', BASE64, 40),
  'aws-access-key': (draw) => join('AKIA', draw.text(BASE32, 16)),
  'google-api': simple('AIza', BASE64URL, 35),
  'google-oauth': simple('GOCSPX-', BASE64URL, 28),
  'hcp-terraform': (draw) => join(`${draw.text(BASE62, 14)}.atlasv1.`, draw.text(BASE62, 67)),
  vault: simple('hvs.', BASE64URL, 90),
  databricks: simple('dapi', HEX, 32),
  snowflake: (draw) =>
    join(`ver:1-hint:${draw.text(DIGITS, 10)}-ETMsDgAAA`, draw.text(BASE64, 60), '=='),
  atlassian: simple('ATATT3xFfGF0', BASE64URL, 180),
  npm: simple('npm_', BASE62, 36),
  pypi: simple('pypi-AgEIcHlwaS5vcmc', BASE64URL, 150),
  sendgrid: (draw) => join(`SG.${draw.text(BASE64URL, 22)}.`, draw.text(BASE64URL, 43)),
  digitalocean: simple('dop_v1_', HEX, 64),
  huggingface: simple('hf_', BASE62, 34),
  'openai-project': simple('sk-proj-', BASE64URL, 48),
  shopify: simple('shpat_', HEX, 32),
  twilio: simple('SK', HEX, 32),
  telegram: (draw) => join(`${draw.text(DIGITS, 10)}:AA`, draw.text(BASE64URL, 33)),
  'azure-storage': (draw) => join('', draw.text(BASE64, 86), '=='),
  'age-key': (draw) => join('AGE-SECRET-KEY-1', draw.text('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)),
  jwt,
  pem,
  paseto: simple('v4.local.', BASE64URL, 96),
  fernet: simple('gAAAAAB', BASE64URL, 92, '=='),
  'hex-32': simple('', HEX, 32),
  'hex-40': simple('', HEX, 40),
  'hex-upper-48': (draw) => join('', draw.text(HEX, 48).toUpperCase()),
  'base62-22': simple('', BASE62, 22),
  'base62-32': simple('', BASE62, 32),
  'base62-64': simple('', BASE62, 64),
  'base64url-43': simple('', BASE64URL, 43),
  'base64-padded': (draw) => join('', draw.text(BASE64, 43), '='),
  'base36-25': simple('', BASE36, 25),
  'base32-32': simple('', BASE32, 32),
  'lower-32': simple('', LOWER, 32),
  'upper-26': simple('', UPPER, 26),
  'hubspot-private-app': (draw) => join('pat-na1-', draw.uuid()),
  'secret-uuid': (draw) => join('secret_', draw.uuid()),
  'pagerduty-key': simple('u+', BASE64URL, 18),
  'atlassian-scim': simple('', BASE62, 24),
  'linear-key': simple('lin_api_', BASE62, 40),
  'jwt-encrypted': (draw) => {
    const random = [draw.text(BASE64URL, 86), draw.text(BASE64URL, 60)]
    const head = encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })
    return {
      value: [head, random[0], draw.text(BASE64URL, 16), random[1], draw.text(BASE64URL, 22)].join(
        '.',
      ),
      random,
    }
  },
  'grouped-key': (draw) => {
    const groups = Array.from({ length: 5 }, () => draw.text(UPPER + DIGITS, 5))
    return { value: groups.join('-'), random: [groups.join('-')] }
  },
  'dotted-secret': (draw) => {
    const random = [draw.text(BASE62, 18), draw.text(BASE62, 18), draw.text(BASE62, 18)].join('.')
    return { value: random, random: [random] }
  },
}

export const TOKEN_KINDS: readonly string[] = Object.keys(MAKERS)

export function plant(kind: string, draw: Chance): Planted {
  const maker = MAKERS[kind]
  if (maker === undefined) throw new Error(`no such kind: ${kind}`)
  return { kind, ...maker(draw) }
}
