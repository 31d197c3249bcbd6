/**
 * What a form's answer still has to say after the redirect: the checks of a test, the practice IdP's
 * sentence. Kept per session and thing, in memory, replaced by the next; nothing here is a record.
 */
import type { Checked } from '../workflow/check.ts'

export interface Note {
  checked?: Checked
  said?: string
}

export interface NoteBook {
  write(session: string, about: string, note: Note): void
  read(session: string, about: string): Note
}

const MOST = 500

export function createNoteBook(): NoteBook {
  const notes = new Map<string, Note>()
  const nameOf = (session: string, about: string): string => `${session} ${about}`
  return {
    write(session, about, note) {
      const name = nameOf(session, about)
      notes.delete(name)
      notes.set(name, note)
      for (const oldest of notes.keys()) {
        if (notes.size <= MOST) break
        notes.delete(oldest)
      }
    },
    read: (session, about) => notes.get(nameOf(session, about)) ?? {},
  }
}
