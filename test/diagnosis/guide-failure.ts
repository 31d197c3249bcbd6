/** The guide up to its failure patterns by HTTP status. */
import { rows, type GuideStatement } from './guide-statement.ts'

export const FAILURE_STATEMENTS: readonly GuideStatement[] = [
  ...rows('SCIM Troubleshooting Guide', 'guide.focus', [
    ['wrong environment or wrong base URL', 'wrong environment', 'base URL'],
    ['valid discovery but broken authenticated requests', 'discovery', 'authenticated'],
    ['user provisioning working while group sync fails', 'group sync fails'],
    ['token lifecycle problems', 'lifecycle'],
    [
      'IdP configuration that looks correct but targets the wrong tenant',
      'looks correct',
      'wrong tenant',
    ],
  ]),
  ...rows('First Checks', 'guide.warnings', [
    ['Start with the smallest possible set of validations.', 'smallest possible'],
  ]),
  ...rows('First Checks', 'guide.firstChecks', [
    ['1. Discovery should work without authentication', 'Discovery', 'without authentication'],
    ['GET /scim/v2/ServiceProviderConfig', 'ServiceProviderConfig'],
    ['2. Authenticated user listing should work with a valid token', 'user listing', 'valid token'],
    [
      'Authorization: Bearer scim_your_token_here, Accept: application/scim+json',
      'Bearer scim_',
      'application/scim+json',
    ],
    ['3. Confirm token metadata in the portal', 'metadata', 'portal'],
  ]),
  ...rows('First Checks', 'failures.wrong-base-url', [
    ['Expected result: 200 (discovery)', 'expected', '200'],
  ]),
  ...rows('First Checks', 'failures.discovery-works-users-fail', [
    ['Expected result: 200 (user listing)', 'expected', '200'],
  ]),
  ...rows('First Checks', 'guide.tokenMetadata', [
    ["list the tenant's SCIM tokens", 'List', 'SCIM tokens'],
    ['confirm the expected token exists', 'exists'],
    ['check whether it has expired', 'expired'],
    ['check whether it has been revoked', 'revoked'],
    [
      'inspect last_used_at to see whether the IdP is really hitting the token you think it is',
      'last_used_at',
      'hitting',
    ],
  ]),
  ...rows('401 Unauthorized', 'failures.unauthorized', [
    ['the SCIM token is missing', 'missing'],
    ['the token is invalid, revoked, or expired', 'invalid', 'revoked', 'expired'],
    ['the IdP is not sending the header format the middleware expects', 'header format'],
    [
      'The SCIM middleware expects: Authorization: Bearer scim_xxxxxxxxx',
      'Authorization: Bearer scim_',
    ],
    [
      'If the header is malformed or the token cannot be validated, the request fails with 401.',
      'malformed',
      'validated',
      '401',
    ],
    ['confirm the token value in the IdP is current', 'token value', 'current'],
    [
      'verify whether the IdP wants the raw token or the full Bearer ... string',
      'raw token',
      'full Bearer',
    ],
    ['confirm the token has not been rotated or revoked', 'revoked', 'rotated'],
    ['confirm the IdP is pointing at the right environment', 'right environment'],
  ]),
  ...rows('400 Bad Request', 'failures.bad-request', [
    ['invalid JSON', 'Invalid JSON'],
    ['missing required user attributes', 'required user attributes'],
    ['unsupported or malformed SCIM filter syntax', 'filter syntax'],
    [
      'the request body does not match what the provider is expected to send',
      'request body does not match',
    ],
    ['userName is present', 'userName is present'],
    [
      'a valid email attribute is present where your IdP mapping expects it',
      'email attribute',
      'mapping expects',
    ],
    [
      'custom attribute mapping is not producing malformed payloads',
      'custom attribute mapping',
      'malformed payloads',
    ],
    [
      'patch operations are valid SCIM operations, not an IdP-specific custom shape',
      'patch operations',
      'custom shape',
    ],
  ]),
  ...rows('404 Not Found', 'failures.not-found', [
    [
      'the IdP is trying to update or delete a user or group that no longer exists',
      'update or delete',
      'no longer exists',
    ],
    ['the IdP has stale stored IDs', 'stale stored IDs'],
    ['the environment URL is wrong', 'environment URL is wrong'],
    ['verify the user or group still exists in the tenant', 'still exists'],
    [
      'verify the IdP is targeting the correct enterprise environment',
      'correct enterprise environment',
    ],
    [
      'if needed, deassign and reassign the pilot user to recreate state cleanly',
      'deassign and reassign',
    ],
  ]),
  ...rows('409 Conflict', 'failures.conflict', [
    ['duplicate usernames', 'duplicate usernames'],
    ['duplicate identity records', 'identity records'],
    [
      'the same user already exists under a different provisioning path',
      'different provisioning path',
    ],
    [
      'whether the user was created manually or previously provisioned',
      'manually',
      'previously provisioned',
    ],
    [
      'whether multiple IdP applications are trying to control the same account',
      'multiple IdP applications',
    ],
    [
      'whether userName and email strategy are stable across the organization',
      'strategy',
      'stable',
    ],
  ]),
]
