/** With one connection the home page is its story: where it stands, and what happened last. */
import type { Entry } from '../store/contract.ts'
import type { Ctx } from '../workflow/context.ts'
import type { HomeList, Row } from './home-list.ts'
import { JournalList } from './journal-list.tsx'
import type { Look } from './look.ts'
import { StepLine } from './step-line.tsx'

export interface Story {
  row: Row
  /** Of the connection and of its latest rotation, in order. */
  entries: readonly Entry[]
  /** The latest rotation, whatever became of it. */
  rotationId: string | null
}

/** Null unless there is exactly one. */
export async function storyOf(ctx: Ctx, list: HomeList): Promise<Story | null> {
  const row = list.all === 1 ? (list.needing[0] ?? list.quiet[0]) : undefined
  if (row === undefined) return null
  const head = (
    await ctx.store.list('rotation', { labels: { connectionId: [row.id] }, limit: 1000 })
  ).items
  const rotationId = row.rotation?.id ?? head.at(-1)?.id ?? null
  const journals = await Promise.all([
    ctx.store.journal('connection', row.id),
    rotationId === null ? [] : ctx.store.journal('rotation', rotationId),
  ])
  const entries = journals.flat().toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return { row, entries, rotationId }
}

export const HomeStory = ({ story, look }: { story: Story; look: Look }) => {
  const { row, entries, rotationId } = story
  return (
    <section aria-labelledby="story">
      <h2 id="story">What happened so far</h2>
      {row.rotation !== null && <StepLine view={row.rotation} now={look.now} />}
      <JournalList
        entries={entries}
        now={look.now}
        all={rotationId === null ? 'GET /v1/audit' : `GET /v1/rotations/${rotationId}/journal`}
        open
      />
    </section>
  )
}
