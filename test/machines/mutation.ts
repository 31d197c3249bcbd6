/** How many cases a property draws: all of them, or a tenth while `npm run mutate` asks thousands of times. */
export const drawn = (all: number): number =>
  process.env['MUTATION'] === undefined ? all : Math.ceil(all / 10)
