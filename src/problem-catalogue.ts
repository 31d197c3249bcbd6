/**
 * Every refusal this program can give: its code (stable, part of `type`), HTTP status, a title that
 * never changes with the case, and the remedy: what the reader does next. One line per fact; a
 * refusal that is not in here cannot be thrown.
 */
import { refusal } from './problem-definition.ts'
import { ROTATION_PROBLEMS } from './problem-rotation.ts'

export const PROBLEMS = {
  // Who asks
  unauthenticated: refusal(
    401,
    'No valid key',
    'Send a live key as "Authorization: Bearer ilk_…"; an owner can make one.',
  ),
  forbidden: refusal(403, 'This key may not do that', 'Use a key whose role and tenants allow it.'),
  throttled: refusal(
    429,
    'Too many failed attempts',
    'Wait for the seconds that Retry-After names, then use a valid key.',
  ),
  'sign-in-closed': refusal(
    404,
    'This sign-in link is not open',
    'Restart Interlock: it prints a new link for as long as nobody holds an owner key.',
  ),
  'key-from-setting': refusal(
    409,
    'The key comes from a setting',
    'Change or remove INTERLOCK_BOOTSTRAP_KEY, restart, then revoke it if it is still listed.',
  ),

  // What was asked for
  'not-found': refusal(404, 'Not found', 'Check the address, and that the key is for that tenant.'),
  'method-not-allowed': refusal(
    405,
    'Method not allowed here',
    'Use one of the methods in the Allow header.',
  ),
  'payload-too-large': refusal(413, 'Body too large', 'Send at most 256 KiB.'),
  'not-json': refusal(
    415,
    'The body is not declared as JSON',
    'Send the body with "Content-Type: application/json".',
  ),
  'malformed-json': refusal(
    400,
    'The body is not JSON',
    'Send one JSON object in UTF-8, as RFC 8259 writes it.',
  ),
  'invalid-input': refusal(
    422,
    'Some fields are not accepted',
    'Correct the fields named in errors; /docs shows what each of them takes.',
  ),
  'token-in-field': refusal(
    422,
    'A field seems to hold a token',
    'Treat that token as exposed: revoke it where it was issued, and send the field without it.',
  ),
  'bad-cursor': refusal(
    400,
    'The cursor is not one of ours',
    'Use the nextCursor of the answer before, unchanged, or start without one.',
  ),

  // In which state
  'precondition-required': refusal(
    428,
    'If-Match is missing',
    'Read the thing first, then send its ETag as If-Match.',
  ),
  'bad-precondition': refusal(
    400,
    'If-Match is not a revision',
    'Send exactly one strong entity tag with a revision in it, as If-Match: "7".',
  ),
  'stale-revision': refusal(
    412,
    'Somebody changed it meanwhile',
    'Read it again, look at what changed, and repeat with the current revision.',
  ),
  'bad-idempotency-key': refusal(
    400,
    'The Idempotency-Key is not usable',
    'Send 1 to 200 printable ASCII characters.',
  ),
  'idempotency-key-reused': refusal(
    422,
    'This Idempotency-Key belongs to another request',
    'Use a new key for a new request; the same key only with the same body.',
  ),
  'idempotency-in-flight': refusal(
    409,
    'The same request is still running',
    'Wait a moment, then repeat it with the same Idempotency-Key to get its answer.',
  ),

  ...ROTATION_PROBLEMS,

  // Ourselves
  unavailable: refusal(
    503,
    'Not possible at the moment',
    'Read the current state first, then repeat. If it stays so, ask the operator to look at /readyz.',
  ),
  internal: refusal(
    500,
    'Something went wrong inside Interlock',
    'Give the requestId to the operator: the log line with that id says where it happened.',
  ),
} as const

export type ProblemCode = keyof typeof PROBLEMS
export type ProblemStatus = (typeof PROBLEMS)[ProblemCode]['status']
