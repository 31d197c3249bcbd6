/** The practice portal as it stands. */
import type { Stage } from './stage.ts'

export const isLive = (stage: Stage, id: string): boolean =>
  stage.provider.practice.tokens.list().some((t) => t.id === id && t.revokedAt === null)
