/** One more key: for whom, with which role, for which tenants, until when. */
import { Role } from '../access/role.ts'
import { Choice, Field } from './field.tsx'
import { Csrf } from './frame.tsx'
import type { KeysData } from './key-data.ts'
import { Refusal } from './refusal.tsx'

const ROLES: Readonly<Record<Role, string>> = {
  owner: 'Owner: everything, keys too',
  admin: 'Admin: connections, rotations, escalations',
  approver: 'Approver: reads, and approves a revocation as the second person',
  support: 'Support: handles escalations, sees no connection',
  auditor: 'Auditor: reads, changes nothing',
}

export const KeyForm = ({ data }: { data: KeysData }) => {
  const { look, refused, typed, tenants } = data
  const own = tenants === 'all' ? 'all' : tenants.join(', ')
  return (
    <section aria-labelledby="make">
      <h2 id="make">Make a key</h2>
      <form method="post" action="/keys" class="verb main">
        {refused?.at === 'make' && <Refusal refused={refused} now={look.now} />}
        <Csrf look={look} />
        <input type="hidden" name="form" value={data.form} />
        <Field
          name="name"
          label="Name"
          hint="Who or what will use it. Journals show this name."
          value={typed['name']}
          required
          maxlength={80}
        />
        <Choice
          name="role"
          label="Role"
          value={typed['role'] ?? 'admin'}
          options={Role.options.map((role) => ({ value: role, title: ROLES[role] }))}
        />
        <Field
          name="tenants"
          label="Tenants"
          hint={
            tenants === 'all'
              ? 'all, or tenant names with commas between them'
              : `Some of those you hold yourself: ${own}`
          }
          value={typed['tenants'] ?? (tenants === 'all' ? undefined : own)}
          required
          maxlength={6500}
        />
        <Field
          name="expiresAt"
          label="Last day"
          hint="The key ends with this day, UTC. Left empty, it works until it is revoked."
          type="date"
          value={typed['expiresAt']}
          short
        />
        <p class="press">
          <button class="primary" type="submit">
            Make the key
          </button>
          <span class="quiet">Its value is shown once, in the answer.</span>
        </p>
      </form>
    </section>
  )
}
