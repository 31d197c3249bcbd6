/** How each kind of record is read and indexed: the one place that knows them all. */
import { parseEscalation } from '../../machines/escalation.record.ts'
import { parseRotation } from '../../machines/records.ts'
import type { RotationRecord } from '../../machines/records.ts'
import { statusOf, stepOf } from '../../machines/rotation.view.ts'
import { keyLabels, parseKeyRecord } from '../access/key-record.ts'
import type { Kind, Labels, RecordCodec } from '../store/contract.ts'
import { bundleLabels, parseBundleRecord } from './bundle.record.ts'
import { connectionLabels, parseConnectionRecord } from './connection.record.ts'
import { escalationLabels } from './escalation-label.ts'

interface Reader<R> {
  parse(stored: unknown): R
  labels(record: R): Labels
}

const reader = <R>(
  parse: (stored: unknown) => R,
  labels: (record: R) => Labels,
): Reader<unknown> => ({
  parse,
  labels: (record) => labels(record as R),
})

const rotationLabels = (record: RotationRecord): Labels => ({
  connectionId: record.facts.connectionId,
  tenantId: record.facts.tenantId,
  status: statusOf(record),
  step: stepOf(record),
  // So that a token is recognised whichever rotation it was seen in.
  oldToken: record.facts.oldToken.fingerprint ?? '',
  newToken: record.facts.newToken?.fingerprint ?? '',
  // What a crash may have left half done: looked for at start without opening every record.
  pending:
    record.facts.creation !== null
      ? 'creation'
      : record.step === 'revokingOldToken' || record.step === 'revokingNewToken'
        ? 'revocation'
        : '',
})

/** `others` are the kinds whose shape belongs to an outer ring (stored answers, say). */
export function createCodec(others: Readonly<Partial<Record<Kind, Reader<unknown>>>>): RecordCodec {
  const readers: Readonly<Partial<Record<Kind, Reader<unknown>>>> = {
    rotation: reader(parseRotation, rotationLabels),
    connection: reader(parseConnectionRecord, connectionLabels),
    key: reader(parseKeyRecord, keyLabels),
    escalation: reader(parseEscalation, escalationLabels),
    bundle: reader(parseBundleRecord, bundleLabels),
    ...others,
  }
  const of = (kind: Kind): Reader<unknown> => {
    const found = readers[kind]
    if (found === undefined) throw new Error(`no schema for records of kind ${kind}`)
    return found
  }
  return {
    parse: (kind, record) => of(kind).parse(record),
    labels: (kind, record) => of(kind).labels(record),
  }
}
