import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBatchFile } from '../../core/batch-file.ts'
import { continueBuild } from '../../server/builder.ts'
import { type Build, findBuild } from '../../server/builds.ts'
import { documentTexts, selectDocuments } from '../../server/credential-documents.ts'
import { openEmbeddedDatabase, openServerDatabase } from '../../server/database.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../server/embedded-chain.ts'
import { openMaking } from '../../server/making.ts'
import { rootOf } from './expected-root.ts'
import {
  achievement,
  adminKey,
  learners,
  named,
  quiet,
  refusal,
  type Stage,
  setStage,
} from './stage.ts'
import { freePort, type Storage, storages } from './storages.ts'

/** Credentials of the batch that is killed on a PostgreSQL server; 100000 shows that a large one is no different. */
const largeSize = Number(process.env['BUILD_SIZE'] ?? 10_000)

async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (holds(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe.each(storages)('a large batch on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage })
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })
  const issue = (count: number, headers = {}) =>
    stage.ask('POST /issuers/northfield/batches', {
      key: stage.key,
      json: { achievement, learners: learners(count) },
      headers,
    })
  const get = (id: string) => stage.ask(`GET /batches/${id}`, { key: stage.key })

  it('is accepted, built in the background, and then like any other', async () => {
    const { db } = stage.service.database
    const { status, body, headers } = await issue(1700, { 'idempotency-key': 'large' })
    expect(status).toBe(202)
    expect(headers['location']).toBe(`/batches/${body.id}`)
    expect(body).toMatchObject({ state: 'building', size: 1700 })
    expect(body.root).toBeUndefined()
    const build = (await findBuild(db, body.id)) as Build
    const again = await issue(1700, { 'idempotency-key': 'large' })
    expect([again.status, again.body.id]).toEqual([200, body.id])
    const other = await issue(1701, { 'idempotency-key': 'large' })
    expect(refusal(other)).toBe('409 idempotency_key_reused')

    const work = stage.service.catchUp()
    const counts = new Set<number>()
    const built = await until(
      async () => (await get(body.id)).body,
      ({ state, built: count }) => {
        if (count !== undefined) counts.add(count)
        return state !== 'building'
      },
    )
    await work
    expect([...counts]).toEqual([...counts].sort((a, b) => a - b))
    expect(built).toMatchObject({ state: 'built', size: 1700, root: rootOf(build, learners(1700)) })
    expect(built.built).toBeUndefined()
    const { text } = await stage.ask(`GET /batches/${body.id}/file`, { key: stage.key })
    expect(parseBatchFile(text).root).toBe(built.root)
  })

  it('leaves neither seed nor roster behind', async () => {
    const { db } = stage.service.database
    expect(await db.selectFrom('builds').selectAll().execute()).toEqual([])
    expect(await db.selectFrom('build_chunks').selectAll().execute()).toEqual([])
  })

  it('is neither anchored nor handed out before it is built', async () => {
    const { db } = stage.service.database
    const { body } = await issue(1001)
    const lines = ['POST /ID/anchor', 'GET /ID/file', 'GET /ID/credentials']
    for (const line of lines) {
      const answer = await stage.ask(line.replace('/ID', `/batches/${body.id}`), {
        key: stage.key,
      })
      expect(refusal(answer)).toBe('409 batch_building')
    }
    await db.updateTable('batches').set({ managed: true }).where('id', '=', body.id).execute()
    await stage.service.watcher.round()
    expect((await get(body.id)).body).toMatchObject({ state: 'building', built: 0 })
  })

  it('goes on wherever it was stopped, and is spoilt by none who build it at the same time', async () => {
    const { database } = stage.service
    const { body } = await issue(2600)
    const build = (await findBuild(database.db, body.id)) as Build
    const making = openMaking()
    // Nobody keeps them apart, as where a lock was lost with its connection.
    const apart = { ...database, exclusively: <T>(_: string, work: () => Promise<T>) => work() }
    const workshop = { database: apart, making }
    let looksAllowed = 3
    const counts: number[] = []
    for (let isDone = false; !isDone; ) {
      let looks = 0
      const oneChunk = () => looks++ >= looksAllowed
      // Where two write the same credentials, one of them fails and nothing is written twice.
      const both = [1, 2].map(() => continueBuild(workshop, body.id, oneChunk))
      const ended = await Promise.allSettled(both)
      isDone = ended.some((end) => end.status === 'fulfilled' && end.value === 'built')
      looksAllowed = 2
      counts.push((await get(body.id)).body.built ?? 2600)
    }
    const { rows } = database.atOnce
    expect(counts.at(-1)).toBe(2600)
    expect(counts.every((count) => count === 2600 || count % rows === 0)).toBe(true)
    expect(counts.length).toBeGreaterThan(2)
    expect((await get(body.id)).body).toMatchObject({
      state: 'built',
      root: rootOf(build, learners(2600)),
    })
    const { text } = await stage.ask(`GET /batches/${body.id}/file`, { key: stage.key })
    expect(parseBatchFile(text).entries).toHaveLength(2600)
    expect(await continueBuild(workshop, body.id, () => false)).toBe('built')
    await making.close()
  })

  it('is refused before anything is stored where no batch could be built from it', async () => {
    const { status, body } = await stage.ask('POST /issuers/northfield/batches', {
      key: stage.key,
      json: {
        achievement,
        learners: learners(1001),
        validFrom: '2027-01-01T00:00:00Z',
        validUntil: '2026-01-01T00:00:00Z',
      },
    })
    expect([status, body.code]).toEqual([400, 'times_out_of_order'])
  })
})

