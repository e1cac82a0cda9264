import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError } from '../../server/config.ts'
import { lockDirectory } from '../../server/data-lock.ts'
import { openServerDatabase } from '../../server/database.ts'
import { openDirectory, type Storage, storages } from './storages.ts'

describe('a data directory', () => {
  let storage: Storage
  let directory: string
  let lock: string
  beforeAll(async () => {
    storage = await openDirectory()
    directory = join(storage.settings['DATA_DIR'] ?? '', 'locked')
    lock = join(directory, 'lock')
    await mkdir(directory)
  })
  afterAll(() => storage?.remove())

  it('belongs to one holder at a time', async () => {
    const unlock = await lockDirectory(directory)
    expect(await readFile(lock, 'utf8')).toBe(String(process.pid))
    await expect(lockDirectory(directory)).rejects.toThrow(ConfigError)
    await unlock()
    await expect(stat(lock)).rejects.toThrow('ENOENT')
    await (await lockDirectory(directory))()
  })

  it('is taken over from a process that is gone, or that had our id in an earlier life', async () => {
    for (const owner of ['999999999', String(process.pid), '', 'nonsense']) {
      await writeFile(lock, owner)
      await (await lockDirectory(directory))()
    }
  })

  it('is refused while another process lives', async () => {
    await writeFile(lock, String(process.ppid))
    await expect(lockDirectory(directory)).rejects.toThrow(`in use by process ${process.ppid}`)
    await rm(lock)
  })
})

describe('a PostgreSQL server', () => {
  let storage: Storage
  let url: string
  beforeAll(async () => {
    storage = await storages[1].open()
    url = storage.settings['DATABASE_URL'] ?? ''
  })
  afterAll(() => storage?.remove())

  it('is set up once by several processes that start together', async () => {
    const databases = await Promise.all(Array.from({ length: 4 }, () => openServerDatabase(url)))
    const rows = await Promise.all(
      databases.map(({ db }) => db.selectFrom('batches').select('id').execute()),
    )
    expect(rows).toEqual([[], [], [], []])
    await Promise.all(databases.map(({ close }) => close()))
  })

  it('lets one process at a time do work of a name', async () => {
    const [one, two] = await Promise.all([openServerDatabase(url), openServerDatabase(url)])
    const order: string[] = []
    const work = (name: string) => async () => {
      order.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 100))
      order.push(`${name} ends`)
    }
    await Promise.all([
      one.exclusively('operator', work('a')),
      two.exclusively('operator', work('b')),
    ])
    expect(order[0]?.[0]).toBe(order[1]?.[0])
    expect(order).toHaveLength(4)
    const failing = one.exclusively('operator', () => Promise.reject(new Error('failed')))
    await expect(failing).rejects.toThrow('failed')
    await two.exclusively('operator', work('c'))
    await Promise.all([one.close(), two.close()])
  })

  it('may close connections in use without ending the process', async () => {
    const database = await openServerDatabase(url)
    const { sql } = await import('kysely')
    const closeOthers = sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    const working = database.exclusively('operator', async () => {
      await closeOthers.execute(database.db)
      await new Promise((resolve) => setTimeout(resolve, 100))
      return 'done'
    })
    expect(await working).toBe('done')
    expect((await sql`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }])
    await database.close()
  })

  it('keeps trees uncompressed, so that a proof reads its own nodes only', async () => {
    const database = await openServerDatabase(url)
    const { sql } = await import('kysely')
    const { rows } = await sql<{ attstorage: string }>`
      select attstorage from pg_attribute where attrelid = 'batches'::regclass and attname = 'nodes'`.execute(
      database.db,
    )
    expect(rows[0]?.attstorage).toBe('e')
    await database.close()
  })
})
