/** The pilot-group path: narrow to one group, confirm scope, walk the IdP's group configuration. */
import type { Idp } from '../../machines/vocabulary.ts'
import type { Catalog } from '../catalog.ts'
import type { Doer } from '../diagnosis/statement.ts'

export interface GroupSyncGuide {
  idp: Idp
  title: string
  steps: { number: number; title: string; who: Doer; text: string; source: string }[]
  traps: { text: string; source: string }[]
}

export function groupSyncGuide(catalog: Catalog, idp: Idp): GroupSyncGuide {
  const { title, groups } = catalog.idps[idp]
  return {
    idp,
    title,
    steps: groups.steps.map((step, index) => ({ number: index + 1, ...step })),
    traps: groups.traps.map((trap) => ({ ...trap })),
  }
}
