#!/usr/bin/env node
// The source runs without a build: tsx is registered here, with this project's settings, whatever
// folder the command is called from. Node names its version to those whom it is too old for.
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`interlock needs Node 20.19 or later; this is ${process.version}.\n`)
  process.exit(2)
}
const { register } = await import('tsx/esm/api')
register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) })
const { runProcess } = await import('./cli.ts')
await runProcess()
