import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '../core/error.ts'
import { parseJson } from '../core/json.ts'
import { isSamePlace, type MigrationRecord, parseMigration } from '../core/migration.ts'
import type { Readers } from '../core/verify.ts'

/** Migration records in files and in folders of `.json` files, between commas; throws where one is no record. */
export async function readMigrationFiles(text: string): Promise<Required<Readers>['migrations']> {
  const records: MigrationRecord[] = []
  for (const path of text.split(',').map((part) => part.trim())) {
    for (const file of await filesAt(path)) records.push(await readRecord(file))
  }
  return async (issuer, root, from) =>
    records.filter(
      (record) =>
        record.issuer === issuer && record.root === root && isSamePlace(record.from, from),
    )
}

export async function filesAt(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort()
  return names.map((name) => join(path, name))
}

async function readRecord(file: string): Promise<MigrationRecord> {
  const text = await readFile(file)
  try {
    return parseMigration(parseJson(text))
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, `${file}: ${thrown.message}`, thrown.pointer)
  }
}
