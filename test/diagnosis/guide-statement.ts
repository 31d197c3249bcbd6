/**
 * Every statement of the troubleshooting guide, and the part of the catalogue that carries it.
 * `words` must stand together in one sentence there whose source is this section of the guide.
 */
export interface GuideStatement {
  section: string
  statement: string
  /** Path into the catalogue. */
  where: string
  words: readonly string[]
}

export const rows = (
  section: string,
  where: string,
  statements: readonly (readonly [string, ...string[]])[],
): GuideStatement[] =>
  statements.map(([statement, ...words]) => ({ section, statement, where, words }))
