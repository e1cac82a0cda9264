import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../core/bytes.ts'
import { siblingsFromTiles, tilePath, tilesOf } from '../../core/tile.ts'
import {
  buildTree,
  levelOffsets,
  siblingsOf,
  type Tree,
  rootOf as treeRoot,
} from '../../core/tree.ts'
import { rootFrom } from '../../core/tree-path.ts'
import { buildSubtree, continueBuild } from '../../server/builder.ts'
import { insertBuild } from '../../server/builds.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { findIssuer } from '../../server/issuers.ts'
import { openMaking } from '../../server/making.ts'
import { openIntake } from '../../server/roster-parts.ts'
import { rootOf } from './expected-root.ts'
import { achievement, learners, refusal, type Stage, setStage } from './stage.ts'
import { type Storage, storages } from './storages.ts'

/** The batch of 1,500 is cut into subtrees of 64 leaves, the last of which has 28. */
const size = 1500
const height = 6

describe.each(storages)('a batch tree on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  let id: string
  let tree: Tree
  let expectedRoot: string
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage })
    id = await buildInParts()
    await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    await stage.service.catchUp()
    const { bytes } = await stage.ask(`GET /batches/${id}/leaves`)
    tree = buildTree(Uint8Array.from(bytes))
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })

  /** A batch that is to be built, cut into small subtrees. */
  async function recordBuild(count: number) {
    const { database, chain } = stage.service
    const issuer = await findIssuer(database.db, 'northfield')
    const intake = openIntake(database, count)
    await intake.take(learners(count))
    const { rosterId } = await intake.end()
    const terms = {
      batchId: rosterId as string,
      achievement: { ...achievement, id: `urn:uuid:${randomUUID()}` } as never,
      issuer: { name: 'Northfield University', url: 'https://northfield.example' },
      account: { chainId: chain.chainId, address: demoAccounts.issuer.address },
      registry: chain.registry,
      baseUrl: 'https://credentials.example',
      validFrom: '2026-06-01T12:00:00Z',
      validUntil: undefined,
    }
    const by = {
      issuerId: issuer?.id ?? '',
      idempotency: { key: undefined, requestHash: new Uint8Array(32) },
    }
    const seed = randomBytes(32)
    await insertBuild(database.db, { terms, size: count, height, seed }, by)
    const root = rootOf({ terms, size: count, seed }, learners(count))
    return { batchId: terms.batchId, root }
  }

  /** As two workers would: they take the subtrees in any order, and one finishes the batch. */
  async function buildInParts(): Promise<string> {
    const { database } = stage.service
    const { batchId, root } = await recordBuild(size)
    expectedRoot = root
    const workers = [1, 2].map(() => ({ database, making: openMaking() }))
    const [first, second] = workers as [(typeof workers)[0], (typeof workers)[0]]
    const missing = await continueBuild(first, batchId, () => false)
    expect(missing).toHaveLength(Math.ceil(size / 2 ** height))
    const numbers = [...(missing as readonly number[])].reverse()
    const takeAll = async (workshop: (typeof workers)[0]) => {
      for (let next = numbers.shift(); next !== undefined; next = numbers.shift()) {
        expect(await buildSubtree(workshop, batchId, next, () => false)).toBe(true)
      }
    }
    await Promise.all([takeAll(first), takeAll(second)])
    expect(await continueBuild(second, batchId, () => false)).toBe('built')
    for (const { making } of workers) await making.close()
    return batchId
  }

  it('has the root of the tree over all leaves, though it was built in parts', async () => {
    const { body } = await stage.ask(`GET /batches/${id}`, { key: stage.key })
    expect(body).toMatchObject({ state: 'finalized', size, root: expectedRoot })
    expect(toHex(treeRoot(tree))).toBe(expectedRoot)
  })

  it('is built by jobs, one for each subtree, where a service has them to do', async () => {
    const { jobs } = stage.service
    const { batchId, root } = await recordBuild(1030)
    await jobs.ask('build', [batchId])
    await stage.service.catchUp()
    const { body } = await stage.ask(`GET /batches/${batchId}`, { key: stage.key })
    expect(body).toMatchObject({ state: 'built', size: 1030, root })
  })

  it('gives proofs of every leaf, the same from the database and from memory', async () => {
    for (const statusIndex of [0, 1, 63, 64, 777, 1471, 1472, 1498, 1499]) {
      const expected = siblingsOf(tree, statusIndex).map(toHex)
      for (let round = 0; round < 8; round++) {
        const { body, headers, status } = await stage.ask(
          `GET /batches/${id}/proofs/${statusIndex}`,
        )
        expect(status).toBe(200)
        expect(body).toEqual({ root: toHex(treeRoot(tree)), size, statusIndex, siblings: expected })
        expect(headers['cache-control']).toContain('immutable')
      }
    }
  })

  it('is handed out in tiles, from which anybody computes a proof', async () => {
    for (const statusIndex of [0, 300, 1279, 1280, 1499]) {
      const nodes: Uint8Array[] = []
      for (const tile of tilesOf(size, statusIndex)) {
        const answer = await stage.ask(`GET /batches/${id}/tiles/${tilePath(tile)}`)
        expect(answer.status).toBe(200)
        expect(answer.headers['cache-control']).toContain('immutable')
        nodes.push(Uint8Array.from(answer.bytes))
      }
      const siblings = siblingsFromTiles(size, statusIndex, nodes)
      const leaf = tree.nodes.slice(statusIndex * 32, statusIndex * 32 + 32)
      expect(toHex(rootFrom(leaf, siblings))).toBe(toHex(treeRoot(tree)))
    }
  })

  it('knows every node of every level where its parts are joined', async () => {
    const { trees, database } = stage.service
    const row = await database.db
      .selectFrom('batches')
      .select(['id', 'size', 'subtree_height'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const offsets = levelOffsets(size)
    for (const level of [0, 1]) {
      const from = offsets[level * 8] as number
      const width = Math.ceil(size / 256 ** level)
      for (let at = 0; at * 256 < width; at++) {
        const count = Math.min(256, width - at * 256)
        const nodes = await trees.tile(row, { level, at, width: count })
        const start = from + at * 256
        expect(toHex(nodes)).toBe(toHex(tree.nodes.slice(start * 32, (start + count) * 32)))
      }
    }
  })

  it.each([
    ['proofs/1500', '404 status_index_unknown'],
    ['proofs/4294967296', '404 status_index_unknown'],
    ['proofs/-1', '400 params_malformed'],
    ['proofs/1.5', '400 params_malformed'],
    ['proofs/x', '400 params_malformed'],
    ['tiles/0/006', '404 tile_unknown'],
    ['tiles/0/005', '404 tile_unknown'],
    ['tiles/2/000', '404 tile_unknown'],
    ['tiles/0/000.p/256', '404 tile_unknown'],
    ['tiles/0/00', '404 tile_unknown'],
    ['tiles/%2e%2e%2fleaves', '404 tile_unknown'],
    [`tiles/${'0'.repeat(4100)}`, '404 tile_unknown'],
  ])('has no %s', async (path, expected) => {
    expect(refusal(await stage.ask(`GET /batches/${id}/${path}`))).toBe(expected)
  })

  it('is nobody’s business before it is anchored', async () => {
    const { body } = await stage.ask('POST /issuers/northfield/batches', {
      key: stage.key,
      json: { achievement, learners: learners(3) },
    })
    for (const path of ['proofs/0', 'tiles/0/000.p/3']) {
      const answer = await stage.ask(`GET /batches/${body.id}/${path}`)
      expect(refusal(answer)).toBe('409 batch_not_anchored')
    }
    const unknown = `GET /batches/${randomUUID()}/proofs/0`
    expect(refusal(await stage.ask(unknown))).toBe('404 batch_unknown')
  })

  it('of a batch that was stored as one tree is served all the same', async () => {
    const { body } = await stage.ask('POST /issuers/northfield/batches', {
      key: stage.key,
      json: { achievement, learners: learners(300) },
    })
    await stage.ask(`POST /batches/${body.id}/anchor`, { key: stage.key })
    await stage.service.catchUp()
    const { bytes } = await stage.ask(`GET /batches/${body.id}/leaves`)
    const whole = buildTree(Uint8Array.from(bytes))
    expect(toHex(treeRoot(whole))).toBe(body.root)
    const proof = await stage.ask(`GET /batches/${body.id}/proofs/299`)
    const siblings = proof.body.siblings.map((sibling: string) => fromHex(sibling))
    expect(toHex(rootFrom(whole.nodes.slice(299 * 32, 300 * 32), siblings))).toBe(body.root)
    const top = await stage.ask(`GET /batches/${body.id}/tiles/1/000.p/2`)
    expect(top.bytes).toHaveLength(64)
  })
})
