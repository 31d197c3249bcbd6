/** The heads of one kind, in memory and in order: enough to list and filter without opening a file. */
import { BadCursor, RECORD_ID } from './contract.ts'
import type { Head, ListQuery, Page } from './contract.ts'

export interface HeadIndex {
  get(id: string): Head | undefined
  put(head: Head): void
  delete(id: string): void
  page(query: ListQuery): Page
}

export function headIndex(): HeadIndex {
  const heads: Head[] = []
  const get = (id: string): Head | undefined => {
    const head = heads[firstAtLeast(heads, id)]
    return head?.id === id ? head : undefined
  }
  return {
    get,
    put(head) {
      // Ids begin with their time of creation: nearly always a new one lands at the end.
      const kept = Object.freeze({ ...head, labels: Object.freeze({ ...head.labels }) })
      heads.splice(firstAtLeast(heads, head.id), get(head.id) === undefined ? 0 : 1, kept)
    },
    delete(id) {
      if (get(id) !== undefined) heads.splice(firstAtLeast(heads, id), 1)
    },
    page({ labels = {}, limit, cursor }) {
      if (!Number.isInteger(limit) || limit < 1) throw new RangeError('a limit is 1 or more')
      const wanted = Object.entries(labels)
      const items: Head[] = []
      for (let at = cursor === undefined ? 0 : firstAfter(heads, fromCursor(cursor)); ; at += 1) {
        const head = heads[at]
        if (head === undefined) return { items, nextCursor: null }
        if (!wanted.every(([name, values]) => isOneOf(head.labels[name], values))) continue
        if (items.length === limit) return { items, nextCursor: toCursor(items.at(-1)) }
        items.push({ ...head })
      }
    },
  }
}

/** A label that is not there equals nothing. */
const isOneOf = (value: string | undefined, values: readonly string[]): boolean =>
  value !== undefined && values.includes(value)

function firstAtLeast(heads: readonly Head[], id: string): number {
  let low = 0
  let high = heads.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((heads[middle]?.id ?? '') < id) low = middle + 1
    else high = middle
  }
  return low
}

function firstAfter(heads: readonly Head[], id: string): number {
  const at = firstAtLeast(heads, id)
  return heads[at]?.id === id ? at + 1 : at
}

/** Without it a token in base64 may happen to be a cursor, and be taken in silence. */
const MARK = 'after '

const toCursor = (last: Head | undefined): string | null =>
  last === undefined ? null : Buffer.from(`${MARK}${last.id}`).toString('base64url')

/** The id it stands for. The record may be gone by now; its place in the order is not. */
function fromCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  const id = text.startsWith(MARK) ? text.slice(MARK.length) : ''
  const isOurs = RECORD_ID.test(id) && Buffer.from(text).toString('base64url') === cursor
  if (!isOurs) throw new BadCursor()
  return id
}
