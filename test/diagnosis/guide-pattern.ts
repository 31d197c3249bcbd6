/** The guide from its patterns over several requests to the escalation package. */
import { rows, type GuideStatement } from './guide-statement.ts'

export const PATTERN_STATEMENTS: readonly GuideStatement[] = [
  ...rows('Discovery Works but User Sync Fails', 'failures.discovery-works-users-fail', [
    ['This is one of the most common rollout patterns.', 'most common rollout patterns'],
    ['the network path is probably fine', 'network path is probably fine'],
    ['the problem is usually token or IdP header configuration', 'usually token or IdP header'],
  ]),
  ...rows('Discovery Works but User Sync Fails', 'guide.warnings', [
    [
      'That is why discovery and authenticated user listing should always be tested separately.',
      'tested separately',
    ],
  ]),
  ...rows('Users Sync but Groups Do Not', 'failures.groups-not-synced', [
    ['group provisioning was never enabled in the IdP', 'never enabled'],
    [
      'the app assignment includes users but not the groups you expect',
      'assignment includes users',
    ],
    ['the IdP supports group sync differently from user sync', 'differently'],
    [
      'the rollout moved to group-based access before the basic provisioning path was stable',
      'group-based access',
    ],
    ['The right response is usually not "keep retrying."', 'not to keep retrying'],
    ['1. narrow to one pilot group', 'narrow to one pilot group'],
    ['2. confirm that group is in scope', 'in scope'],
    ["3. verify the IdP's group configuration step by step", 'group configuration step by step'],
  ]),
  ...rows('Provisioning Reaches the Wrong Tenant', 'failures.wrong-tenant', [
    ['This is a high-risk issue and should stop rollout immediately.', 'high-risk', 'immediately'],
    ['wrong enterprise hostname', 'enterprise hostname'],
    ['copied base URL from another environment', 'copied from another environment'],
    [
      'token created in one tenant but reused elsewhere',
      'created in one tenant',
      'reused elsewhere',
    ],
    [
      'Do not continue rollout until the environment and tenant targeting are unambiguous.',
      'Do not continue',
      'unambiguous',
    ],
  ]),
  ...rows('Token Rotation Problems', 'failures.old-token-revoked-too-early', [
    ['a new token is created', 'new token is created'],
    ['the IdP still uses the old token', 'still uses the old token'],
    ['tenant admins revoke the old token too early', 'revoke the old token too early'],
    ['provisioning silently stops', 'silently stops'],
  ]),
  ...rows('Token Rotation Problems', 'guide.rotation', [
    ['1. create the new token', 'Create the new token'],
    ['2. update the IdP', 'Update the IdP'],
    ['3. run a connection test', 'connection test'],
    ['4. verify a real provisioning event', 'real provisioning event'],
    ['5. revoke the old token', 'Revoke the old token'],
  ]),
  ...rows('Okta', 'idps.okta', [
    ['the app template is the SCIM 2.0 header-auth style app', 'header-auth style app'],
    ['the API integration test passes', 'API integration test passes'],
    ['users or groups are actually assigned to the app', 'actually assigned'],
    [
      'attribute mappings still produce userName and email the way you expect',
      'mappings still produce userName and email',
    ],
  ]),
  ...rows('Microsoft Entra ID', 'idps.entra', [
    ['provisioning mode is automatic', 'mode is automatic'],
    ['the tenant URL points to the right /scim/v2 base', 'tenant URL', '/scim/v2'],
    [
      'the secret token field contains the current SCIM token',
      'secret token field',
      'current SCIM token',
    ],
    [
      'provisioning logs or provision-on-demand results match the pilot user you are testing',
      'provision-on-demand results match',
    ],
  ]),
  ...rows('OneLogin', 'idps.onelogin', [
    ['the SCIM connection is enabled successfully', 'enabled successfully'],
    ['the provisioning tab is actually turned on', 'actually turned on'],
    ['assignments are in place', 'assignments are in place'],
    ['OneLogin is using the token format you expect', 'token format you expect'],
  ]),
  ...rows('SCIM Error Types', 'scimErrors.invalidFilter', [
    ['invalidFilter: Filter syntax is malformed', 'filter syntax is malformed'],
  ]),
  ...rows('SCIM Error Types', 'scimErrors.uniqueness', [
    ['uniqueness: Duplicate userName or externalId', 'duplicate userName or externalId'],
  ]),
  ...rows('SCIM Error Types', 'scimErrors.invalidSyntax', [
    ['invalidSyntax: Request body parse error', 'parse error'],
  ]),
  ...rows('SCIM Error Types', 'scimErrors.invalidValue', [
    ['invalidValue: Field value fails validation', 'fails validation'],
  ]),
  ...rows('SCIM Error Types', 'scimErrors.noTarget', [
    ['noTarget: Resource not found for the operation', 'not found for the operation'],
  ]),
  ...rows('SCIM Error Types', 'scimErrors.mutability', [
    ['mutability: Attempt to change an immutable field', 'immutable field'],
  ]),
  ...rows('Good Escalation Package for Support', 'guide.escalation', [
    ['the tenant or organization identifier', 'tenant or organization'],
    ['the SCIM base URL you configured', 'base URL you configured'],
    ['the identity provider used', 'identity provider used'],
    [
      'the failing operation type: create, update, deactivate, or group sync',
      'create, update, deactivate',
    ],
    ['approximate timestamp', 'timestamp'],
    ['HTTP status code', 'HTTP status code'],
    ['whether discovery succeeds', 'discovery succeeds'],
    ['whether the token shows recent use in the portal', 'recent use'],
  ]),
  ...rows('Good Escalation Package for Support', 'guide.warnings', [
    ['Avoid sending live tokens in support channels.', 'live tokens'],
  ]),
]
