/** What is known of an IdP's side (`data/idps/*.json`): screens, paths, tests, cycle, traps. */
import { z } from 'zod'
import { Idp } from '../../machines/vocabulary.ts'
import { FINDING_CODES } from '../diagnosis/code.ts'
import { CheckStep, Doer, Source, Statement, Text } from '../diagnosis/statement.ts'

/** What a person types into the field. `ask`: the screen alone does not tell; try raw, on 401 with Bearer. */
export const Enter = z.enum(['raw', 'with-bearer', 'ask'])
export type Enter = z.infer<typeof Enter>

const Screen = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  title: Text,
  /** How to tell that this is the screen in front of you. */
  recognise: Statement,
  field: Text,
  enter: Enter,
  /** What this screen then puts on the wire. */
  sent: Statement,
  mistake: Statement,
  /** The click path, in order. May hold `{baseUrl}`. */
  update: z.array(Statement).min(2),
})

const GroupStep = z.strictObject({ title: Text, who: Doer, text: Text, source: Source })

export const IdpFacts = z.strictObject({
  format: z.literal('interlock/idp'),
  version: z.literal(1),
  idp: Idp,
  title: Text,
  /** Minutes within which everything that holds the token has used it; the default quiet window. */
  cycle: z.strictObject({ minutes: z.int().min(1).max(10_080), text: Text, source: Source }),
  screens: z
    .array(Screen)
    .min(1)
    .refine((all) => new Set(all.map((screen) => screen.id)).size === all.length),
  test: z.strictObject({
    button: Text,
    requests: z.array(Statement).min(1),
    proves: Statement,
    refused: Statement,
  }),
  /** May hold `{pilotUser}`, `{attribute}`, `{value}`. */
  canary: z.array(Statement).min(2),
  log: z.array(Statement).min(1),
  failedTasks: Statement,
  afterGap: z.array(Statement).min(1),
  limits: z.array(Statement).min(1),
  /** Joined to the findings they name. */
  checks: z.array(CheckStep.extend({ findings: z.array(z.enum(FINDING_CODES)).min(1) })).min(1),
  groups: z.strictObject({
    steps: z.array(GroupStep).min(3),
    traps: z.array(Statement).min(1),
  }),
})
export type IdpFacts = z.infer<typeof IdpFacts>
