/** Prints the sum of the sample bundle: started in other time zones. */
import process from 'node:process'
import { sample } from './bundle-sample.ts'

const { sha256 } = await sample()
process.stdout.write(`${new Date(1980, 0, 1).toISOString()} ${sha256}\n`)
