/** The symptom form's questions and answers. All of them are choices: nothing can be typed, so nothing can leak. */
import { STATUS_CODES } from 'node:http'
import { Operation } from '../../machines/vocabulary.ts'
import type { Catalog } from '../catalog.ts'
import { SCIM_TYPES } from '../diagnosis/code.ts'
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

const yesNo = (name: SymptomName, label: string): Question => ({ name, label, options: YES_NO })

const statuses = (): Option[] =>
  Object.entries(STATUS_CODES)
    .filter(([code]) => Number(code) >= 400 || /^(200|201|204|30[12378])$/.test(code))
    .map(([code, phrase]) => ({ value: code, title: `${code} ${phrase}` }))

/** What the guide asks for first. */
export const mainQuestions: readonly Question[] = [
  {
    name: 'httpStatus',
    label: 'HTTP status of the failing request',
    options: [OPEN, { value: 'none', title: 'no answer came' }, ...statuses()],
  },
  {
    name: 'scimType',
    label: 'scimType in the answer',
    options: [
      { value: '', title: 'none, or not known' },
      ...SCIM_TYPES.map((type) => ({ value: type, title: type })),
      { value: 'another', title: 'another word' },
    ],
  },
  {
    name: 'operation',
    label: 'Failing operation',
    options: [OPEN, ...Operation.options.map((value) => ({ value, title: OPERATIONS[value] }))],
  },
  yesNo('discoverySucceeds', 'Discovery succeeds'),
  yesNo('usersSucceed', 'Users succeed'),
  yesNo('groupsSucceed', 'Groups succeed'),
  yesNo('tokenRecentlyUsed', 'The portal shows recent use of the token'),
  {
    name: 'idp',
    label: 'IdP',
    options: [OPEN, ...Object.entries(IDP_NAMES).map(([value, title]) => ({ value, title }))],
  },
  yesNo('tenantMismatch', 'Something names another tenant'),
]

/** What tells more, when somebody has looked. */
export const moreQuestions = (catalog: Catalog): readonly Question[] => [
  {
    name: 'idpScreen',
    label: 'Screen the token is entered on',
    options: [
      OPEN,
      ...Object.values(catalog.idps).flatMap(({ idp, screens }) =>
        screens.map(({ id, title }) => ({ value: id, title: `${IDP_NAMES[idp]}: ${title}` })),
      ),
    ],
  },
  {
    name: 'idpSignal',
    label: 'What the IdP shows',
    options: [OPEN, ...IdpSignal.options.map((value) => ({ value, title: SIGNALS[value] }))],
  },
  yesNo('idpTestPasses', 'The IdP’s connection test passes'),
  yesNo('workedBefore', 'It worked before with these settings'),
  yesNo('requestArrives', 'The service provider sees the request arrive'),
]
