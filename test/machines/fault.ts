/** What can go wrong with a history that would end well, one thing at a time. */
import type { RotationEvent } from '../../machines/rotation.event.ts'
import {
  CUT,
  NEW_PRINT,
  OLD_PRINT,
  OTHER_PRINT,
  ann,
  created,
  lost,
  mismatched,
  program,
  reasoned,
  sight,
  t,
  turnedBack,
} from './event.ts'
import type { World } from './world.ts'

/** One thing spoilt, so that the end must not be reached. Each gets the good history and gives back a bad one. */
type Spoil = (events: RotationEvent[], w: World) => RotationEvent[]
const cutOf = (events: RotationEvent[]): number =>
  Date.parse(events.findLast((e) => e.type === 'idp.updated')?.at ?? '') - Date.parse(t(0))
const swap =
  (type: RotationEvent['type'], change: (event: never, w: World) => RotationEvent | null): Spoil =>
  (events, w) => {
    const index = events.findLastIndex((e) => e.type === type)
    if (index === -1) return []
    const event = change(events[index] as never, w)
    return [
      ...events.slice(0, index),
      ...(event === null ? [] : [event]),
      ...events.slice(index + 1),
    ]
  }
const evidence = (
  change: (event: Extract<RotationEvent, { type: 'event.recorded' }>['event']) => object,
): Spoil =>
  swap('event.recorded', (e: Extract<RotationEvent, { type: 'event.recorded' }>) => ({
    ...e,
    event: { ...e.event, ...change(e.event) },
  }))
type Confirmed = Extract<RotationEvent, { type: 'revocation.confirmed' }>
type Read = Extract<RotationEvent, { type: 'portal.read' }>
const kept = (w: World) => (w.back ? 'old' : 'new')
const retired = (w: World) => (w.back ? 'new' : 'old')

