/** Tokens that were typed into a case and refused at the door: exposed all the same. */
import { projected } from '../support/bundle-journal.ts'
import type { BundleContent } from '../support/bundle-schema.ts'
import type { Source } from './bundle-source.ts'

const MOST_TOLD = 20

export function exposedIn({ journals }: Source): BundleContent['exposed'] {
  const own = journals.find(({ kind }) => kind === 'escalation')?.entries ?? []
  const refused = own.flatMap(({ at, outcome, detail }) => {
    const { code, fields = [] } = projected(detail)
    if (outcome !== 'refused' || code !== 'token-in-field') return []
    return fields.map((line) => {
      const [field = '', kind = ''] = line.split(' ')
      return { at, field, kind }
    })
  })
  return refused.slice(-MOST_TOLD)
}
