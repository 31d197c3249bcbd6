/** What somebody has to do at the IdP, step by step, from the catalogue. Pure. */
import type { Idp } from '../../machines/vocabulary.ts'
import type { Catalog } from '../catalog.ts'
import type { Enter } from './contract.ts'

/** Values for the placeholders; what is missing is written out in words instead. */
export interface Blanks {
  baseUrl?: string
  pilotUser?: string
  attribute?: string
  value?: string
}

interface ScreenChoice {
  id: string
  title: string
  recognise: string
}

export interface Guidance {
  idp: Idp
  title: string
  /** `null`: this IdP has several screens, and it is not known which one is meant. */
  screen: { id: string; title: string; recognise: string; field: string } | null
  /** To ask which screen it is; empty when that is known. */
  askScreen: ScreenChoice[]
  header: { enter: Enter; instruction: string; sent: string | null; mistake: string | null }
  /** Step 2 of a rotation. Empty when the screen has to be asked first. */
  update: string[]
  test: { button: string; requests: string[]; proves: string; refused: string }
  canary: string[]
  log: string[]
  failedTasks: string
  afterGap: string[]
  limits: string[]
  cycle: { minutes: number; text: string }
}

/** An unknown screen id is treated like none: asked for, never guessed. */
export function guidanceFor(
  catalog: Catalog,
  idp: Idp,
  screenId?: string,
  blanks: Blanks = {},
): Guidance {
  const facts = catalog.idps[idp]
  const only = facts.screens.length === 1 ? facts.screens[0] : undefined
  const screen = facts.screens.find(({ id }) => id === screenId) ?? only ?? null
  const texts = (statements: readonly { text: string }[]): string[] =>
    statements.map(({ text }) => fill(text, blanks))
  return {
    idp,
    title: facts.title,
    screen:
      screen === null
        ? null
        : {
            id: screen.id,
            title: screen.title,
            recognise: screen.recognise.text,
            field: screen.field,
          },
    askScreen:
      screen === null
        ? facts.screens.map(({ id, title, recognise }) => ({
            id,
            title,
            recognise: recognise.text,
          }))
        : [],
    header: {
      enter: screen?.enter ?? 'ask',
      instruction: HEADER[screen?.enter ?? 'ask'],
      sent: screen?.sent.text ?? null,
      mistake: screen?.mistake.text ?? null,
    },
    update: screen === null ? [] : texts(screen.update),
    test: {
      button: facts.test.button,
      requests: texts(facts.test.requests),
      proves: facts.test.proves.text,
      refused: facts.test.refused.text,
    },
    canary: texts(facts.canary),
    log: texts(facts.log),
    failedTasks: facts.failedTasks.text,
    afterGap: texts(facts.afterGap),
    limits: texts(facts.limits),
    cycle: { minutes: facts.cycle.minutes, text: facts.cycle.text },
  }
}

const HEADER: Readonly<Record<Enter, string>> = {
  raw: 'Enter the token alone, without the word Bearer.',
  'with-bearer': 'Enter the word Bearer, one space, and the token.',
  ask: 'Try the token alone first. If the test answers 401, enter it with the word Bearer and one space in front.',
}

const IN_WORDS: Readonly<Record<keyof Blanks, string>> = {
  baseUrl: 'the base URL of this connection',
  pilotUser: 'the pilot user',
  attribute: 'a harmless attribute such as Title',
  value: 'a one-time value',
}

/** A text of the catalogue with its placeholders filled in, or written out in words. */
export function fill(text: string, blanks: Blanks = {}): string {
  return text.replaceAll(
    /\{(baseUrl|pilotUser|attribute|value)\}/g,
    (_all, name: keyof Blanks) => blanks[name] ?? IN_WORDS[name],
  )
}
