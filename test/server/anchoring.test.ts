import { Wallet } from 'ethers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBatchFile } from '../../core/batch-file.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { startEmbeddedChain } from '../../server/embedded-chain.ts'
import { readRegistry, rpc, sendToRegistry } from './chain-calls.ts'
import { openEndpoint, passOn } from './endpoint.ts'
import {
  anchoredBatch,
  credentialIds,
  issueBatch,
  named,
  openStage,
  recordIssuer,
  refusal,
  type Stage,
  setStage,
  verdictOf,
} from './stage.ts'
import { openDirectory, type Storage, storages } from './storages.ts'

const issuer = demoAccounts.issuer.address

describe.each(storages)('anchoring on $name', ({ open }) => {
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
  const batchOf = async (id: string) =>
    (await stage.ask(`GET /batches/${id}`, { key: stage.key })).body

  it('anchors in managed mode: 202 at once, then included and final', async () => {
    const id = await issueBatch(stage)
    const answer = await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    expect(answer.status).toBe(202)
    expect(answer.body).toMatchObject({ id, managed: true })
    await stage.service.catchUp()
    const batch = await batchOf(id)
    expect(batch).toMatchObject({ state: 'finalized', size: 5 })
    expect(batch.anchor.sequence).toBeGreaterThan(0)
    expect(batch.transaction).toMatch(/^0x[0-9a-f]{64}$/)
    const [record] = await readRegistry(stage.chain, 'anchorOf', [issuer, batch.root])
    expect(Number(record.size)).toBe(5)
    const again = await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    expect(again.status).toBe(200)
  })

  it('anchors many batches of an issuer in one transaction', async () => {
    const ids = [await issueBatch(stage), await issueBatch(stage), await issueBatch(stage)]
    for (const id of ids) {
      await stage.service.database.db
        .updateTable('batches')
        .set({ managed: true })
        .where('id', '=', id)
        .execute()
    }
    await stage.service.catchUp()
    const batches = await Promise.all(ids.map(batchOf))
    expect(batches.map(({ state }) => state)).toEqual(['finalized', 'finalized', 'finalized'])
    expect(new Set(batches.map(({ transaction }) => transaction)).size).toBe(1)
  })

  it('notices an anchor that the issuer sent from its batch file', async () => {
    const id = await issueBatch(stage, 3)
    const { text } = await stage.ask(`GET /batches/${id}/file`, { key: stage.key })
    const { root, entries } = parseBatchFile(text)
    await stage.service.catchUp()
    expect(await batchOf(id)).toMatchObject({ state: 'built', managed: false })
    await sendToRegistry(stage.chain, issuer, 'anchor', [root, entries.length])
    await stage.service.catchUp()
    const batch = await batchOf(id)
    expect(batch).toMatchObject({ state: 'finalized', managed: false })
    expect(batch.transaction).toBeUndefined()
    const [credential] = await credentialIds(stage, id)
    expect(await verdictOf(stage, credential as string)).toBe('valid valid')
  })

  it('does not send again what the issuer anchored in the meantime', async () => {
    const id = await issueBatch(stage, 2)
    const { root } = await batchOf(id)
    await sendToRegistry(stage.chain, issuer, 'anchor', [root, 2])
    const nonce = () =>
      rpc(stage.chain.url, 'eth_getTransactionCount', [demoAccounts.operator.address, 'latest'])
    const before = await nonce()
    await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    await stage.service.catchUp()
    expect(await nonce()).toBe(before)
    expect(await batchOf(id)).toMatchObject({ state: 'finalized' })
  })

  it('shows a batch that the issuer withdrew', async () => {
    const { id } = await anchoredBatch(stage, 2)
    const { root } = await batchOf(id)
    await stage.service.database.db
      .updateTable('batches')
      .set({ state: 'included' })
      .where('id', '=', id)
      .execute()
    await sendToRegistry(stage.chain, issuer, 'withdraw', [issuer, root])
    await stage.service.catchUp()
    expect((await batchOf(id)).anchor.withdrawnAt).toMatch(/Z$/)
  })

  it('refuses an issuer that has not authorised the operator', async () => {
    const account = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
    const key = await recordIssuer(stage.ask, 'unauthorised', account)
    const { body } = await stage.ask('POST /issuers/unauthorised/batches', {
      key,
      json: {
        achievement: { name: 'A', description: 'B', criteria: { narrative: 'C' } },
        learners: [{ name: 'D', email: 'd@example.org' }],
      },
    })
    const answer = await stage.ask(`POST /batches/${body.id}/anchor`, { key })
    expect(refusal(answer)).toBe('409 operator_not_authorised')
    expect(answer.body.detail).toContain('setOperator')
    expect((await stage.ask(`GET /batches/${body.id}`, { key })).body).toMatchObject({
      state: 'built',
      managed: false,
    })
  })

  it('goes back to built, with a reason, when the authorisation ends before the transaction is sent', async () => {
    const id = await issueBatch(stage, 2)
    await stage.service.database.db
      .updateTable('batches')
      .set({ managed: true })
      .where('id', '=', id)
      .execute()
    await sendToRegistry(stage.chain, issuer, 'setOperator', [demoAccounts.operator.address, 0, 0])
    await stage.service.catchUp()
    const batch = await batchOf(id)
    expect(batch.state).toBe('built')
    expect(batch.reason).toContain('has not authorised')
    await sendToRegistry(stage.chain, issuer, 'setOperator', [
      demoAccounts.operator.address,
      3,
      4_102_444_800,
    ])
    await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    await stage.service.catchUp()
    expect(await batchOf(id)).toMatchObject({ state: 'finalized' })
    expect((await batchOf(id)).reason).toBeUndefined()
  })

  it('puts a submitted batch whose transaction is lost back to built and sends it again', async () => {
    const id = await issueBatch(stage, 2)
    const lost = {
      state: 'submitted',
      managed: true,
      transaction_hash: `0x${'ab'.repeat(32)}`,
    } as const
    await stage.service.database.db
      .updateTable('batches')
      .set({ ...lost, submitted_at: new Date(Date.now() - 3_600_000) })
      .where('id', '=', id)
      .execute()
    await stage.service.catchUp()
    expect(await batchOf(id)).toMatchObject({ state: 'finalized' })
    const recent = await issueBatch(stage, 2)
    await stage.service.database.db
      .updateTable('batches')
      .set({ ...lost, submitted_at: new Date() })
      .where('id', '=', recent)
      .execute()
    await stage.service.catchUp()
    expect(await batchOf(recent)).toMatchObject({ state: 'submitted' })
  })
})

