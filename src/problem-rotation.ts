/** What rotations and escalations can refuse; part of the catalogue in `problem-catalogue.ts`. */
import { refusal } from './problem-definition.ts'

export const ROTATION_PROBLEMS = {
  // Rotations
  'rotation-in-progress': refusal(
    409,
    'A rotation is under way for this connection',
    'Finish, roll back or abandon that one first.',
  ),
  'no-overlap': refusal(
    409,
    'The portal does not let two tokens live at once',
    'Free a slot there, or plan an outage with the service provider: no safe rotation is possible.',
  ),
  'step-not-open': refusal(
    409,
    'This step is not open now',
    'Do what the current step asks for; the rotation shows it under next.',
  ),
  'revocation-blocked': refusal(
    409,
    'The old token cannot be revoked yet',
    'Meet every requirement in unmet; each says who can do that, how, and from when.',
  ),
  // 422, not 409: the value itself is the wrong one, and no waiting and no other state makes it right.
  'old-token-given': refusal(
    422,
    'That is the old token',
    'Give the new token: the one that was made in step 1.',
  ),
  'new-token-given': refusal(
    422,
    'That is the new token',
    'The rotation is being rolled back: give the old token, the one the IdP is going back to.',
  ),
  'token-unusable': refusal(
    422,
    'That is not a SCIM token as the portal shows it',
    'Copy the value again from the portal, the whole of it and nothing else.',
  ),
  'old-token-unknown': refusal(
    422,
    'No live token of the portal fits what was given',
    'Name the old token by its id, as the list of the portal’s tokens shows it.',
  ),
  'old-token-gone': refusal(
    409,
    'The old token is not valid any more',
    'There is nothing to go back to: finish the rotation with the new token.',
  ),
  'creation-pending': refusal(
    409,
    'A token is being created',
    'Wait a moment and read the rotation again; an unfinished creation is cleaned up by the next attempt.',
  ),
  'rolling-back': refusal(
    409,
    'The rotation is being rolled back',
    'Finish the roll-back or abandon the rotation, then start another.',
  ),
  'same-person': refusal(
    409,
    'A second person is needed',
    'Let somebody else approve, with a key of their own.',
  ),
  'reading-impossible': refusal(
    422,
    'That reading cannot be true',
    'Read the portal again: no token can have been used after the moment of reading.',
  ),
  'still-answers': refusal(
    409,
    'The token is still accepted',
    'Revoke it in the portal, then confirm again; Interlock asks the service provider each time.',
  ),
  'service-provider-unclear': refusal(
    502,
    'The service provider gave no clear answer',
    'Repeat once it answers; nothing was recorded as revoked.',
  ),
  'known-already': refusal(409, 'That is recorded already', 'Nothing to do.'),
  'token-needed': refusal(
    409,
    'The token is no longer in memory',
    'Send it again as token; Interlock holds a value only for as long as a step needs it.',
  ),
  'token-not-recognised': refusal(
    409,
    'That is neither the old nor the new token',
    'Give the token of this rotation, or record another new token in step 1.',
  ),
  'portal-not-connected': refusal(
    409,
    'Interlock does not see this portal',
    'Read it out to Interlock instead, or connect the portal in the connection.',
  ),
  'portal-failed': refusal(
    502,
    'The portal did not do what was asked',
    'Check that the portal is up and its credential valid; then read the rotation and repeat.',
  ),
  'pilot-user-missing': refusal(
    409,
    'The connection names no pilot user',
    'Name a pilot user in the connection.',
  ),
  'reading-not-accepted': refusal(
    409,
    'A typed reading is not accepted here',
    'Look now instead: the portal can be observed, and what is observed is not taken on word.',
  ),
  'connection-in-use': refusal(
    409,
    'A rotation is using this connection',
    'Finish, roll back or abandon that rotation first.',
  ),
  'already-approved': refusal(
    409,
    'This was approved already',
    'Nothing to do; a change of the evidence asks for a new approval.',
  ),
  'tenant-mismatch': refusal(
    409,
    'The tenant is not the expected one',
    'Stop, find out which tenant is right, and let a named person resume the rotation.',
  ),
  'target-refused': refusal(
    422,
    'Interlock does not send requests there',
    'Use a public https address, or let the operator list the host in INTERLOCK_ALLOW_TARGETS.',
  ),

  // Escalations
  'escalation-incomplete': refusal(
    409,
    'The escalation is not complete',
    'Fill in what missing names.',
  ),
  'state-not-open': refusal(
    409,
    'The case is not in a state for this',
    'Read the case again; next says who does what now.',
  ),
  'nothing-to-observe': refusal(
    409,
    'The case belongs to no connection',
    'Answer its items by hand, or open a case for the connection.',
  ),
  'bundle-not-clean': refusal(
    409,
    'The bundle would carry a secret',
    'Correct the fields named in errors, then submit again.',
  ),
} as const
