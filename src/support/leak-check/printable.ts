/** Whether decoded bytes are text a person could read, and so may hide something that was encoded. */

/** Share of printable characters from which bytes count as text. */
const READABLE = 0.92

export function isReadable(text: string): boolean {
  if (text.length < 4) return false
  let readable = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const shown = (code >= 0x20 && code < 0x7f) || code === 9 || code === 10 || code === 13
    if (shown) readable += 1
  }
  return readable >= text.length * READABLE
}

/** An identifier that decodes to readable text is no identifier. */
export function printsAsText(value: string): boolean {
  if (/^(?:[0-9a-f]{2}){8,}$/i.test(value)) {
    return isReadable(Buffer.from(value, 'hex').toString('latin1'))
  }
  return value.length >= 16 && isReadable(Buffer.from(value, 'base64').toString('latin1'))
}
