/** Who may do what, as one table. A role is a set of permissions; a route asks for one of them. */
import { z } from 'zod'

export const Role = z.enum(['owner', 'admin', 'approver', 'support', 'auditor'])
export type Role = z.infer<typeof Role>

export const Permission = z.enum([
  'keys.manage',
  'connections.read',
  'connections.write',
  'rotations.read',
  'rotations.write',
  'rotations.approve',
  'escalations.read',
  'escalations.write',
  'escalations.handle',
  'bundles.read',
  'audit.read',
  'guide.read',
  'diagnose',
])
export type Permission = z.infer<typeof Permission>

const READING: readonly Permission[] = [
  'connections.read',
  'rotations.read',
  'escalations.read',
  'bundles.read',
  'audit.read',
  'guide.read',
]

/**
 * Support handles cases and never sees connections or rotations: what it needs of them is in the
 * bundle, which was checked. An auditor changes nothing at all, and asks for no diagnosis either.
 */
const PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(Permission.options),
  admin: new Set(Permission.options.filter((permission) => permission !== 'keys.manage')),
  approver: new Set<Permission>([...READING, 'rotations.approve']),
  support: new Set<Permission>([
    'escalations.read',
    'escalations.handle',
    'bundles.read',
    'guide.read',
    'diagnose',
  ]),
  auditor: new Set(READING),
}

export const may = (role: Role, permission: Permission): boolean =>
  PERMISSIONS[role].has(permission)

/** The roles a permission is given to, for the sentence that refuses the others. */
export const rolesWith = (permission: Permission): Role[] =>
  Role.options.filter((role) => may(role, permission))
