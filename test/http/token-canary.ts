/** Every form in which a value could get out unnoticed, and where in a text one of them stands. */

/** Portals show a few characters at either end; what lies between may be shown by nobody. */
const core = (value: string): string => value.slice(10, -6)

export function formsOf(value: string): ReadonlyMap<string, string> {
  const text = core(value)
  const bytes = Buffer.from(text)
  const forms = new Map<string, string>([
    ['raw', text],
    ['reversed', text.split('').toReversed().join('')],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ['percent-encoded', [...bytes].map((byte) => `%${hex2(byte)}`).join('')],
    ['\\u-escaped', [...bytes].map((byte) => `\\u00${hex2(byte).toLowerCase()}`).join('')],
  ])
  // In base64 the same bytes look different at each of three offsets; the ends depend on neighbours.
  for (const offset of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(offset, 'x'), bytes])
    const inner = (encoded: string): string =>
      encoded.replace(/=+$/, '').slice(offset === 0 ? 0 : 4, -4)
    forms.set(`base64 at ${offset}`, inner(padded.toString('base64')))
    forms.set(`base64url at ${offset}`, inner(padded.toString('base64url')))
  }
  return forms
}

const hex2 = (byte: number): string => byte.toString(16).padStart(2, '0').toUpperCase()

/** `name of the value: form` for everything that stands in the text. */
export function sightings(text: string, values: ReadonlyMap<string, string>): string[] {
  return [...values].flatMap(([name, value]) =>
    [...formsOf(value)]
      .filter(([, form]) => text.includes(form))
      .map(([form]) => `${name}: ${form}`),
  )
}
