/** What every store must do. A store's own test calls `storeContract` and adds what only it can get wrong. */
import { afterEach, beforeEach, describe } from 'vitest'

import type { Entry, Head, Kind, RecordCodec, Store } from '../../src/store/contract.ts'
import { failureContract } from './contract-failure.ts'
import { journalContract } from './contract-journal.ts'
import { listContract } from './contract-list.ts'
import { recordContract } from './contract-record.ts'
import { revisionContract } from './contract-revision.ts'
import { NOON, note, sample, sampleCodec } from './fixture.ts'

/** A record as it lies in the store, for a test to change behind the store's back. */
export interface Lying {
  record: unknown
  journal: Entry[]
}

export interface StoreUnderTest {
  store: Store
  /** From now on every write fails, until the answer is called. */
  failWrites(): () => void
  /** Changes what lies there and puts right whatever sum the store keeps: a careful hand, not a bad disk. */
  tamper(kind: Kind, id: string, change: (lying: Lying) => void): Promise<void>
  /** Closes this one and opens another on what is there. Cleaned up by `end`. */
  reopen(): Promise<Store>
  end(): Promise<void>
}

export type MakeStore = (codec: RecordCodec, clock: () => number) => Promise<StoreUnderTest>

/** What a test of the suite is given: a new store each time, and the time. */
export interface Given extends StoreUnderTest {
  now: number
  create(id: string, step?: string, kind?: Kind): Promise<Head>
}

export function storeContract(name: string, makeStore: MakeStore): void {
  describe(`${name} keeps the store's contract`, () => {
    const given = {} as Given

    beforeEach(async () => {
      given.now = NOON
      Object.assign(given, await makeStore(sampleCodec, () => given.now))
      given.create = async (id, step = 'verify', kind = 'rotation') =>
        given.store.commit(kind, id, 0, sample(`text of ${id}`, step), note('rotation.started'))
    })
    afterEach(async () => given.end())

    recordContract(given)
    revisionContract(given)
    journalContract(given)
    listContract(given)
    failureContract(given)
  })
}
