import { inspect } from 'node:util'

/**
 * A token or password on its way through memory. Printing, logging, JSON or string concatenation
 * shows `[secret]`; only `reveal()` gives the value, so every place that can leak it is found by
 * searching for that word.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
