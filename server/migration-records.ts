import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { parseJson } from '../core/json.ts'
import { type MigrationRecord, parseMigration } from '../core/migration.ts'
import { ConfigError } from './config.ts'

/** The migration records of a batch of this issuer account and root; none is trusted, whoever verifies checks them. */
export type FindMigrations = (issuer: string, root: string) => Promise<readonly MigrationRecord[]>

/** Records of one batch that are read at most. */
const maxRecords = 16

/**
 * Finds records in a folder, in files whose names begin with the root, as `npx hardhat reanchor` writes them. A file that is added
 * counts at once; one that is no record is passed over.
 *
 * Without a folder there are none. Throws `ConfigError` where it cannot be read.
 */
export async function openMigrations(folder: string | undefined): Promise<FindMigrations> {
  if (folder === undefined) return async () => []
  await readdir(folder).catch((thrown: unknown) => {
    throw new ConfigError(
      `MIGRATIONS_DIR ${folder} cannot be read: ${messageOf(thrown)}; set it to a folder of migration records.`,
    )
  })
  return async (issuer, root) => {
    const names = (await readdir(folder)).filter(
      (name) => name.startsWith(root) && name.endsWith('.json'),
    )
    const read = names.sort().slice(0, maxRecords)
    const records = await Promise.all(read.map((name) => readRecord(join(folder, name))))
    return records.flatMap((record) =>
      record?.issuer === issuer && record.root === root ? [record] : [],
    )
  }
}

async function readRecord(file: string): Promise<MigrationRecord | undefined> {
  try {
    return parseMigration(parseJson(await readFile(file)))
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return undefined
    throw thrown
  }
}
