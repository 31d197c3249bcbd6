import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { createLog, traceOf } from '../src/log.ts'
import { Secret } from '../src/secret.ts'

it('writes JSON lines, and no value that stands under a telling name', () => {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  const log = createLog('info', sink)
  log.debug({ a: 1 }, 'not at this level')
  log.info(
    {
      token: 'canary',
      a: { password: 'canary', b: { authorization: 'canary' } },
      s: new Secret('canary'),
    },
    'x',
  )
  expect(lines).toHaveLength(1)
  const line = JSON.parse(lines[0]!) as Record<string, unknown>
  expect(line).toMatchObject({ level: 'info', msg: 'x', token: '[secret]', s: '[secret]' })
  expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/)
  expect(lines[0]).not.toContain('canary')
})

it('tells where an error happened, not what it said', () => {
  const full = Object.assign(new TypeError('canary\n    at canary (/c/canary.ts:1:1)'), {
    code: 'ENOSPC',
  })
  const trace = traceOf(full)
  expect(trace).toMatchObject({ name: 'TypeError', code: 'ENOSPC' })
  expect(trace.frames[0]).toContain('log.test.ts')
  expect(JSON.stringify(trace)).not.toContain('canary')
  const renamed = new Error('canary')
  expect(renamed.stack).toContain('canary')
  // The stack was written down with another message: what of it is ours can no longer be told.
  Object.assign(renamed, { message: 'changed', name: 'canary', code: 'canary' })
  expect(traceOf(renamed)).toEqual({ name: 'Error', frames: [] })
  expect(traceOf('canary')).toEqual({ name: 'string', frames: [] })
})
