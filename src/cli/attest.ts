/** What a person read elsewhere and types here. It is named as their word wherever it is shown. */
import type { Ask } from './ask.ts'
import type { ConnectionView } from './view.ts'

const OPERATIONS = ['update', 'create', 'deactivate', 'group-sync'] as const

export async function eventFrom(ask: Ask, connection: ConnectionView): Promise<object> {
  const operation = await ask.choose(
    'What does the IdP’s log show?',
    OPERATIONS.map((value) => ({ value, label: value })),
  )
  const pilot = connection.pilotUser ?? ''
  const subject = await ask.text(`Of which user or group? Enter: ${pilot}`, {
    placeholder: pilot,
    refuse: (text) => (text !== '' || pilot !== '' ? null : 'Name the user or group.'),
  })
  const occurredAt = await timeFrom(ask, 'When, in the log?')
  const reference = await ask.text('Its id or reference in that log', {
    refuse: (text) =>
      /^[\x21-\x7E]{1,128}$/.test(text) ? null : '1 to 128 characters, no spaces.',
  })
  return {
    operation,
    subject: subject === '' ? pilot : subject,
    occurredAt,
    outcome: 'success',
    source: `${connection.idp} log`,
    reference,
  }
}

export async function readingFrom(ask: Ask): Promise<object> {
  const oldLastUsedAt = await timeFrom(
    ask,
    'The old token: last used, as the portal shows it',
    true,
  )
  const newLastUsedAt = await timeFrom(
    ask,
    'The new token: last used, as the portal shows it',
    true,
  )
  return { oldLastUsedAt, newLastUsedAt, readAt: new Date().toISOString() }
}

async function timeFrom(ask: Ask, message: string): Promise<string>
async function timeFrom(ask: Ask, message: string, orNever: true): Promise<string | null>
async function timeFrom(ask: Ask, message: string, orNever = false): Promise<string | null> {
  const forms = `16:31 (today, here) or 2026-01-31T16:31:00Z${orNever ? ', or never' : ''}`
  const typed = await ask.text(message, {
    placeholder: forms,
    refuse: (text) =>
      (orNever && text === 'never') || momentOf(text, new Date()) !== null ? null : `As ${forms}.`,
  })
  return momentOf(typed, new Date())
}

/** Null for what is no time. A time of day is today's, in this machine's zone. */
export function momentOf(text: string, now: Date): string | null {
  const day = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text)
  if (day !== null) {
    const at = new Date(now)
    at.setHours(Number(day[1]), Number(day[2]), Number(day[3] ?? 0), 0)
    return at.toISOString()
  }
  const full = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/
  if (!full.test(text)) return null
  const at = new Date(text.replace(' ', 'T'))
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
