/**
 * Says whether a text gives a token away. Written without the product's decoders: crude, generous
 * readings of the whole text, compared by 12 characters of the secret part, case and signs ignored.
 */
const PIECE = 12

const IMITATED: Readonly<Record<string, string>> = {
  а: 'a',
  с: 'c',
  е: 'e',
  о: 'o',
  р: 'p',
  х: 'x',
  в: 'b',
  н: 'h',
  к: 'k',
  м: 'm',
  т: 't',
}

const plain = (text: string): string =>
  /[^\0-\x7f]/.test(text) ? folded(text) : text.toLowerCase().replace(/[^a-z0-9]+/g, '')

const folded = (text: string): string =>
  text
    .replace(/[а-яА-Я]/g, (letter) => IMITATED[letter.toLowerCase()] ?? '')
    .normalize('NFKC')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

const safely = (read: () => string): string => {
  try {
    return read()
  } catch {
    return ''
  }
}

function decodedRuns(text: string): string[] {
  const found: string[] = []
  const unfolded = text.replace(/\r?\n[>|\s]*/g, '')
  for (const source of [text, unfolded]) {
    for (const [run] of source.matchAll(/[A-Za-z0-9+/_-]{16,}/g)) {
      for (const shift of [0, 1, 2, 3]) {
        const bytes = Buffer.from(run.slice(shift), 'base64')
        found.push(bytes.toString('latin1'), bytes.toString('latin1').replace(/\0/g, ''))
      }
    }
    for (const [run] of source.matchAll(/(?:[0-9a-f]{2}[\s:,-]?(?:0x|\\x)?){8,}/gi)) {
      const bytes = Buffer.from(run.replace(/0x|\\x|[^0-9a-f]/gi, ''), 'hex')
      found.push(bytes.toString('latin1'), bytes.toString('latin1').replace(/\0/g, ''))
    }
    for (const [run] of source.matchAll(/(?:\d{2,3}[\s,]+){7,}\d{2,3}/g)) {
      const codes = run.split(/[\s,]+/).map(Number)
      if (codes.every((code) => code < 256)) found.push(String.fromCharCode(...codes))
    }
    for (const [run] of source.matchAll(/(?:[01]{8}\s?){8,}/g)) {
      found.push(
        run
          .replace(/\s/g, '')
          .replace(/[01]{8}/g, (bits) => String.fromCharCode(Number.parseInt(bits, 2))),
      )
    }
  }
  return found
}

function readings(text: string): string[] {
  const from = (pattern: RegExp, radix: number): string =>
    text.replace(pattern, (_, digits: string) =>
      safely(() => String.fromCodePoint(Number.parseInt(digits, radix))),
    )
  return [
    text,
    safely(() => decodeURIComponent(text)),
    from(/%([0-9a-f]{2})/gi, 16),
    from(/\\+u([0-9a-f]{4})/gi, 16),
    from(/\\+x([0-9a-f]{2})/gi, 16),
    from(/\\([0-7]{3})/g, 8),
    from(/&#(\d+);/g, 10),
    from(/&#x([0-9a-f]+);/gi, 16),
    from(/U\+([0-9A-F]{4})\s?/g, 16),
    from(/chr\((\d+)\)[ .]*/g, 10),
    from(/=([0-9A-F]{2})/g, 16).replace(/=\r?\n/g, ''),
    ...decodedRuns(text),
  ]
}

/** True when some reading of `text` holds a piece of one of the secret parts. */
export function leaks(text: string, secret: readonly string[]): boolean {
  const pieces = new Set<string>()
  for (const part of secret) {
    const bare = plain(part)
    for (let start = 0; start + PIECE <= bare.length; start += 1) {
      const piece = bare.slice(start, start + PIECE)
      pieces.add(piece)
      pieces.add(Array.from(piece).reverse().join(''))
    }
  }
  const begins = new Uint8Array(36 ** 4)
  for (const piece of pieces) begins[number(piece, 0)] = 1
  return readings(text).some((reading) => {
    const bare = plain(reading)
    for (let start = 0; start + PIECE <= bare.length; start += 1) {
      // Most places begin no piece: that is told without cutting one out.
      if (begins[number(bare, start)] === 1 && pieces.has(bare.slice(start, start + PIECE))) {
        return true
      }
    }
    return false
  })
}

/** Four letters or digits as one number. */
function number(text: string, start: number): number {
  let value = 0
  for (let at = start; at < start + 4; at += 1) {
    const code = text.charCodeAt(at)
    value = value * 36 + (code < 58 ? code - 48 : code - 87)
  }
  return value
}
