import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Demo, demoExamples, seedDemo } from '../../server/demo.ts'
import { startEmbeddedChain } from '../../server/embedded-chain.ts'
import {
  achievement,
  anchoredBatch,
  credentialIds,
  issueBatch,
  learners,
  openStage,
  type Stage,
  verdictOf,
} from './stage.ts'
import { type Storage, storages } from './storages.ts'

let examples: string
beforeAll(async () => {
  examples = await mkdtemp(join(tmpdir(), 'rootmark-examples-'))
  const rows = learners(12).map(({ name, email }) => `${name},${email}`)
  await writeFile(join(examples, 'roster.csv'), `name,email\n${rows.join('\n')}\n`)
  await writeFile(join(examples, 'achievement.json'), JSON.stringify(achievement))
  const issuer = { name: 'Northfield University', url: 'https://northfield.example' }
  await writeFile(join(examples, 'issuer.json'), JSON.stringify(issuer))
  const pathway = new URL('../../examples/pathway/', import.meta.url)
  await cp(pathway, join(examples, 'pathway'), { recursive: true })
})
afterAll(() => rm(examples, { recursive: true, force: true }))

type Act = (stage: Stage, demo: Demo) => Promise<void>

/** One life of the service: a chain of its own that is forgotten at the end, on a storage that stays. */
async function live(storage: Storage, act: Act): Promise<void> {
  const chain = await startEmbeddedChain(0)
  const { ask, service, listen, close } = await openStage(chain, storage)
  try {
    const demo = await seedDemo(service, examples)
    await act({ ask, service, listen, chain, key: demo.apiKey, close }, demo)
  } finally {
    await close()
    await chain.close()
  }
}

describe.each(storages)('a service that is started again on $name', ({ open }) => {
  let storage: Storage
  beforeAll(async () => {
    storage = await open()
  })
  afterAll(() => storage?.remove())

  it('answers for everything it issued before, on a chain that began anew', async () => {
    let first: Demo | undefined
    let own: readonly string[] = []
    let unanchored = ''
    const roots: string[] = []
    await live(storage, async (stage, demo) => {
      first = demo
      expect(demo.batch.size).toBe(12)
      const batch = await anchoredBatch(stage, 3)
      own = batch.credentials
      await stage.ask(`POST /credentials/${own[0]}/revoke`, { key: stage.key })
      await stage.ask(`POST /credentials/${own[1]}/suspend`, { key: stage.key })
      unanchored = await issueBatch(stage, 2)
      roots.push((await stage.ask(`GET /batches/${batch.id}`, { key: stage.key })).body.root)
    })
    await live(storage, async (stage, demo) => {
      expect(demo.batch.id).toBe(first?.batch.id)
      expect(demo.apiKey).toBe(first?.apiKey)
      expect(demo.credentials).toEqual(first?.credentials)
      const verdict = (id: string | undefined) => verdictOf(stage, id ?? '')
      expect(await verdict(demo.credentials.active)).toBe('valid valid')
      expect(await verdict(demo.credentials.revoked)).toBe('invalid revoked')
      expect(await verdict(demo.credentials.suspended)).toBe('invalid suspended')
      expect(await Promise.all(own.map(verdict))).toEqual([
        'invalid revoked',
        'invalid suspended',
        'valid valid',
      ])
      const { body } = await stage.ask(`GET /batches/${unanchored}`, { key: stage.key })
      expect(body).toMatchObject({ state: 'built', managed: false })
      expect(await credentialIds(stage, unanchored)).toHaveLength(2)
    })
  })

  it('looks for anchors anew also where only some of them were final', async () => {
    const ids: string[] = []
    await live(storage, async (stage) => {
      for (let i = 0; i < 3; i++) ids.push((await anchoredBatch(stage, 2)).id)
      const { db } = stage.service.database
      await db
        .updateTable('batches')
        .set({ state: 'included' })
        .where('id', '=', ids[0] ?? '')
        .execute()
      await db
        .updateTable('batches')
        .set({ state: 'safe' })
        .where('id', '=', ids[1] ?? '')
        .execute()
    })
    await live(storage, async (stage) => {
      for (const id of ids) {
        const { body } = await stage.ask(`GET /batches/${id}`, { key: stage.key })
        expect(body.state).toBe('finalized')
      }
    })
  })

  it('keeps the demo key readable for its owner only, and makes another one when it is lost', async () => {
    await live(storage, async (stage, { apiKeyFile, apiKey }) => {
      expect((await stat(apiKeyFile)).mode & 0o777).toBe(0o600)
      expect((await readFile(apiKeyFile, 'utf8')).trim()).toBe(apiKey)
      expect((await stage.ask('GET /issuers/northfield', { key: apiKey })).status).toBe(200)
      await writeFile(apiKeyFile, 'rm_lost\n')
    })
    await live(storage, async (stage, { apiKey }) => {
      expect(apiKey).not.toBe('rm_lost')
      expect((await stage.ask('GET /issuers/northfield', { key: apiKey })).status).toBe(200)
    })
  })

  it('offers a credential of each standing to the page', async () => {
    await live(storage, async ({ service }, { credentials }) => {
      expect(await demoExamples(service)).toEqual([
        { name: 'valid', url: `/credentials/${credentials.active}` },
        { name: 'suspended', url: `/credentials/${credentials.suspended}` },
        { name: 'revoked', url: `/credentials/${credentials.revoked}` },
      ])
    })
  })
})
