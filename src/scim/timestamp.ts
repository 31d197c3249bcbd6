/** A SCIM DateTime (RFC 7643 §2.3.5, xsd:dateTime) in the form this program stores. */

const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9})\d*)?([Zz]|[+-]\d{2}:\d{2})$/

/**
 * RFC 3339 in UTC with milliseconds, or null. A time without an offset is not guessed: read in the
 * wrong zone it would move to the other side of the cutover. Finer fractions are cut, never rounded up.
 */
export function toInstant(value: unknown): string | null {
  const parts = typeof value === 'string' ? DATE_TIME.exec(value) : null
  if (parts === null) return null
  const [, date = '', time = '', fraction = '', zone = ''] = parts
  const wall = Date.parse(`${date}T${time}Z`)
  // The platform turns 30 February into 1 March; such a time is nobody's.
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(`${date}T${time}`)) return null
  const at = Date.parse(
    `${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${zone.toUpperCase()}`,
  )
  const year = Number.isNaN(at) ? -1 : new Date(at).getUTCFullYear()
  return year >= 0 && year <= 9999 ? new Date(at).toISOString() : null
}
