/** The canary: a one-time value in a harmless attribute of the pilot. Where it turns up, a write landed. */
import { advance, loadForChange } from './advance.ts'
import type { Held } from './advance.ts'
import type { Ctx } from './context.ts'
import { canaryValue } from './id.ts'

export async function issueCanary(ctx: Ctx, id: string, expected: number): Promise<Held> {
  const held = await loadForChange(ctx, id, expected)
  return advance(ctx, held, { type: 'canary.issued', value: canaryValue(), attribute: 'title' })
}
