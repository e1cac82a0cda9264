import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import pg from 'pg'
import { messageOf } from '../core/error.ts'
import { ConfigError } from './config.ts'
import { lockDirectory } from './data-lock.ts'
import { migrate } from './migrations.ts'
import type { Tables } from './tables.ts'

/** The one SQL dialect, on either storage. */
export interface Database {
  readonly db: Kysely<Tables>
  /** Runs `work` while no other process that shares the storage runs work of the same name. */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

const int8 = 20

/** PostgreSQL inside this process, with its files in `directory`. Throws a sentence where another process holds it. */
export async function openEmbeddedDatabase(directory: string): Promise<Database> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const unlock = await lockDirectory(directory)
  try {
    const pglite = await PGlite.create(join(directory, 'postgres'), { parsers: { [int8]: Number } })
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
    await migrate(db)
    const close = async () => {
      await db.destroy()
      await unlock()
    }
    return { db, exclusively: serialized(), close }
  } catch (thrown) {
    await unlock()
    throw new ConfigError(
      `The database in DATA_DIR ${directory} cannot be opened: ${messageOf(thrown)}; restore it, or name another directory.`,
      { cause: thrown },
    )
  }
}

/** A PostgreSQL server. Throws a sentence, without the password, where it cannot be reached. */
export async function openServerDatabase(connectionString: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)),
    },
  })
  // An idle connection that the server closes is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // So would one in use that is closed between two statements; the next statement on it fails and says so.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await migrate(db)
  } catch (thrown) {
    await db.destroy()
    const cause = thrown instanceof Error && thrown.cause ? thrown.cause : thrown
    throw new ConfigError(
      `DATABASE_URL cannot be used: ${messageOf(cause)}; check that the server runs and lets this account create tables.`,
      { cause: thrown },
    )
  }
  const mine = serialized()
  const exclusively = <T>(name: string, work: () => Promise<T>) =>
    mine(name, () => withAdvisoryLock(pool, name, work))
  return { db, exclusively, close: () => db.destroy() }
}

/** Work of one name after the other, within this process. */
function serialized(): Database['exclusively'] {
  const tails = new Map<string, Promise<unknown>>()
  return (name, work) => {
    const before = tails.get(name) ?? Promise.resolve()
    const run = before.then(work, work)
    tails.set(
      name,
      run.catch(() => undefined),
    )
    return run
  }
}

async function withAdvisoryLock<T>(
  pool: pg.Pool,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(() => {
      broken = true // The lock ends with its connection.
    })
    client.release(broken)
  }
}
