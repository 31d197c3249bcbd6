/** One line of the table that `npm run bench` prints. */
export interface Row {
  name: string
  /** A ratio of two things measured in the same run; for memory, megabytes. */
  ratio: number
  /** `>= 0.8` or `<= 3`. */
  goal: string
  met: boolean
  note: string
}

export function rowOf(
  name: string,
  ratio: number,
  goal: `${'<=' | '>='} ${number}`,
  note: string,
): Row {
  const [sign, bound] = goal.split(' ') as ['<=' | '>=', string]
  const met = sign === '<=' ? ratio <= Number(bound) : ratio >= Number(bound)
  return { name, ratio, goal, met, note }
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}
