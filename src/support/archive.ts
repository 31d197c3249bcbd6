/**
 * The zip: files by name, stored and not packed, every field fixed. Packing would make the bytes hang
 * on a library's version and would hide the texts from whoever scans the archive.
 */
import { zipSync } from 'fflate'

export interface ArchiveFile {
  path: string
  bytes: Uint8Array
}

/** In the local form: fflate writes the local time, and a time in UTC gave other bytes in other zones. */
const NO_TIME = (): Date => new Date(1980, 0, 1)

const byName = (a: ArchiveFile, b: ArchiveFile): number => (a.path < b.path ? -1 : 1)

export function writeArchive(files: readonly ArchiveFile[]): Uint8Array {
  const mtime = NO_TIME()
  return zipSync(
    Object.fromEntries(
      [...files].sort(byName).map(({ path, bytes }) => [path, [bytes, { level: 0, mtime }]]),
    ),
  )
}

const MOST_FILES = 16
const MOST_BYTES = 16 * 1024 * 1024
const NAME = /^[a-z]{1,20}\.(?:json|md)$/
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50

/**
 * Reads exactly what `writeArchive` writes, or nothing (null): no packing, no comments, no extra
 * fields, no second file of a name, nothing before, between or behind. So a zip that others would
 * read in two ways, or that unpacks to gigabytes, is not read at all.
 */
export function readArchive(bytes: Uint8Array): ArchiveFile[] | null {
  const found = partsOf(bytes)
  return found !== null && found.exact ? found.files : null
}

/**
 * The same for whoever wants to say what was changed: `exact` is false when sums, times or attributes
 * are not those of the files, though the structure holds.
 */
export function partsOf(bytes: Uint8Array): { files: ArchiveFile[]; exact: boolean } | null {
  if (bytes.length < 22 || bytes.length > MOST_BYTES) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length - 22
  const count = view.getUint16(end + 10, true)
  const size = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  if (view.getUint32(end, true) !== END || view.getUint16(end + 20, true) !== 0) return null
  if (count < 1 || count > MOST_FILES || start + size !== end) return null
  const files: ArchiveFile[] = []
  let entry = start
  let local = 0
  for (let index = 0; index < count; index += 1) {
    if (entry + 46 > end || view.getUint32(entry, true) !== CENTRAL) return null
    const method = view.getUint16(entry + 10, true)
    const packed = view.getUint32(entry + 20, true)
    const length = view.getUint32(entry + 24, true)
    const named = view.getUint16(entry + 28, true)
    const extras = view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true)
    if (method !== 0 || packed !== length || extras !== 0) return null
    if (view.getUint32(entry + 42, true) !== local || entry + 46 + named > end) return null
    const path = ascii(bytes.subarray(entry + 46, entry + 46 + named))
    const file = readLocal(view, bytes, local, { path, length, before: start })
    if (file === null || files.some((other) => other.path === path)) return null
    files.push(file)
    local += 30 + named + length
    entry += 46 + named
  }
  if (local !== start || entry !== end) return null
  // Times, attributes, sums, order: what is not compared above is compared here, bit by bit.
  return { files, exact: same(writeArchive(files), bytes) }
}

function readLocal(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  file: { path: string; length: number; before: number },
): ArchiveFile | null {
  if (at + 30 > file.before || view.getUint32(at, true) !== LOCAL) return null
  const named = view.getUint16(at + 26, true)
  const data = at + 30 + named
  if (view.getUint16(at + 28, true) !== 0 || data + file.length > file.before) return null
  if (ascii(bytes.subarray(at + 30, data)) !== file.path || !NAME.test(file.path)) return null
  return { path: file.path, bytes: bytes.slice(data, data + file.length) }
}

const ascii = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && Buffer.compare(a, b) === 0
