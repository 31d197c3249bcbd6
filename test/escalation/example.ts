/** Writes `docs/examples`: five real cases, made anew. `example.test.ts` says when that is due. */
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { EXAMPLES, walkExample } from './example-case.ts'
import { exampleFiles } from './example-text.ts'

for (const [name, walk] of Object.entries(EXAMPLES)) {
  const folder = fileURLToPath(new URL(`../../docs/examples/${name}/`, import.meta.url))
  await mkdir(folder, { recursive: true })
  for (const [file, text] of Object.entries(exampleFiles(await walkExample(walk)))) {
    await writeFile(`${folder}${file}`, text)
  }
}