describe('an operator that cannot act', () => {
  it('says that there is none', async () => {
    const chain = await startEmbeddedChain(0)
    const storage = await openDirectory()
    const { ask, close } = await openStage(chain, storage, named(chain))
    const key = await recordIssuer(ask, 'northfield', issuer)
    const id = await issueBatch({ ask, key })
    expect(refusal(await ask(`POST /batches/${id}/anchor`, { key }))).toBe('409 operator_missing')
    await close()
    await chain.close()
    await storage.remove()
  })

  it('says that the chain is down, and changes nothing', async () => {
    const chain = await startEmbeddedChain(0)
    const storage = await openDirectory()
    const stage = await openStage(chain, storage)
    const key = await recordIssuer(stage.ask, 'northfield', issuer)
    const id = await issueBatch({ ...stage, key })
    await chain.close()
    const answer = await stage.ask(`POST /batches/${id}/anchor`, { key })
    expect(refusal(answer)).toBe('503 chain_unreadable')
    await expect(stage.service.catchUp()).rejects.toThrow('eth_')
    const { body } = await stage.ask(`GET /batches/${id}`, { key })
    expect(body).toMatchObject({ state: 'built', managed: false })
    await stage.close()
    await storage.remove()
  })

  it('leaves the batch built, with a reason, when it has no funds', async () => {
    const chain = await startEmbeddedChain(0)
    const storage = await openDirectory()
    const poor = Wallet.createRandom()
    const stage = await openStage(chain, storage, { OPERATOR_KEY: poor.privateKey })
    const key = await recordIssuer(stage.ask, 'northfield', issuer)
    await sendToRegistry(chain, issuer, 'setOperator', [poor.address, 3, 4_102_444_800])
    const id = await issueBatch({ ...stage, key })
    expect((await stage.ask(`POST /batches/${id}/anchor`, { key })).status).toBe(202)
    await stage.service.catchUp()
    const { body } = await stage.ask(`GET /batches/${id}`, { key })
    expect(body).toMatchObject({ state: 'built', managed: true })
    expect(body.reason).toContain('no funds')

    await rpc(chain.url, 'hardhat_setBalance', [poor.address, '0xde0b6b3a7640000'])
    await stage.ask(`POST /batches/${id}/anchor`, { key })
    await stage.service.catchUp()
    expect((await stage.ask(`GET /batches/${id}`, { key })).body.state).toBe('finalized')
    await stage.close()
    await chain.close()
    await storage.remove()
  })

  it('does not pay twice when the endpoint loses the answer, and says so when it refuses', async () => {
    const chain = await startEmbeddedChain(0)
    const storage = await openDirectory()
    let answer: 'lost' | 'refused' = 'lost'
    const endpoint = await openEndpoint(async (body, method) => {
      if (method !== 'eth_sendRawTransaction') return passOn(chain.url, body)
      if (answer === 'refused') return '{"error":{"code":-32000,"message":"underpriced"}}'
      await passOn(chain.url, body)
      return '<html>Bad Gateway</html>'
    })
    const { privateKey, address } = demoAccounts.operator
    const settings = { ...named(chain, endpoint.url), OPERATOR_KEY: privateKey }
    const stage = await openStage(chain, storage, settings)
    const key = await recordIssuer(stage.ask, 'northfield', issuer)
    await sendToRegistry(chain, issuer, 'setOperator', [address, 3, 4_102_444_800])
    const anchor = async () => {
      const id = await issueBatch({ ...stage, key }, 2)
      await stage.ask(`POST /batches/${id}/anchor`, { key })
      await stage.service.catchUp()
      return (await stage.ask(`GET /batches/${id}`, { key })).body
    }
    expect(await anchor()).toMatchObject({ state: 'finalized' })
    expect(endpoint.calls.filter((method) => method === 'eth_sendRawTransaction')).toHaveLength(1)
    answer = 'refused'
    const refused = await anchor()
    expect(refused.state).toBe('built')
    expect(refused.reason).toContain('underpriced')
    await stage.close()
    await endpoint.close()
    await chain.close()
    await storage.remove()
  })
})
