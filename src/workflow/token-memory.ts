/** When a token ends, it need not be recognised for ever: told to the registry by what the record says. */
import type { RotationRecord } from '../../machines/records.ts'
import { ms } from '../../machines/vocabulary.ts'
import type { Ctx } from './context.ts'

export function retireTokens(ctx: Pick<Ctx, 'tokens'>, record: RotationRecord): void {
  const { oldToken, newToken, oldTokenLost, ending } = record.facts
  const end = (fingerprint: string | null | undefined, at: number): void => {
    if (fingerprint !== null && fingerprint !== undefined) ctx.tokens.retire(fingerprint, at)
  }
  if (newToken !== null && newToken.expiresAt !== null) {
    end(newToken.fingerprint, ms(newToken.expiresAt))
  }
  if (oldTokenLost !== null) end(oldToken.fingerprint, ms(oldTokenLost.at))
  if (ending === null) return
  if (record.step === 'rotated') end(oldToken.fingerprint, ms(ending.at))
  if (record.step === 'rolledBack') end(newToken?.fingerprint, ms(ending.at))
}
