/** The symptom form's questions and answers. All of them are choices: nothing can be typed, so nothing can leak. */
import { STATUS_CODES } from 'node:http'
import { Operation } from '../../machines/vocabulary.ts'
import type { Catalog } from '../catalog.ts'
import { SCIM_TYPES } from '../diagnosis/code.ts'
import { labelOf } from '../diagnosis/describe.ts'
import { IdpSignal } from '../diagnosis/observation.ts'
import type { SymptomName } from './symptom-input.ts'
import { IDP_NAMES } from './word.ts'

interface Option {
  value: string
  title: string
}

export interface Question {
  name: SymptomName
  label: string
  options: readonly Option[]
}

const OPEN: Option = { value: '', title: 'not known' }
const YES_NO: readonly Option[] = [
  OPEN,
  { value: 'yes', title: 'yes' },
  { value: 'no', title: 'no' },
]

const OPERATIONS: Readonly<Record<Operation, string>> = {
  create: 'create a user',
  update: 'update a user',
  deactivate: 'deactivate a user',
  'group-sync': 'group sync',
  read: 'read or search',
}

const SIGNALS: Readonly<Record<IdpSignal, string>> = {
  'failed-tasks': 'Okta: failed tasks',
  'failure-without-reason': 'Okta: SYNC FAILURE without a reason',
  quarantine: 'Entra: the job is in quarantine',
  'redundant-export': 'Entra: skipped as redundant export',
  'pending-approval': 'OneLogin: pending an approval',
  'nothing-in-log': 'nothing in its log',
  'same-error-every-cycle': 'the same error in every cycle',
  'lookup-empty': 'the lookup found nobody',
  'existing-users-missing': 'existing users are not found',
  'left-active': 'somebody removed is still active',
}

/** The words that a finding gives as its reasons. */
const ask = (name: SymptomName, options: readonly Option[]): Question => ({
  name,
  label: labelOf(name).replace(/^(?!scim)[a-z]/, (first) => first.toUpperCase()),
  options,
})
const yesNo = (name: SymptomName): Question => ask(name, YES_NO)

const statuses = (): Option[] =>
  Object.entries(STATUS_CODES)
    .filter(([code]) => Number(code) >= 400 || /^(200|201|204|30[12378])$/.test(code))
    .map(([code, phrase]) => ({ value: code, title: `${code} ${phrase}` }))

/** What the guide asks for first. */
export const mainQuestions: readonly Question[] = [
  ask('httpStatus', [OPEN, { value: 'none', title: 'no answer came' }, ...statuses()]),
  ask('scimType', [
    { value: '', title: 'none, or not known' },
    ...SCIM_TYPES.map((type) => ({ value: type, title: type })),
    { value: 'another', title: 'another word' },
  ]),
  ask('operation', [
    OPEN,
    ...Operation.options.map((value) => ({ value, title: OPERATIONS[value] })),
  ]),
  yesNo('discoverySucceeds'),
  yesNo('usersSucceed'),
  yesNo('groupsSucceed'),
  yesNo('tokenRecentlyUsed'),
  ask('idp', [OPEN, ...Object.entries(IDP_NAMES).map(([value, title]) => ({ value, title }))]),
  yesNo('tenantMismatch'),
]

/** What tells more, when somebody has looked. */
export const moreQuestions = (catalog: Catalog): readonly Question[] => [
  ask('idpScreen', [
    OPEN,
    ...Object.values(catalog.idps).flatMap(({ idp, screens }) =>
      screens.map(({ id, title }) => ({ value: id, title: `${IDP_NAMES[idp]}: ${title}` })),
    ),
  ]),
  ask('idpSignal', [OPEN, ...IdpSignal.options.map((value) => ({ value, title: SIGNALS[value] }))]),
  yesNo('idpTestPasses'),
  yesNo('workedBefore'),
  yesNo('requestArrives'),
]
