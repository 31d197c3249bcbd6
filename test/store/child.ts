/**
 * A process to be killed. `lock FOLDER`: for each line `ROUND MOMENT` waits for that moment (epoch
 * ms), tries the lock and says `ROUND won` or `ROUND locked`. `load FOLDER NAME`: says `open`, then writes without end and says on stdout what was answered,
 * after it was answered: `commit ID REVISION MARK` or `testify ID MARK`.
 */
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'

import type { NewEntry, Store } from '../../src/store/contract.ts'
import { FolderLocked, lockFolder } from '../../src/store/folder-lock.ts'
import { openFileStore } from '../../src/store/files.ts'
import { note, sample, sampleCodec } from './fixture.ts'

const WRITERS = 6

// Synchronous: what was said is in the pipe before anything else happens.
const say = (line: string): number => writeSync(1, `${line}\n`)

const marked = (event: string, mark: string, outcome: NewEntry['outcome']): NewEntry => ({
  ...note(event, outcome),
  detail: { mark },
})

async function write(store: Store, id: string, name: string): Promise<never> {
  let revision = (await store.load('rotation', id))?.head.revision ?? 0
  for (let count = 1; ; count += 1) {
    const mark = `${name}-${count}`
    const text = mark.padEnd((count * 977) % 6000, '.')
    revision = (
      await store.commit('rotation', id, revision, sample(text), marked('commit', mark, 'applied'))
    ).revision
    say(`commit ${id} ${revision} ${mark}`)
    if (count % 4 === 0) {
      await store.testify('rotation', id, marked('testify', `${mark}-t`, 'refused'))
      say(`testify ${id} ${mark}-t`)
    }
  }
}

const [what, folder = '', name = ''] = process.argv.slice(2)
if (what === 'load') {
  const store = await openFileStore({ folder, codec: sampleCodec })
  say('open')
  const ids = Array.from({ length: WRITERS }, (_, index) => `rot_${index}`)
  await Promise.all(ids.map(async (id) => write(store, id, name)))
} else {
  say('waiting')
  for await (const line of createInterface(process.stdin)) {
    const [round, moment] = line.split(' ')
    // Busy: a timer would let the rivals through one after another.
    while (Date.now() < Number(moment));
    say(`${round} ${tryLock(folder)}`)
  }
}

function tryLock(folder: string): string {
  try {
    lockFolder(folder, Date.now())
    return 'won'
  } catch (error) {
    return error instanceof FolderLocked ? 'locked' : `failed: ${String(error)}`
  }
}