export const spoils: Record<string, Spoil> = {
  'no test': swap('connection.tested', () => null),
  'a failed test': swap(
    'connection.tested',
    (e: RotationEvent) => ({ ...e, passed: false }) as RotationEvent,
  ),
  'a test with another token': swap(
    'connection.tested',
    (e: RotationEvent) => ({ ...e, fingerprint: OTHER_PRINT }) as RotationEvent,
  ),
  'a test with the token to retire': swap(
    'connection.tested',
    (e: RotationEvent, w) =>
      ({ ...e, fingerprint: w.back ? NEW_PRINT : OLD_PRINT }) as RotationEvent,
  ),
  'the test before the cutover': (events) => {
    const cut = events.findLastIndex((e) => e.type === 'idp.updated')
    const again = { ...events[cut], at: t(cutOf(events) + 10_001) } as RotationEvent
    const test = events.findLastIndex((e) => e.type === 'connection.tested')
    return [...events.slice(0, test + 1), again, ...events.slice(test + 1)]
  },
  'no event': (events) =>
    events.filter((e) => e.type !== 'event.recorded' && e.type !== 'pilot.read'),
  'the event at the cutover': evidence(() => ({ occurredAt: t(CUT) })),
  'the event before it': evidence(() => ({ occurredAt: t(CUT - 1) })),
  'a read': evidence(() => ({ operation: 'read' })),
  'a failure': evidence(() => ({ outcome: 'failure' })),
  skipped: evidence(() => ({ outcome: 'skipped' })),
  'another tenant': evidence(() => ({ tenantId: 'umbrella' })),
  'another token': evidence(() => ({ tokenId: 'tok-zzz' })),
  'another user': evidence(() => ({ subject: 'someone@acme.example' })),
  'the event in the future': evidence((e) => ({
    occurredAt: new Date(Date.parse(e.occurredAt) + 40_000).toISOString(),
  })),
  'the pilot unchanged': swap(
    'pilot.read',
    (e: RotationEvent) => ({ ...e, lastModified: t(50_000) }) as RotationEvent,
  ),
  'the pilot changed at the cutover': swap(
    'pilot.read',
    (e: RotationEvent) => ({ ...e, lastModified: t(CUT) }) as RotationEvent,
  ),
  'the kept token never used': (events, w) =>
    events.map((e) => {
      if (!('reading' in e) || e.reading === null || e.type === 'idp.updated') return e
      return {
        ...e,
        reading: { ...e.reading, [kept(w)]: { ...e.reading[kept(w)], lastUsedAt: null } },
      }
    }),
  'the kept token used by us alone': (events, w) =>
    events.map((e) => {
      if (!('reading' in e) || e.reading === null || e.type === 'idp.updated') return e
      const mark = t(cutOf(events) + 9_050)
      return {
        ...e,
        reading: { ...e.reading, [kept(w)]: { ...e.reading[kept(w)], lastUsedAt: mark } },
      }
    }),
  'the retired token used after the cutover': (events, w) => {
    const index = events.findLastIndex(
      (e) =>
        (e.type === 'revocation.confirmed' && e.reading !== null) ||
        (e.type === 'portal.read' && !w.observable),
    )
    const e = events[index] as Read | Confirmed
    const seen = e.reading!
    const spoilt = {
      ...e,
      reading: { ...seen, [retired(w)]: { ...seen[retired(w)], lastUsedAt: t(CUT + 1) } },
    }
    return [...events.slice(0, index), spoilt, ...events.slice(index + 1)]
  },
  'the retired token used, and hidden again': (events, w) => {
    const index = events.findLastIndex((e) => e.type === 'portal.read')
    const e = events[index] as Read
    const readAt = new Date(Date.parse(e.reading.readAt) - 1).toISOString()
    const stray = {
      ...e,
      reading: {
        ...e.reading,
        readAt,
        [retired(w)]: { ...e.reading[retired(w)], lastUsedAt: t(CUT + 1) },
      },
    }
    return [...events.slice(0, index), stray, ...events.slice(index)]
  },
  'confirmed too early': (events, w) => {
    const until = CUT + Math.max(w.quiet, w.grain) - 1
    return events.map((e) => {
      if (e.type === 'revocation.confirmed') {
        const seen = e.reading === null ? null : { ...e.reading, readAt: t(until) }
        return { ...e, at: t(until), reading: seen }
      }
      return e
    })
  },
  'not looked at for the confirmation': (events, w) =>
    w.observable
      ? swap('revocation.confirmed', (e: Confirmed) => ({ ...e, reading: null }))(events, w)
      : swap('revocation.confirmed', (e: Confirmed) => ({
          ...e,
          at: new Date(Date.parse(e.at) + 16 * 60_000).toISOString(),
        }))(events, w),
  'looked at a minute too long ago': (events, w) =>
    w.observable
      ? swap('revocation.confirmed', (e: Confirmed) => ({
          ...e,
          at: new Date(Date.parse(e.reading!.readAt) + 60_001).toISOString(),
        }))(events, w)
      : [],
  'the kept token not live': (events, w) =>
    w.observable
      ? swap('revocation.confirmed', (e: Confirmed) => ({
          ...e,
          reading: { ...e.reading!, [kept(w)]: { ...e.reading![kept(w)], status: 'expired' } },
        }))(events, w)
      : [],
  'the kept token expired': (events, w) =>
    w.back
      ? []
      : swap(
          'token.created',
          (e: RotationEvent) =>
            ({
              ...e,
              expiresAt: events.find((x) => x.type === 'revocation.confirmed')!.at,
            }) as RotationEvent,
        )(events, w).map((e) =>
          'reading' in e && e.reading !== null && e.type === 'revocation.confirmed'
            ? {
                ...e,
                reading: { ...e.reading, new: sight(null, { ...e.reading.new, expiresAt: e.at }) },
              }
            : e,
        ),
  'the kept token named': swap('revocation.confirmed', (e: Confirmed, w) => ({
    ...e,
    named: w.back ? OLD_PRINT : NEW_PRINT,
  })),
  'a token nobody knows named': swap('revocation.confirmed', (e: Confirmed) => ({
    ...e,
    named: OTHER_PRINT,
  })),
  'the program confirms': swap('revocation.confirmed', (e: Confirmed) => ({ ...e, by: program })),
  'nobody confirms': swap('revocation.confirmed', () => null),
  'nobody approves': (events, w) =>
    asksTwo(w) ? swap('revocation.approved', () => null)(events, w) : [],
  'the same person approves': (events, w) =>
    asksTwo(w)
      ? swap('revocation.approved', (e: RotationEvent) => ({ ...e, by: ann }))(events, w)
      : [],
  'another tenant answers': (events) => [
    ...events.slice(0, -2),
    mismatched(CUT + 11_000),
    ...events.slice(-2),
  ],
  'another tenant answers, and somebody resumes': (events) => [
    ...events.slice(0, -2),
    mismatched(CUT + 11_000),
    reasoned('rotation.resumed', CUT + 11_500),
    ...events.slice(-2),
  ],
  'another IdP update at the last moment': (events) => {
    const confirmation = events.at(-2)!
    return [
      ...events.slice(0, -2),
      { ...events.findLast((e) => e.type === 'idp.updated')!, at: confirmation.at },
      ...events.slice(-2),
    ]
  },
  'another new token at the last moment': (events, w) =>
    w.back
      ? []
      : [
          ...events.slice(0, -2),
          created(CUT + 12_000, { token: { id: 'tok-3', hint: null, fingerprint: OTHER_PRINT } }),
          ...events.slice(-2),
        ],
  'another base URL at the last moment': (events) => [
    ...events.slice(0, -2),
    { type: 'base-url.changed', at: t(CUT + 12_000), by: ann },
    ...events.slice(-2),
  ],
  'turned back at the last moment': (events, w) =>
    w.back ? [] : [...events.slice(0, -2), turnedBack(CUT + 12_000), ...events.slice(-2)],
  'the way back lost at the last moment': (events, w) =>
    w.back ? [...events.slice(0, -1), lost(CUT + 12_000), ...events.slice(-1)] : [],
  'the retired token still answers': (events, w) => {
    const proof = events.at(-1) as Extract<RotationEvent, { type: 'old-token.revoked' }>
    return [
      ...events.slice(0, -1),
      { ...proof, proof: { ...proof.proof, retiredAnswered: 200, ...(w.observable ? {} : {}) } },
    ]
  },
  'halted at the last moment': (events) => [
    ...events.slice(0, -1),
    reasoned('rotation.halted', CUT + 12_000),
    ...events.slice(-1),
  ],
}
const asksTwo = (w: World): boolean =>
  w.second === 'always' || (w.second === 'when-attested' && !w.observable)
