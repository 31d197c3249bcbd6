/** Who may, in the words of the design, by hand: what both security tables hold the program to. */
import type { Role } from '../../src/access/role.ts'

export const ROLES = ['owner', 'admin', 'approver', 'support', 'auditor'] as const

/** `null`: everybody, without a key or a session. */
export const WHO = {
  open: null,
  owners: ['owner'],
  writers: ['owner', 'admin'],
  approvers: ['owner', 'admin', 'approver'],
  readers: ['owner', 'admin', 'approver', 'auditor'],
  everyone: ['owner', 'admin', 'approver', 'support', 'auditor'],
  diagnosers: ['owner', 'admin', 'support'],
  handlers: ['owner', 'admin', 'support'],
} as const satisfies Record<string, readonly Role[] | null>
