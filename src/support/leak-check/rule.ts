/** Vendor shapes as data (`data/secrets.json`): one rule per token kind, written from the vendor's own page. */
import { z } from 'zod'

export const Rule = z.strictObject({
  /** Reported as the kind of a find. */
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  vendor: z.string().min(1),
  /** The vendor's page the shape was taken from; `own` for this program's keys. */
  source: z.union([z.url({ protocol: /^https$/ }), z.literal('own')]),
  /** The pattern is tried only on text that contains one of these. */
  keywords: z.array(z.string().min(2)).min(1),
  /** RE2 syntax; runs in linear time. */
  pattern: z.string().min(4),
  /** Fixed beginnings, not part of the secret. */
  stems: z.array(z.string().min(2)).default([]),
  /** Texts in which the rule must find something, and must not. `·` is left out when they are read, so that no scanner takes them for real. */
  positive: z.array(z.string().min(8)).min(1),
  negative: z.array(z.string().min(1)).min(1),
})
export type Rule = z.infer<typeof Rule>

export const RuleSet = z.strictObject({
  version: z.string().min(1),
  rules: z.array(Rule).min(1),
})
export type RuleSet = z.infer<typeof RuleSet>

/** An example as it would stand in a text. */
export const example = (text: string): string => text.replaceAll('·', '')
