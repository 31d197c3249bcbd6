/** The committed examples are what the program makes of these cases today; `npm run examples` makes them anew. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { EXAMPLE_FOLDER } from '../support/bundle-sample.ts'
import { EXAMPLES, walkExample } from './example-case.ts'
import { exampleFiles } from './example-text.ts'

/** What a reader must find in the summary without knowing anything else. */
const TOLD: Readonly<Record<string, readonly RegExp[]>> = {
  'revoked-too-early': [
    /# Case .*old token was revoked while the IdP still used it/,
    /\| HTTP status \| 401 \|/,
    /old \| revoked/,
    /new \| live/,
    /Nobody has said yet that the IdP holds the new token/,
    /1\. Update the IdP at once/,
  ],
  'wrong-tenant': [
    /# Case .*wrong tenant/,
    /a token of another tenant was found/,
    /\*\*Stop the rollout\*\*/,
    /1\. Stop the rollout/,
  ],
  'groups-fail': [
    /\| Failing operation \| group-sync \| observed/,
    /\| HTTP status \| 403 \| observed/,
    /\| Users are listed \| pass \| HTTP 200 \|/,
    /\| Groups are listed \| \*\*fail\*\* \| HTTP 403 \|/,
    /1\. Enable groups at the service provider/,
  ],
  expired: [
    /# Case .*expired/,
    /2026-12-24 08:00:00Z \| The token expired/,
    /1\. Create a new token, update the IdP/,
  ],
  duplicates: [
    /HTTP 409 \(uniqueness\)/,
    /Correlation id \| 7d9c1f52/,
    /1\. Decide which record is the right one/,
  ],
}

it.each(Object.entries(EXAMPLES))('%s', async (name, walk) => {
  const files = exampleFiles(await walkExample(walk))
  for (const [file, text] of Object.entries(files)) {
    const committed = readFileSync(new URL(`${name}/${file}`, EXAMPLE_FOLDER), 'utf8')
    expect(text, `docs/examples/${name}/${file} is out of date: npm run examples`).toBe(committed)
  }
  const summary = files['summary.md']
  for (const told of TOLD[name] ?? []) expect(summary).toMatch(told)
  for (const section of [
    'What is reported',
    'First hypothesis',
    'Not known, and why',
    'Next step',
  ]) {
    expect(summary).toContain(`## ${section}`)
  }
})
