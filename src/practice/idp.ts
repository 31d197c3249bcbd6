/**
 * An IdP's hand: the form with its token, the saved token, the people assigned, and what is still to
 * be written. How each IdP puts that on the wire is its dialect's business.
 */
import { createCall } from './idp-call.ts'
import { CallFailed } from './idp-contract.ts'
import type {
  Call,
  Done,
  IdpDialect,
  IdpEvent,
  IdpHand,
  IdpKind,
  IdpOrder,
  IdpRequest,
} from './idp-contract.ts'
import { entraDialect } from './idp-entra.ts'
import { oktaDialect } from './idp-okta.ts'
import { oneloginDialect } from './idp-onelogin.ts'

type Operation = Extract<IdpEvent['operation'], 'update' | 'deactivate' | 'group-sync' | 'read'>
interface Task {
  operation: Operation
  subject: string
  run(call: Call): Promise<Done>
}

export function createIdp(kind: IdpKind, order: IdpOrder): IdpHand {
  const dialect = dialectOf(kind, order.writes ?? 'put')
  const clock = order.clock ?? Date.now
  const log: IdpEvent[] = []
  const requests: IdpRequest[] = []
  const ids = new Map<string, string>()
  /** All a person was ever given here: PUT writes the whole of it. */
  const attributes = new Map<string, Readonly<Record<string, unknown>>>()
  const pending = new Map<string, Task>()
  let form: string | null = null
  let tested = false
  let saved: string | null = null

  const callWith = (token: string | null): Call =>
    createCall({
      baseUrl: order.baseUrl.replace(/\/+$/, ''),
      fetch: order.fetch ?? ((url, init) => fetch(url, init)),
      headers: dialect.headers,
      headerFormat: order.headerFormat ?? dialect.headerFormat,
      token,
      record: requests,
    })

  function write(event: Omit<IdpEvent, 'at' | 'reference'>): IdpEvent {
    const line = { at: clock(), ...event, reference: `${kind}-${log.length + 1}` }
    log.push(line)
    return line
  }

  async function run(task: Task): Promise<IdpEvent> {
    const key = `${task.operation} ${task.subject}`
    const { operation, subject } = task
    pending.set(key, task)
    try {
      const done = await task.run(callWith(saved))
      pending.delete(key)
      const made = done.operation === 'create' && operation === 'update'
      return write({
        operation: made ? 'create' : operation,
        subject,
        outcome: done.operation === 'skipped' ? 'skipped' : 'success',
        httpStatus: done.status,
      })
    } catch (failure) {
      return write({ operation, subject, outcome: 'failure', httpStatus: statusOf(failure) })
    }
  }

  function change(
    operation: 'update' | 'deactivate',
    userName: string,
    wanted: Readonly<Record<string, unknown>>,
  ): Promise<IdpEvent> {
    attributes.set(userName, { ...attributes.get(userName), ...wanted })
    return run({
      operation,
      subject: userName,
      async run(call) {
        const all = attributes.get(userName) ?? wanted
        const knownId = ids.get(userName) ?? null
        const done = await dialect.write(call, { userName, change: all, knownId })
        ids.set(userName, done.id)
        return done
      },
    })
  }

  return {
    kind,
    log,
    requests,
    state: () => ({
      kind,
      form: form === null ? 'empty' : tested ? 'tested' : 'entered',
      saved: saved !== null,
      formIsSaved: form === saved,
      pending: pending.size,
    }),
    enterToken(value) {
      form = value
      tested = false
    },
    async testConnection() {
      try {
        const { status } = await dialect.test(callWith(form))
        tested = status === 200
        return { green: tested, httpStatus: status }
      } catch (failure) {
        tested = false
        return { green: false, httpStatus: statusOf(failure) }
      }
    },
    save() {
      saved = form
    },
    provision: (asked) => change('update', asked.userName, { active: true, ...asked.change }),
    deactivate: (asked) => change('deactivate', asked.userName, { active: false }),
    pushGroup: ({ displayName, members }) =>
      run({
        operation: 'group-sync',
        subject: displayName,
        run: (call) =>
          dialect.group(call, {
            displayName,
            memberIds: members.flatMap((userName) => ids.get(userName) ?? []),
          }),
      }),
    async runCycle() {
      const events: IdpEvent[] = []
      const waiting = [...pending.values()]
      const read = await backgroundOf(dialect, callWith(saved))
      if (read !== null) events.push(write(read))
      for (const task of waiting) events.push(await run(task))
      return events
    },
  }
}

function dialectOf(kind: IdpKind, writes: 'put' | 'patch'): IdpDialect {
  if (kind === 'entra') return entraDialect()
  return kind === 'okta' ? oktaDialect(writes) : oneloginDialect(writes)
}

async function backgroundOf(
  dialect: IdpDialect,
  call: Call,
): Promise<Omit<IdpEvent, 'at' | 'reference'> | null> {
  const line = { operation: 'read', subject: 'background' } as const
  try {
    const replies = await dialect.background(call)
    const worst = replies.map((reply) => reply.status).sort((a, b) => b - a)[0]
    if (worst === undefined) return null
    return { ...line, outcome: worst === 200 ? 'success' : 'failure', httpStatus: worst }
  } catch (failure) {
    return { ...line, outcome: 'failure', httpStatus: statusOf(failure) }
  }
}

/** Anything else than a failed call is our own mistake and is not swallowed. */
function statusOf(failure: unknown): number | null {
  if (failure instanceof CallFailed) return failure.status
  throw failure
}
