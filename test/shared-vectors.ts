import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Independent vectors beside the checkout: data of others, used where it is present and never copied into the project. */
const home = new URL('../../shared/vectors/', import.meta.url)

/** A folder of vectors; `undefined`, with a notice that can be seen, where it is absent. */
export function sharedVectors(folder: string): URL | undefined {
  const url = new URL(`${folder}/`, home)
  if (existsSync(url)) return url
  console.warn(
    `SKIPPED: no vectors at ../shared/vectors/${folder}; the tests that need them did not run`,
  )
  return undefined
}

export function filesIn(folder: URL | undefined): readonly string[] {
  return folder ? readdirSync(folder).sort() : []
}

export function readText(folder: URL, file: string): string {
  return readFileSync(new URL(file, folder), 'utf8')
}

export function readJson(folder: URL, file: string): unknown {
  return JSON.parse(readText(folder, file))
}
