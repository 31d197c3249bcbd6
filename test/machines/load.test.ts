/**
 * That the machines load at all. A file whose imports throw has no tests, and a mutation run takes no
 * tests for no failure: here the import fails inside a test.
 */
import { expect, test } from 'vitest'

test('the machines load', async () => {
  const kernel = await import('../../machines/kernel.ts')
  const { view } = await import('../../machines/rotation.view.ts')
  expect(Object.keys(kernel)).toContain('decide')
  expect(view).toBeTypeOf('function')
})
