/**
 * The case for support. `collecting` and `ready` differ only in whether all eight items are answered,
 * so that nobody submits half a case; what support asks back leads to collecting again.
 */
import { assign, setup } from 'xstate'
import * as change from './escalation.change.ts'
import type { EscalationEvent, EscalationEventOf, EscalationEventType } from './escalation.event.ts'
import type { EscalationFacts } from './escalation.facts.ts'
import { isComplete } from './escalation.policy.ts'

type Args = { context: EscalationFacts; event: EscalationEvent }

const remember = <T extends EscalationEventType>(
  type: T,
  changed: (facts: EscalationFacts, event: EscalationEventOf<T>) => Partial<EscalationFacts>,
) =>
  assign<EscalationFacts, EscalationEvent, undefined, EscalationEvent, never>(
    ({ context, event }) =>
      event.type === type ? changed(context, event as EscalationEventOf<T>) : {},
  )

/** Would the case be complete with what this event brings? Nothing is complete by an event that brings nothing. */
function completes({ context, event }: Args): boolean {
  if (event.type === 'items.answered') {
    return isComplete({ ...context, ...change.answerItems(context, event) })
  }
  if (event.type === 'items.observed') {
    return isComplete({ ...context, ...change.observe(context, event) })
  }
  return false
}

const escalationSetup = setup({
  types: {} as { context: EscalationFacts; events: EscalationEvent; input: EscalationFacts },
  guards: {
    completes,
    isComplete: ({ context }: Args) => isComplete(context),
    isPerson: ({ event }: Args) => event.by.kind !== 'system',
  },
  actions: {
    observe: remember('items.observed', change.observe),
    answerItems: remember('items.answered', change.answerItems),
    submit: remember('escalation.submitted', change.submit),
    acknowledge: remember('escalation.acknowledged', change.acknowledge),
    askBack: remember('info.requested', change.askBack),
    resolve: remember('escalation.resolved', change.resolve),
    withdraw: remember('escalation.withdrawn', change.withdraw),
  },
})

/** Answers and observations lead to `ready` or back to `collecting`, whatever is missing then. */
const gathering = {
  'items.observed': [
    { guard: 'completes', target: 'ready', actions: 'observe' },
    { target: 'collecting', actions: 'observe' },
  ],
  'items.answered': [
    { guard: 'completes', target: 'ready', actions: 'answerItems' },
    { target: 'collecting', actions: 'answerItems' },
  ],
} as const

const withdrawing = {
  'escalation.withdrawn': { guard: 'isPerson', target: 'withdrawn', actions: 'withdraw' },
} as const

const asking = {
  'info.requested': { guard: 'isPerson', target: 'needsInfo', actions: 'askBack' },
} as const

export const escalationMachine = escalationSetup.createMachine({
  id: 'escalation',
  context: ({ input }) => input,
  initial: 'collecting',
  states: {
    collecting: { on: { ...gathering, ...withdrawing } },
    ready: {
      on: {
        ...gathering,
        ...withdrawing,
        'escalation.submitted': { guard: 'isComplete', target: 'submitted', actions: 'submit' },
      },
    },
    submitted: {
      on: {
        ...asking,
        ...withdrawing,
        'escalation.acknowledged': {
          guard: 'isPerson',
          target: 'acknowledged',
          actions: 'acknowledge',
        },
      },
    },
    acknowledged: {
      on: {
        ...asking,
        ...withdrawing,
        'escalation.resolved': { guard: 'isPerson', target: 'resolved', actions: 'resolve' },
      },
    },
    needsInfo: {
      on: {
        ...withdrawing,
        'items.answered': gathering['items.answered'],
      },
    },
    resolved: { type: 'final' },
    withdrawn: { type: 'final' },
  },
})
