/** Step 5, and the second person before it. The one thing that cannot be undone is said in one sentence. */
import type { RotationView } from '../workflow/rotation-view.ts'
import { requirementLines, tokenName } from './view.ts'
import { during, waiting } from './wait.ts'
import { LEAVE, OTHER, post, wayOut } from './walk-exit.ts'
import type { Step } from './walk-exit.ts'

export const revoke: Step = async (walk, view) => {
  const { ask, out } = walk
  const which = view.direction === 'forward' ? 'old' : 'new'
  const token = view.direction === 'forward' ? view.oldToken : view.newToken
  out.line()
  for (const line of requirementLines(out, view.requirements)) out.line(line)
  out.line()
  const chosen = await ask.choose(`Everything holds. The ${which} token can go.`, [
    { value: 'revoke', label: `Revoke the ${which} token`, hint: tokenName(token) },
    { value: 'look', label: 'Look once more' },
    OTHER,
  ])
  if (chosen === 'other') return wayOut(walk, view)
  const named = token?.id ?? token?.fingerprint ?? token?.hint ?? null
  if (chosen === 'look' || token === null || named === null) {
    return walk.api.get<RotationView>(walk.path)
  }
  const tail = lastFour(token.hint ?? named)
  out.line(`The ${which} token ${tokenName(token)} stops working everywhere, at once and for good.`)
  const typed = await ask.text(`Its last four characters, as shown, to go on (Enter: not now)`, {
    refuse: (text) => (text === '' || text === tail ? null : 'These are not its last four.'),
  })
  if (typed === '') return walk.api.get<RotationView>(walk.path)
  return during(
    out,
    'Everything is judged again; then the portal revokes it and both tokens are asked',
    post(walk, view, 'revoke', { oldToken: named }),
  )
}

/** Of what stands on the screen: a portal may show the beginning of a token instead of its end. */
const lastFour = (shown: string): string => shown.replaceAll(/[.…*•\s]+/g, '').slice(-4)

export const revokedByHand: Step = async (walk, view) => {
  const { ask, out } = walk
  const which = view.direction === 'forward' ? 'old' : 'new'
  const chosen = await ask.choose(`The ${which} token, in the portal:`, [
    { value: 'revoked', label: 'It is revoked there', hint: 'Interlock asks the service provider' },
    {
      value: 'proof',
      label: 'It is revoked there, and I have its value',
      hint: 'so that Interlock can see it answer 401; not shown, not kept',
    },
    OTHER,
  ])
  if (chosen === 'other') return wayOut(walk, view)
  const body =
    chosen === 'proof' ? { token: await ask.secret(`The ${which} token (not shown)`) } : {}
  return during(out, 'The service provider is asked', post(walk, view, 'confirm-revoked', body))
}

const LOOK_EVERY_MS = 5_000

/** Another person with another key; on the local store everybody is the same user, so a server is needed. */
export const approve: Step = async (walk, view) => {
  const { ask, out, reach, terminal } = walk
  out.line()
  for (const line of requirementLines(out, view.requirements)) out.line(line)
  out.line()
  const chosen = await ask.choose('What was typed rather than seen needs a second person.', [
    { value: 'wait', label: 'Wait until somebody has approved', hint: 'Enter comes back' },
    ...(reach.where === 'server'
      ? [{ value: 'approve', label: 'I am that second person: approve' }]
      : []),
    OTHER,
  ])
  if (chosen === 'other') return wayOut(walk, view)
  if (chosen === 'approve') return post(walk, view, 'approve')
  if (reach.where === 'local') {
    out.line(
      'They need a server to do it: start one on this store, and give them a key of their own.',
    )
    return LEAVE
  }
  for (let now = view; ; now = await walk.api.get<RotationView>(walk.path)) {
    if (now.next.action !== 'approve') return now
    const sentence = (left: number): string => `Nobody has approved yet. Next look in ${left} s`
    const heard = await waiting(terminal, out, Date.now() + LOOK_EVERY_MS, sentence)
    if (heard === 'enter') return now
  }
}
