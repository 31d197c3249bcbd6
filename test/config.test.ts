import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'

const refusal = (environment: Record<string, string>): ConfigError => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error(`taken: ${JSON.stringify(environment)}`)
}

const LONG = 'x'.repeat(32)

describe('without any setting', () => {
  it('listens on this machine only and keeps its records in data/local', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: null,
      secret: null,
      bootstrapKey: null,
      practice: false,
      logLevel: 'info',
      allowTargets: { entries: [] },
    })
    expect(config.store.folder).toBe(`${process.cwd()}/data/local`)
    expect(Object.isFrozen(config) && Object.isFrozen(config.store)).toBe(true)
  })

  it('takes an empty one for an absent one', () => {
    expect(readConfig({ HOST: '', PORT: '', INTERLOCK_SECRET: '', LOG_LEVEL: '' })).toEqual(
      readConfig({}),
    )
  })
})

describe('a setting', () => {
  it('is taken as it is meant', () => {
    const config = readConfig({
      HOST: '0.0.0.0',
      PORT: '0',
      PUBLIC_URL: 'https://interlock.example/',
      STORE_URL: 'file:/var/lib/interlock',
      INTERLOCK_SECRET: LONG,
      INTERLOCK_BOOTSTRAP_KEY: `ilk_${LONG}`,
      INTERLOCK_ALLOW_TARGETS: 'portal.internal, 10.0.0.7:8443',
      INTERLOCK_PRACTICE: '1',
      LOG_LEVEL: 'warn',
    })
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      publicUrl: 'https://interlock.example',
      store: { kind: 'files', folder: '/var/lib/interlock' },
      practice: true,
      logLevel: 'warn',
    })
    expect(config.secret?.reveal()).toBe(LONG)
    expect(config.bootstrapKey?.reveal()).toBe(`ilk_${LONG}`)
    expect(config.allowTargets.entries).toEqual([
      { host: 'portal.internal', port: null },
      { host: '10.0.0.7', port: 8443 },
    ])
    expect(`${inspect(config)}${JSON.stringify(config)}`).not.toContain(LONG)
  })

  it('may name the folder in three ways', () => {
    const folder = (text: string) => readConfig({ STORE_URL: text }).store.folder
    expect(folder('file:some/where')).toBe(`${process.cwd()}/some/where`)
    expect(folder('file:/a/b')).toBe('/a/b')
    expect(folder('file:///a/b%20c')).toBe('/a/b c')
  })

  it('decides about practice, whatever the command line says', () => {
    expect(readConfig({}, { practice: true }).practice).toBe(true)
    expect(readConfig({ INTERLOCK_PRACTICE: '0' }, { practice: true }).practice).toBe(false)
    expect(readConfig({ INTERLOCK_PRACTICE: '1' }, { practice: false }).practice).toBe(true)
  })

  it('that is bad is named, with what it must be, in one line', () => {
    const bad: [string, string][] = [
      ['HOST', 'no host'],
      ['HOST', 'http://x'],
      ['PORT', '65536'],
      ['PORT', '80.5'],
      ['PORT', '-1'],
      ['PORT', 'http'],
      ['PUBLIC_URL', 'interlock.example'],
      ['PUBLIC_URL', 'ftp://interlock.example'],
      ['PUBLIC_URL', 'https://u:p@interlock.example'],
      ['PUBLIC_URL', 'https://interlock.example/path'],
      ['PUBLIC_URL', 'https://interlock.example?q'],
      ['PUBLIC_URL', 'http://interlock.example'],
      ['STORE_URL', 'data/local'],
      ['STORE_URL', 'file:'],
      ['STORE_URL', 'file://host/a'],
      ['STORE_URL', 'mysql://x'],
      ['INTERLOCK_SECRET', 'x'.repeat(31)],
      ['INTERLOCK_BOOTSTRAP_KEY', 'x'.repeat(40)],
      ['INTERLOCK_BOOTSTRAP_KEY', `ilk_${'x'.repeat(27)}`],
      ['INTERLOCK_BOOTSTRAP_KEY', `ilk_${'x '.repeat(20)}`],
      ['INTERLOCK_ALLOW_TARGETS', 'https://x'],
      ['INTERLOCK_PRACTICE', 'yes'],
      ['LOG_LEVEL', 'loud'],
    ]
    for (const [name, value] of bad) {
      const error = refusal({ [name]: value })
      expect(error.setting, value).toBe(name)
      expect(error.message, value).toMatch(new RegExp(`^${name} must be .+$`))
      expect(error.message.split('\n')).toHaveLength(1)
    }
  })

  it('of PostgreSQL is understood, and answered for what this build can do', () => {
    for (const url of ['postgres://u:secret@h/d', 'postgresql://h/d']) {
      const error = refusal({ STORE_URL: url })
      expect(error.message).toBe(
        'STORE_URL must be file:DIR: this build has no PostgreSQL store yet',
      )
    }
  })

  it('is never repeated', () => {
    const names = ['HOST', 'PORT', 'PUBLIC_URL', 'STORE_URL', 'INTERLOCK_SECRET', 'LOG_LEVEL']
    names.push('INTERLOCK_BOOTSTRAP_KEY', 'INTERLOCK_ALLOW_TARGETS', 'INTERLOCK_PRACTICE')
    const hostile = fc.string({ minLength: 3, maxLength: 20 }).map((text) => `§${text}§`)
    fc.assert(
      fc.property(fc.constantFrom(...names), hostile, (name, value) => {
        const { message } = refusal({ [name]: value })
        expect(message).not.toContain(value)
      }),
    )
  })
})

describe('where it listens', () => {
  it('is beyond this machine only with TLS in front', () => {
    for (const host of ['0.0.0.0', '::', '10.1.2.3', 'interlock.internal', '::ffff:10.0.0.1']) {
      expect(refusal({ HOST: host }).message).toMatch(/^HOST must be a loopback address/)
      expect(refusal({ HOST: host, PUBLIC_URL: 'http://127.0.0.1' }).setting).toBe('HOST')
      expect(readConfig({ HOST: host, PUBLIC_URL: 'https://x.example' }).host).toBe(host)
    }
    for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost', '::ffff:127.0.0.1']) {
      expect(readConfig({ HOST: host }).host).toBe(host)
    }
    const local = readConfig({ PUBLIC_URL: 'http://[::1]:9000' })
    expect(local.publicUrl).toBe('http://[::1]:9000')
  })
})
