/** What cases are found by in the store. */
import type { EscalationRecord } from '../../machines/escalation.record.ts'
import type { Labels } from '../store/contract.ts'

export const escalationLabels = ({ step, facts }: EscalationRecord): Labels => ({
  state: step,
  tenantId: facts.tenantId ?? '',
  connectionId: facts.connectionId ?? '',
  rotationId: facts.rotationId ?? '',
  openedBy: facts.openedBy.id,
})
