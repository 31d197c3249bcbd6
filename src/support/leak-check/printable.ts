/** Whether decoded bytes are text a person could read, and so may hide something that was encoded. */

/** Share of printable characters from which bytes count as text. */
const READABLE = 0.92

const SHOWN: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) =>
  (code >= 0x20 && code < 0x7f) || code === 9 || code === 10 || code === 13 ? 1 : 0,
)

export function isReadable(text: string): boolean {
  if (text.length < 4) return false
  let hidden = 0
  const most = text.length - text.length * READABLE
  for (let index = 0; index < text.length; index += 1) {
    if (SHOWN[text.charCodeAt(index)] !== 1 && (hidden += 1) > most) return false
  }
  return true
}

/** The same of bytes, each of which would be one character. */
export function areReadable(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false
  let hidden = 0
  const most = bytes.length - bytes.length * READABLE
  for (const byte of bytes) if (SHOWN[byte] !== 1 && (hidden += 1) > most) return false
  return true
}

/** An identifier that decodes to readable text is no identifier. */
export function printsAsText(value: string): boolean {
  if (/^(?:[0-9a-f]{2}){8,}$/i.test(value)) {
    return isReadable(Buffer.from(value, 'hex').toString('latin1'))
  }
  return value.length >= 16 && isReadable(Buffer.from(value, 'base64').toString('latin1'))
}
