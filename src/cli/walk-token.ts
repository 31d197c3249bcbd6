/** Steps 1 to 3: the new token is made and shown once, goes into the IdP, and is tested. */
import type { Finding } from '../diagnosis/finding.ts'
import type { Check } from '../scim/contract.ts'
import type { RotationView } from '../workflow/rotation-view.ts'
import { ApiProblem } from './api.ts'
import { checkLines, findingLines } from './check-report.ts'
import { wrap } from './terminal.ts'
import { during, onOtherScreen } from './wait.ts'
import { OTHER, post, wayOut } from './walk-exit.ts'
import type { Step } from './walk-exit.ts'
import type { Walk } from './walk-stage.ts'

export const createToken: Step = async (walk, view) =>
  walk.connection.portal.kind === 'manual' ? bring(walk, view) : make(walk, view)

const make: Step = async (walk, view) => {
  const { ask, out } = walk
  const chosen = await ask.choose('Create the new token now?', [
    { value: 'create', label: 'Create it', hint: 'it is shown once; have the IdP’s form open' },
    OTHER,
  ])
  if (chosen === 'other') return wayOut(walk, view)
  const days = await ask.text('For how many days? Enter: 90', {
    placeholder: '90',
    refuse: (text) =>
      /^$|^[1-9]\d{0,2}$/.test(text) && Number(text) <= 730
        ? null
        : 'A whole number from 1 to 730.',
  })
  const made = await during(
    out,
    'The portal is asked for a new token',
    post<{ rotation: RotationView; token: string | null }>(
      walk,
      view,
      'create',
      days === '' ? {} : { expiresInDays: Number(days) },
    ),
  )
  if (made.token === null) return made.rotation
  const { token, rotation } = made
  const saved = await onOtherScreen(out, () => showOnce(walk, token, rotation))
  return saved ? post(walk, rotation, 'update-idp') : rotation
}

/** → true when it is in the IdP already. */
async function showOnce(walk: Walk, token: string, rotation: RotationView): Promise<boolean> {
  const { ask, out } = walk
  out.line(out.ink.strong('The new token. It is shown once, here, to you.'))
  out.line(`\n${token}\n`)
  out.line(out.ink.strong(rotation.next.title))
  rotation.next.instructions.forEach((instruction, index) =>
    out.line(wrap(`${index + 1}. ${instruction}`, out.columns, '  ', '   ')),
  )
  out.line('\nIf it gets lost: create another one in this walk. Nothing breaks by that.\n')
  const chosen = await ask.choose('This screen goes away with your answer.', [
    // First what costs nothing when Enter is pressed too soon.
    { value: 'copied', label: 'I have copied it, and save it in the IdP next' },
    { value: 'saved', label: 'It is saved in the IdP already', hint: 'this is the cutover' },
  ])
  return chosen === 'saved'
}

const bring: Step = async (walk, view) => {
  const { ask } = walk
  const chosen = await ask.choose('Create a token in the portal, next to the old one. Then:', [
    { value: 'paste', label: 'Paste it here', hint: 'not shown; only its fingerprint is kept' },
    OTHER,
  ])
  if (chosen === 'other') return wayOut(walk, view)
  const token = await ask.secret('The new token (not shown)')
  const made = await post<{ rotation: RotationView }>(walk, view, 'create', { token })
  return made.rotation
}

export const updateIdp: Step = async (walk, view) => {
  const chosen = await walk.ask.choose('Where does the IdP stand?', [
    { value: 'saved', label: 'The token is saved at the IdP', hint: 'this is the cutover' },
    ...(view.direction === 'forward'
      ? [{ value: 'lost', label: 'The new token is lost', hint: 'create another one' }]
      : []),
    OTHER,
  ])
  if (chosen === 'other') return wayOut(walk, view)
  return chosen === 'lost' ? createToken(walk, view) : post(walk, view, 'update-idp')
}

type Tested = RotationView & { checks: Check[]; findings: Finding[] }

export const testToken: Step = async (walk, view) => {
  const { ask, out } = walk
  const failedBefore = view.test?.passed === false
  const chosen = await ask.choose(failedBefore ? 'The last test failed.' : 'Test it now?', [
    {
      value: 'test',
      label: failedBefore ? 'Test again' : 'Test',
      hint: 'real requests with the token',
    },
    { value: 'updated', label: 'The IdP was changed once more', hint: 'a new cutover' },
    ...(view.direction === 'forward'
      ? [{ value: 'another', label: 'Create another new token' }]
      : []),
    OTHER,
  ])
  if (chosen === 'other') return wayOut(walk, view)
  if (chosen === 'updated') return post(walk, view, 'update-idp')
  if (chosen === 'another') return createToken(walk, view)
  const tested = await test(walk, view)
  out.line()
  for (const line of checkLines(out, tested.checks)) out.line(line)
  for (const line of findingLines(out, tested.findings)) out.line(line)
  return tested
}

/** The value is asked for only where Interlock no longer holds it. */
export async function test(walk: Walk, view: RotationView): Promise<Tested> {
  const sentence = 'Discovery, then lists with the token'
  try {
    return await during(walk.out, sentence, post<Tested>(walk, view, 'test'))
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'token-needed') throw error
    return testWith(walk, view)
  }
}

export async function testWith(walk: Walk, view: RotationView): Promise<Tested> {
  const kept = view.direction === 'forward' ? 'new' : 'old'
  const token = await walk.ask.secret(
    `Interlock no longer holds the ${kept} token: paste it (not shown)`,
  )
  return during(
    walk.out,
    'Discovery, then lists with the token',
    post<Tested>(walk, view, 'test', { token }),
  )
}
