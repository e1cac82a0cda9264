import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { PGlite } from '@electric-sql/pglite'
import { type CompiledQuery, Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type ConstructorOptions, fromPglite } from 'pg-boss'
import { from as copyFrom } from 'pg-copy-streams'
import { messageOf } from '../core/error.ts'
import { ConfigError } from './config.ts'
import { lockDirectory } from './data-lock.ts'
import { endOnPanic } from './embedded-panic.ts'
import { migrate } from './migrations.ts'
import type { Tables } from './tables.ts'

/** The one SQL dialect, on either storage. */
export interface Database {
  readonly db: Kysely<Tables>
  /** Rows that are worth one transaction, and bytes of few large ones: the embedded database answers nobody else meanwhile. */
  readonly atOnce: { readonly rows: number; readonly bytes: number }
  /** Runs `work` in one transaction that can take many rows at once. */
  readonly bulk: (work: (bulk: Bulk) => Promise<void>) => Promise<void>
  /** Runs `work` while no other process that shares the storage runs work of the same name. */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>
  /** The same where nobody is at it at this moment; otherwise does nothing. Returns whether it ran. */
  readonly ifFree: (name: string, work: () => Promise<void>) => Promise<boolean>
  /** How the job queue reaches the same storage. */
  readonly queue: ConstructorOptions
  readonly close: () => Promise<void>
}

/** A transaction for many rows; other statements of it are compiled by the query builder. */
export interface Bulk {
  readonly run: (statement: CompiledQuery) => Promise<void>
  /** Adds rows in the binary COPY format; `columns` in the order of their fields. */
  readonly copy: (
    table: keyof Tables,
    columns: readonly string[],
    rows: Uint8Array<ArrayBuffer>,
  ) => Promise<void>
}

const int8 = 20

/** PostgreSQL inside this process, with its files in `directory`. Throws a sentence where another process holds it. */
export async function openEmbeddedDatabase(directory: string): Promise<Database> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const unlock = await lockDirectory(directory)
  try {
    const pglite = await PGlite.create(join(directory, 'postgres'), { parsers: { [int8]: Number } })
    endOnPanic(pglite)
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
    await migrate(db)
    const close = async () => {
      await db.destroy()
      await unlock()
    }
    const exclusively = serialized()
    const ifFree = async (name: string, work: () => Promise<void>) => {
      await exclusively(name, work)
      return true
    }
    const queue = { db: fromPglite(pglite), backend: 'pglite' } as const
    const atOnce = { rows: 250, bytes: 1 << 20 }
    return { db, atOnce, bulk: bulkOfEmbedded(pglite), exclusively, ifFree, queue, close }
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
  const ifFree = (name: string, work: () => Promise<void>) =>
    mine(name, () => withFreeLock(pool, name, work))
  const queue = { connectionString, max: 4, connectionTimeoutMillis: 10_000 }
  return {
    db,
    atOnce: { rows: 1000, bytes: 8 << 20 },
    bulk: bulkOfServer(pool),
    exclusively,
    ifFree,
    queue,
    close: () => db.destroy(),
  }
}

function bulkOfEmbedded(pglite: PGlite): Database['bulk'] {
  return async (work) => {
    await pglite.transaction(async (transaction) => {
      await work({
        async run({ sql, parameters }) {
          await transaction.query(sql, [...parameters])
        },
        async copy(table, columns, rows) {
          const statement = `copy ${table} (${columns.join()}) from '/dev/blob' with (format binary)`
          await transaction.query(statement, [], { blob: new Blob([rows]) })
        },
      })
    })
  }
}

function bulkOfServer(pool: pg.Pool): Database['bulk'] {
  return async (work) => {
    const client = await pool.connect()
    let isBroken = true
    try {
      await client.query('begin')
      await work({
        async run({ sql, parameters }) {
          await client.query(sql, [...parameters])
        },
        async copy(table, columns, rows) {
          const statement = `copy ${table} (${columns.join()}) from stdin with (format binary)`
          const stream = client.query(copyFrom(statement))
          stream.end(rows)
          await finished(stream)
        },
      })
      await client.query('commit')
      isBroken = false
    } catch (thrown) {
      isBroken = await client.query('rollback').then(
        () => false,
        () => true,
      )
      throw thrown
    } finally {
      client.release(isBroken)
    }
  }
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
  return onOneConnection(pool, async (client, unlock) => {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
    return work().finally(() => unlock(name))
  })
}

async function withFreeLock(
  pool: pg.Pool,
  name: string,
  work: () => Promise<void>,
): Promise<boolean> {
  return onOneConnection(pool, async (client, unlock) => {
    const asked = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as free'
    const { rows } = await client.query<{ free: boolean }>(asked, [name])
    if (!rows[0]?.free) return false
    await work().finally(() => unlock(name))
    return true
  })
}

/** One that cannot unlock is closed: a lock ends with its connection. */
async function onOneConnection<T>(
  pool: pg.Pool,
  use: (client: pg.PoolClient, unlock: (name: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let isBroken = false
  const unlock = async (name: string) => {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(() => {
      isBroken = true
    })
  }
  try {
    return await use(client, unlock)
  } finally {
    client.release(isBroken)
  }
}
