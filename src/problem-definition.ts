/** One refusal of the catalogue: HTTP status, a title that never changes with the case, and what the reader does next. */
interface Definition {
  status: number
  title: string
  remedy: string
}

export const refusal = <S extends number>(status: S, title: string, remedy: string) =>
  ({ status, title, remedy }) as const satisfies Definition
