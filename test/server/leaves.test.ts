import { randomUUID } from 'node:crypto'
import { MerkleTree } from 'merkletreejs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../core/bytes.ts'
import { digestOf } from '../../core/digest.ts'
import { keccak256 } from '../../core/hash.ts'
import { leafOf } from '../../core/tree-path.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { anchoredBatch, issueBatch, refusal, type Stage, setStage } from './stage.ts'
import { type Storage, storages } from './storages.ts'

const account = demoAccounts.issuer.address
const hash = (bytes: Buffer) => Buffer.from(keccak256(bytes))

describe.each(storages)('leaves of batches on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  let batch: { readonly id: string; readonly credentials: readonly string[] }
  let root: string
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage })
    batch = await anchoredBatch(stage, 7)
    root = (await stage.ask(`GET /batches/${batch.id}`, { key: stage.key })).body.root
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })

  const leavesOf = (id = batch.id, headers = {}) =>
    stage.ask(`GET /batches/${id}/leaves`, { headers })
  const rootOf = (bytes: Uint8Array) => {
    const leaves = Array.from({ length: bytes.length / 32 }, (_, i) =>
      Buffer.from(bytes.subarray(i * 32, i * 32 + 32)),
    )
    return new MerkleTree(leaves, hash, { sortPairs: true }).getHexRoot()
  }

  it('are the hashes of the credentials in status index order, and lead to the root', async () => {
    const { status, headers, bytes } = await leavesOf()
    expect([status, bytes.length]).toEqual([200, 7 * 32])
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(7 * 32),
      'content-location': `/batches/${batch.id}/leaves`,
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(rootOf(bytes)).toBe(root)
    const { text } = await stage.ask(`GET /batches/${batch.id}/file`, { key: stage.key })
    const entries = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line))
    for (const [index, { salt, credential }] of entries.entries()) {
      const leaf = leafOf(digestOf(credential, fromHex(salt)), index)
      expect(toHex(bytes.subarray(index * 32, index * 32 + 32))).toBe(toHex(leaf))
    }
  })

  it('come as lines of text to who asks for them', async () => {
    const { bytes } = await leavesOf()
    const { headers, text } = await leavesOf(batch.id, { accept: 'application/x-ndjson' })
    expect(headers['content-type']).toBe('application/x-ndjson')
    expect(headers['content-length']).toBe(String(Buffer.byteLength(text)))
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(fromHex(`0x${lines.map((line: string) => line.slice(2)).join('')}`)).toEqual(
      Uint8Array.from(bytes),
    )
  })

  it('are found by the account and the root alone, however these are written', async () => {
    const { bytes } = await leavesOf()
    for (const line of [
      `${account}/${root}`,
      `${account.toLowerCase()}/${root.toUpperCase().replace('0X', '0x')}`,
    ]) {
      const found = await stage.ask(`GET /leaves/${line}`)
      expect(found.status).toBe(200)
      expect(found.bytes).toEqual(bytes)
      expect(found.headers['content-location']).toBe(`/batches/${batch.id}/leaves`)
    }
    const { db } = stage.service.database
    await db.updateTable('batches').set({ anchor_id: null }).where('id', '=', batch.id).execute()
    expect((await stage.ask(`GET /leaves/${account}/${root}`)).status).toBe(200)
  })

  it('are not sent again to who has them, and each form has a tag of its own', async () => {
    const binary = String((await leavesOf()).headers['etag'])
    const lines = String(
      (await leavesOf(batch.id, { accept: 'application/x-ndjson' })).headers['etag'],
    )
    expect(binary).toBe(`"${root.slice(2)}"`)
    expect(lines).not.toBe(binary)
    for (const known of [binary, `W/${binary}`, `"x", ${binary}`, '*']) {
      const answer = await leavesOf(batch.id, { 'if-none-match': known })
      expect([answer.status, answer.text]).toEqual([304, ''])
    }
    expect((await leavesOf(batch.id, { 'if-none-match': lines })).status).toBe(200)
  })

  it('may be read by any web page, without a key', async () => {
    for (const line of [`/batches/${batch.id}/leaves`, `/leaves/${account}/${root}`]) {
      const headers = { origin: 'https://auditor.example' }
      const answer = await stage.ask(`GET ${line}`, { headers })
      expect(answer.headers['access-control-allow-origin']).toBe('*')
    }
  })

  it('are nobody’s business before the batch is anchored', async () => {
    const issued = await issueBatch(stage, 2)
    const { body } = await stage.ask(`GET /batches/${issued}`, { key: stage.key })
    expect(refusal(await leavesOf(issued))).toBe('409 batch_not_anchored')
    const found = await stage.ask(`GET /leaves/${account}/${body.root}`)
    expect(refusal(found)).toBe('409 batch_not_anchored')
    expect(found.headers['cache-control'] ?? '').not.toContain('immutable')
  })

  it('of nothing are not there', async () => {
    const other = demoAccounts.operator.address
    expect(refusal(await leavesOf(randomUUID()))).toBe('404 batch_unknown')
    expect(refusal(await leavesOf('7'))).toBe('400 params_malformed')
    for (const [path, said] of [
      [`${other}/${root}`, '404 batch_unknown'],
      [`${account}/0x${'00'.repeat(32)}`, '404 batch_unknown'],
      [`${account}/0x12`, '400 params_malformed'],
      [`0x12/${root}`, '400 params_malformed'],
      [`${account.replace('9', '8')}/${root}`, '400 address_checksum'],
    ] as const) {
      expect(refusal(await stage.ask(`GET /leaves/${path}`)), path).toBe(said)
    }
  })

  it('of a large batch are streamed, whole and in order', async () => {
    const size = 100_000
    const { db } = stage.service.database
    const from = db.selectFrom('batches').selectAll().where('id', '=', batch.id)
    const row = await from.executeTakeFirstOrThrow()
    const nodes = Buffer.alloc(size * 2 * 32)
    for (let i = 0; i < size * 2; i++) nodes.writeUInt32BE(i, i * 32)
    const id = randomUUID()
    const fresh = { id, size, nodes, root: Buffer.alloc(32, 7), anchor_id: null }
    await db
      .insertInto('batches')
      .values({ ...row, ...fresh, idempotency_key: null } as never)
      .execute()
    const { bytes } = await leavesOf(id)
    expect(bytes.length).toBe(size * 32)
    expect(Buffer.compare(bytes, nodes.subarray(0, size * 32))).toBe(0)
    const { text } = await leavesOf(id, { accept: 'application/x-ndjson' })
    expect(text.split('\n')).toHaveLength(size + 1)
    expect(text.slice(-69, -1)).toContain(`"0x0001869f${'0'.repeat(56)}"`.slice(0, 68))
  })
})
