/** A form as it stands on a page, with what a browser would send of it untouched. */

const decoded = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? null : decoded(found)
}

/** All fields of the one form with this action; null: the page has none. */
export function formOn(text: string, action: string): Record<string, string> | null {
  const form = text
    .split('<form')
    .slice(1)
    .map((part) => part.slice(0, part.indexOf('</form>')))
    .find((part) => attribute(part.slice(0, part.indexOf('>')), 'action') === action)
  if (form === undefined) return null
  const fields: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const ticked = !/type="(checkbox|radio)"/.test(tag) || /\schecked\b/.test(tag)
    if (name !== null && ticked) fields[name] = attribute(tag, 'value') ?? ''
  }
  for (const [, tag = '', options = ''] of form.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
    const all = [...options.matchAll(/<option[^>]*>/g)].map(([option]) => option)
    const chosen = all.find((option) => /\sselected\b/.test(option)) ?? all[0] ?? ''
    fields[attribute(tag, 'name') ?? ''] = attribute(chosen, 'value') ?? ''
  }
  for (const [, tag = '', value = ''] of form.matchAll(/<textarea([^>]*)>(.*?)<\/textarea>/gs)) {
    fields[attribute(tag, 'name') ?? ''] = decoded(value)
  }
  return fields
}

/** The page's words, without its tags and without what the forms carry unseen. */
export const wordsOf = (text: string): string =>
  decoded(text.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim()