describe.each([
  { ...storages[0], size: 3000, chunk: 250 },
  { ...storages[1], size: largeSize, chunk: 1000 },
])('a batch of $size whose process is killed on $name', ({ open, size, chunk }) => {
  let storage: Storage
  let chain: EmbeddedChain
  let port: number
  let child: ChildProcess | undefined
  beforeAll(async () => {
    storage = await open()
    chain = await startEmbeddedChain(0)
    port = await freePort()
  })
  afterAll(async () => {
    child?.kill('SIGKILL')
    await chain?.close()
    await storage?.remove()
  })

  const url = (path: string) => `http://127.0.0.1:${port}${path}`
  const start = async (more = {}) => {
    const settings = { ...quiet, ...named(chain), ...storage.settings, ...more }
    child = spawn(process.execPath, ['server/main.ts'], {
      env: { PATH: process.env['PATH'], PORT: String(port), ...settings },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const isUp = () => fetch(url('/healthz')).then(Boolean, () => false)
    await until(isUp, Boolean)
  }
  const ask = async (path: string, key: string, json?: unknown) => {
    const response = await fetch(url(path), {
      method: json === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    })
    return response
  }
  const openDatabase = () => {
    const { DATABASE_URL, DATA_DIR = '' } = storage.settings
    return DATABASE_URL ? openServerDatabase(DATABASE_URL) : openEmbeddedDatabase(DATA_DIR)
  }

  it('goes on where it was and comes to the same root', { timeout: 900_000 }, async () => {
    const chunks = Math.ceil((size * 0.6) / chunk)
    await start({ KILL_AT: `build.stored ${chunks}` })
    const killed = new Promise((resolve) => child?.once('exit', resolve))
    const profile = { name: 'Northfield University', url: 'https://northfield.example' }
    const issuer = { slug: 'northfield', profile, account: demoAccounts.issuer.address }
    const { key } = (await (await ask('/issuers', adminKey, issuer)).json()).key
    const answer = await ask('/issuers/northfield/batches', key, {
      achievement,
      learners: learners(size),
    })
    expect(answer.status).toBe(202)
    const { id } = await answer.json()
    const progress = async () => (await ask(`/batches/${id}`, key)).json()
    await killed

    const database = await openDatabase()
    const build = (await findBuild(database.db, id)) as Build
    const before = await selectDocuments(database.db)
      .where('credentials.batch_id', '=', id)
      .orderBy('credentials.status_index')
      .execute()
    const documents = documentTexts(before)
    await database.close()
    expect(before).toHaveLength(chunks * chunk)

    await start()
    const { root, state } = await until(progress, (batch) => batch.state !== 'building')
    expect(state).toBe('built')
    const batch = parseBatchFile(await (await ask(`/batches/${id}/file`, key)).text())
    expect(batch.root).toBe(root)
    expect(batch.entries).toHaveLength(size)
    expect(root).toBe(rootOf(build, learners(size)))
    for (const [i, { status_index }] of before.entries()) {
      if (JSON.stringify(batch.entries[status_index]?.credential) !== documents[i]) {
        throw new Error(`credential ${status_index} changed`)
      }
    }
  })
})
