import type { Actor } from '../../machines/vocabulary.ts'
import { PersonName } from '../support/bundle-word.ts'

/** Who acted, by the name of the key; one that is not written as names are is not told. */
export const nameOf = ({ name }: Pick<Actor, 'name'>): string =>
  PersonName.safeParse(name).success ? name : 'unnamed'
