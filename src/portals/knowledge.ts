/** `data/portals/*.json`, read once at start. */
import { readFileSync } from 'node:fs'
import type { PortalKind } from '../../machines/vocabulary.ts'
import { PortalFactsBroken, parsePortalFacts } from './trait.ts'
import type { PortalFacts } from './trait.ts'

const OWN_DATA = new URL('../../data/portals/', import.meta.url)

/** One file per kind of portal. Throws `PortalFactsBroken` naming what does not fit. */
export function loadPortalFacts(): Readonly<Record<PortalKind, PortalFacts>> {
  const read = (kind: PortalKind): PortalFacts => {
    const facts = parsePortalFacts(
      JSON.parse(readFileSync(new URL(`${kind}.json`, OWN_DATA), 'utf8')) as unknown,
    )
    if (facts.kind !== kind) throw new PortalFactsBroken(`data/portals/${kind}.json: kind`)
    return facts
  }
  return { manual: read('manual'), axonflow: read('axonflow') }
}
