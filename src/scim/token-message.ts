/** One sentence for everything that can be wrong, or was put right, with a token somebody pasted. */

/** Put right by itself; worth saying, because the same paste went into the IdP. */
export type TokenCorrection =
  | 'surrounding-space'
  | 'trailing-newline'
  | 'leading-bearer'
  | 'doubled-bearer'
  | 'header-name'
  | 'quotes'
  | 'smart-quotes'

/** Not usable as it is. */
export type TokenFault =
  | 'empty'
  | 'bearer-only'
  | 'prefix-only'
  | 'own-key'
  | 'masked'
  | 'truncated'
  | 'unbalanced-quote'
  | 'inner-newline'
  | 'inner-space'
  | 'control-character'
  | 'invisible-character'
  | 'not-ascii'
  | 'not-token-characters'
  | 'too-short'
  | 'too-long'
  | 'old-token-given'

/** None of these repeats, measures or describes the value itself. */
export const TOKEN_MESSAGES: Readonly<Record<TokenCorrection | TokenFault, string>> = {
  'surrounding-space':
    'There was space around the token. It was removed here; check that the field in the IdP has none.',
  'trailing-newline':
    'The token was copied with a line break at its end. It was removed here; check that the field in the IdP has none.',
  'leading-bearer':
    'The token was given with the word Bearer in front. It was removed here; whether the IdP wants the word depends on its screen.',
  'doubled-bearer':
    'The word Bearer stands in front of the token more than once. A header like that is answered with 401: take one out in the IdP.',
  'header-name':
    'The whole header was given, with its name. Only the token was kept; the IdP field takes no header name.',
  quotes:
    'The token was wrapped in quotation marks. They were removed here; check that the field in the IdP has none.',
  'smart-quotes':
    'The token was wrapped in typographic quotation marks, as word processors and chats put them. They were removed here; check the field in the IdP.',
  empty: 'No token was given.',
  'bearer-only': 'Only the word Bearer was given, without a token after it.',
  'prefix-only': 'Only the prefix of a token was given, without the part that follows it.',
  'own-key':
    'This is a key for Interlock itself, not a SCIM token. Create the SCIM token in the portal of the service provider.',
  masked:
    'This is the masked form that a portal shows in its list, not the token. The full value is shown only when a token is created.',
  truncated:
    'The token has been cut short: it contains the dots that stand for a missing part. Copy it with the copy button of the portal.',
  'unbalanced-quote':
    'There is a quotation mark at one end of the token only, so part of it may be missing. Copy it again.',
  'inner-newline':
    'There is a line break inside the token. Copy it again as one line, and only one token.',
  'inner-space': 'There is a space inside the token. Copy it again, and only the token.',
  'control-character': 'There is a control character inside the token. Copy it again.',
  'invisible-character':
    'There is an invisible character inside the token, as web pages and chats add them. Copy it from the portal itself.',
  'not-ascii':
    'There is a letter or sign in the token that no token contains. Copy it from the portal itself, not from a document.',
  'not-token-characters':
    'There is a character in this that a bearer token cannot contain (RFC 6750). Copy the token alone, without anything around it.',
  'too-short':
    'This is too short to be a token. Perhaps only its first or last characters were copied.',
  'too-long': 'This is too long to be a token. Perhaps more than the token was copied.',
  'old-token-given': 'This is the old token again. Give the new one, which was created in step 1.',
}
