/**
 * Collect → take out what must not leave → check against the strict schemas → write → look at the
 * finished bytes once more. The same state gives the same bytes, so a preview is what is submitted.
 */
import { ProblemError } from '../problem.ts'
import type { FieldError } from '../problem.ts'
import { bundleOf } from '../support/bundle-file.ts'
import type { Bundle } from '../support/bundle-file.ts'
import { BundleJournal, projected } from '../support/bundle-journal.ts'
import { LEFT_OUT } from '../support/bundle-redaction.ts'
import type { BundleRedactions, Cut } from '../support/bundle-redaction.ts'
import { BundleContent } from '../support/bundle-schema.ts'
import { gate } from '../support/gate.ts'
import { knowingOwnMarks } from '../support/own-mark.ts'
import { withhold } from '../support/withhold.ts'
import { contentOf } from './bundle-content.ts'
import { nameOf } from './bundle-name.ts'
import { sourceOf } from './bundle-source.ts'
import type { Source } from './bundle-source.ts'
import type { Ctx } from './context.ts'
import type { HeldEscalation } from './escalation-advance.ts'

/** Throws `bundle-not-clean`, naming places and kinds. */
export async function makeBundle(whole: Ctx, held: HeldEscalation): Promise<Bundle> {
  const ctx = { ...whole, leaks: { ...whole.leaks, ...knowingOwnMarks(whole.leaks) } }
  const source = await sourceOf(ctx, held)
  const collected = contentOf(ctx, source)
  const typed = typedFinds(ctx, collected)
  if (typed.length > 0) throw notClean(typed)
  const { content, cut } = safeContent(ctx, collected)
  const journal = safeJournal(ctx, source)
  const redactions: BundleRedactions = {
    format: 'interlock/redactions',
    version: 1,
    detector: { name: 'interlock leak-check', rules: ctx.leaks.version },
    checked: [...CHECKED],
    cut: [...cut, ...journal.cut],
    refused: content.exposed,
    leftOut: [...LEFT_OUT],
  }
  const bundle = bundleOf({ content, journal: journal.journal, redactions }, ctx.bundles.signer)
  const finds = gate(ctx.leaks, bundle.files, bundle.zip)
  if (finds.length > 0) throw notClean(finds)
  return bundle
}

const CHECKED = [
  'bundle.json',
  'journal.json',
  'manifest.json',
  'redactions.json',
  'signature.json',
  'summary.md',
] as const

const notClean = (errors: readonly FieldError[]): ProblemError =>
  new ProblemError('bundle-not-clean', 'No bundle was made.', { errors })

/** What a person typed is theirs to correct: it is not cut silently. */
function typedFinds(ctx: Ctx, content: BundleContent): FieldError[] {
  const fields: readonly (readonly [string, unknown])[] = [
    ['note', content.case.note],
    ['correlationId', content.case.correlationId],
    ...Object.entries(content.items).map(
      ([name, item]) => [`fields.${name}`, item?.value ?? null] as const,
    ),
  ]
  return fields.flatMap(([path, value]) => {
    if (typeof value !== 'string') return []
    const label = path.slice(path.lastIndexOf('.') + 1)
    const finds = ctx.leaks.inspect(`${label}: ${value}`, { path })
    return [...new Set(finds.map(({ kind }) => kind))].map((kind) => ({ path, kind }))
  })
}

/** Sections that may be missing; the others are made of our own words. */
const OPTIONAL = ['token', 'connection', 'checks', 'rotation'] as const

function safeContent(ctx: Ctx, collected: BundleContent): { content: BundleContent; cut: Cut[] } {
  let content = collected
  const cuts: Cut[] = []
  for (const name of OPTIONAL) {
    const { section, cut } = withhold(ctx.leaks, collected[name], `/${name}`)
    cuts.push(...cut)
    const fits = BundleContent.shape[name].safeParse(section)
    content = fits.success
      ? { ...content, [name]: fits.data }
      : withGap({ ...content, [name]: null }, name)
  }
  // A line that is cut leaves the story with a hole, and the hole is said.
  const { section, cut } = withhold(ctx.leaks, collected.timeline, '/timeline')
  const lines = BundleContent.shape.timeline.safeParse(
    (section as (Record<string, unknown> | null)[]).filter((line) => line?.['what'] !== null),
  )
  cuts.push(...cut)
  content = { ...content, timeline: lines.success ? lines.data : [] }
  if (cut.length > 0) content = withGap(content, 'timeline')
  return { content, cut: cuts }
}

const withGap = (content: BundleContent, section: string): BundleContent => ({
  ...content,
  gaps: [
    ...content.gaps,
    {
      section,
      why: `Of the section "${section}" something was withheld: it looked like a token, or was not as its schema says.`,
    },
  ],
})

const MOST_ENTRIES = 300

function safeJournal(ctx: Ctx, source: Source): { journal: BundleJournal; cut: Cut[] } {
  const entries = source.journals
    .flatMap(({ kind, entries: all }) =>
      all.map((entry) => ({
        of: kind,
        seq: entry.seq,
        at: entry.at,
        by: nameOf(entry.actor),
        program: entry.actor.kind === 'system',
        event: entry.event,
        outcome: entry.outcome,
        detail: projected(entry.detail),
      })),
    )
    .toSorted((a, b) => a.at.localeCompare(b.at) || a.of.localeCompare(b.of) || a.seq - b.seq)
    .slice(-MOST_ENTRIES)
  const { section, cut } = withhold(ctx.leaks, entries, '/entries')
  const fitting = (section as unknown[]).flatMap((entry) => {
    const parsed = BundleJournal.shape.entries.element.safeParse(entry)
    return parsed.success ? [parsed.data] : []
  })
  const sources = source.journals.map(({ kind, id, entries: all }) => ({
    kind,
    id,
    entries: all.length,
    head: all.at(-1)?.hash ?? null,
  }))
  return { journal: { format: 'interlock/journal', version: 1, sources, entries: fitting }, cut }
}
