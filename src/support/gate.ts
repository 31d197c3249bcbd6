/**
 * The last look before anything leaves: the finished bytes of every file, its name, all of them as one
 * text, and the archive as it is. A find, a detector that fails, no detectors at all: nothing leaves.
 */
import type { ArchiveFile } from './archive.ts'
import { readArchive } from './archive.ts'
import type { LeakCheck } from './leak-check/leak-check.ts'

export interface GateFind {
  /** The file's name; empty: the archive as a whole. */
  path: string
  kind: string
}

export function gate(
  check: Pick<LeakCheck, 'inspect'>,
  files: readonly ArchiveFile[],
  zip: Uint8Array,
): GateFind[] {
  const finds = new Map<string, GateFind>()
  const add = (path: string, kind: string): void => {
    finds.set(`${path} ${kind}`, { path, kind })
  }
  const texts: string[] = []
  for (const { path, bytes } of files) {
    const text = Buffer.from(bytes).toString('utf8')
    if (!Buffer.from(text, 'utf8').equals(bytes)) add(path, 'not-text')
    texts.push(text)
    for (const { kind } of [...looked(check, path, path), ...looked(check, text, path)]) {
      add(path, kind)
    }
  }
  // What no file holds by itself may be told by all of them together.
  if (finds.size === 0) {
    for (const { kind } of looked(check, texts.join('\n'), '')) add('', kind)
  }
  const read = readArchive(zip)
  const whole =
    read !== null &&
    read.length === files.length &&
    files.every(({ path, bytes }) =>
      read.some((one) => one.path === path && Buffer.compare(one.bytes, bytes) === 0),
    )
  if (!whole) add('', 'archive-altered')
  return [...finds.values()]
}

/** `inspect` does not throw; should one ever do, that is a find. */
function looked(
  check: Pick<LeakCheck, 'inspect'>,
  text: string,
  path: string,
): readonly { kind: string }[] {
  try {
    return check.inspect(text, { path })
  } catch {
    return [{ kind: 'detector-failed' }]
  }
}
