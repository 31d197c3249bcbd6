/**
 * A rotation that has ended never changes again, so what a read of it answers is made once. Bounded by
 * text length; the one unused for longest goes first.
 */
export interface EndedView {
  tenantId: string
  revision: number
  /** The JSON that was answered. */
  text: string
}

export interface EndedViews {
  get(id: string): EndedView | undefined
  set(id: string, view: EndedView): void
}

export function createEndedViews(mostCharacters = 4_000_000): EndedViews {
  const kept = new Map<string, EndedView>()
  let characters = 0
  return {
    get(id) {
      const view = kept.get(id)
      if (view === undefined) return undefined
      // A Map keeps the order of insertion.
      kept.delete(id)
      kept.set(id, view)
      return view
    },
    set(id, view) {
      characters += view.text.length - (kept.get(id)?.text.length ?? 0)
      kept.delete(id)
      kept.set(id, view)
      for (const [oldest, { text }] of kept) {
        if (characters <= mostCharacters) break
        kept.delete(oldest)
        characters -= text.length
      }
    },
  }
}
