/** What the pages are given at the start. */
import type { AppDeps } from '../http/env.ts'
import type { CtxOf } from '../http/ctx.ts'
import type { GuardInput } from '../http/env.ts'
import type { Catalog } from '../catalog.ts'
import type { Store } from '../store/contract.ts'
import type { NoteBook } from './note-book.ts'
import type { Rehearsal } from './rehearsal.ts'
import type { SummaryBook } from './summary-book.ts'

export interface WebDeps {
  ctxOf: CtxOf
  guardInput: GuardInput
  clock: () => number
  catalog: Catalog
  store: Store
  keys: AppDeps['keys']
  bootstrapKeySet: boolean
  /** Null: no practice provider runs here. */
  rehearsal: Rehearsal | null
}

/** The same with what the pages keep for themselves. */
export interface Web extends WebDeps {
  summaries: SummaryBook
  notes: NoteBook
}
