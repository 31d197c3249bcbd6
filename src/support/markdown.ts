/** Markdown from checked words: tables, lists, and the names people use for codes. */
import type { Who } from '../../machines/vocabulary.ts'
import type { BundleContent } from './bundle-schema.ts'

export const WHO: Readonly<Record<Who, string>> = {
  'tenant-admin': 'Administrator of the tenant',
  'idp-admin': 'Administrator of the IdP',
  'service-provider': 'Service provider’s support',
  approver: 'Approver',
  nobody: 'Nobody',
}

export const IDP: Readonly<Record<string, string>> = {
  okta: 'Okta',
  entra: 'Microsoft Entra ID',
  onelogin: 'OneLogin',
  generic: 'another IdP',
}

export const OPERATION: Readonly<Record<string, string>> = {
  create: 'Creating users',
  update: 'Updating users',
  deactivate: 'Deactivating users',
  'group-sync': 'Group sync',
}

/** `2026-11-24 12:00:00Z` */
export const when = (at: string): string => at.replace('T', ' ').replace(/(?:\.\d{3})?Z$/, 'Z')

/** Nothing in it ends the cell or starts a tag or a link. */
export const cell = (text: string): string =>
  text.replaceAll(/[\\|<>[\]`*]/g, (sign) => `\\${sign}`).replaceAll('\n', ' ')

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return []
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map((cells) => row(cells.map(escaped)))]
}

/** Bold is ours; everything else in a cell is text. */
const escaped = (text: string): string => {
  const bold = /^\*\*([^*|]+)\*\*$/.exec(text)?.[1]
  return bold === undefined ? cell(text) : `**${cell(bold)}**`
}

export const list = (lines: readonly string[]): string[] => lines.map((line) => `- ${line}`)

/** A section with nothing in it is left out. */
export const heading = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines]

/** An item's answer for people. */
export function said(
  name: string,
  value: string | number | boolean | null,
  content: BundleContent,
): string {
  if (name === 'tokenRecentlyUsed') return recent(value === true, content)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (name === 'httpStatus') return value === 'none' ? 'no answer came' : String(value)
  if (name === 'idp') return IDP[String(value)] ?? String(value)
  if (name === 'occurredAt') return when(String(value))
  return String(value)
}

function recent(used: boolean, { token, rotation }: BundleContent): string {
  const word = used ? 'yes' : 'no'
  if (token === null) return word
  const part = (['newToken', 'oldToken'] as const).find(
    (name) => rotation !== null && rotation[name]?.portalId === token.portalId,
  )
  const which =
    part === undefined
      ? 'of the tokens listed, the one used last is '
      : part === 'newToken'
        ? 'the new token is '
        : 'the old token is '
  const last = token.lastUsedAt === null ? 'never used' : `last used ${when(token.lastUsedAt)}`
  return `${word}: ${which}${token.status}, ${last}${ends(token)}`
}

function ends({ status, expiresAt }: NonNullable<BundleContent['token']>): string {
  if (expiresAt === null) return ''
  return status === 'expired' ? `, expired ${when(expiresAt)}` : `, expires ${when(expiresAt)}`
}
