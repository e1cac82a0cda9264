import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchAnchors } from '../../server/anchor-watch.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { rpc, sendToRegistry } from './chain-calls.ts'
import { credentialIds, issueBatch, refusal, type Stage, setStage } from './stage.ts'

// The registry takes whatever size it is called with: a root does not tell how many leaves it has.

const issuer = demoAccounts.issuer.address

describe('a root that is anchored with another size than its batch has', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage?.close())

  const batchOf = async (id: string) =>
    (await stage.ask(`GET /batches/${id}`, { key: stage.key })).body
  const anchor = async (root: string, size: number) =>
    sendToRegistry(stage.chain, issuer, 'anchor', [root, size])
  const failedCount = async () => {
    const { text } = await stage.ask('GET /metrics', { key: stage.key })
    return Number(/rootmark_batches\{state="failed"\} (\d+)/.exec(text)?.[1])
  }

  it.each([2, 4])('is no anchor of the batch: size %i for three credentials', async (size) => {
    const before = await failedCount()
    const id = await issueBatch(stage, 3)
    const { root } = await batchOf(id)
    await anchor(root, size)
    const told: object[] = []
    const { database, chain } = stage.service
    const log = { info() {}, warn: (facts: object) => told.push(facts) }
    await watchAnchors(database.db, chain, undefined, log)
    await watchAnchors(database.db, chain, undefined, log)
    expect(told).toEqual([{ batch: id, size: 3, found: size }])
    const batch = await batchOf(id)
    expect(batch).toMatchObject({ state: 'failed' })
    expect(batch.reason).toContain(`size ${size}, but the batch has 3 credentials`)
    expect(batch).not.toHaveProperty('anchor')
    const [credential] = await credentialIds(stage, id)
    for (const form of ['', '/receipt', '/badge.svg']) {
      const answer = await stage.ask(`GET /credentials/${credential}${form}`)
      expect(refusal(answer), form).toBe('409 batch_failed')
      expect(answer.body.detail, form).toMatch(
        /with another number of credentials.*Waiting does not help/,
      )
      expect(answer.body.detail, form).not.toMatch(/in a minute/)
    }
    expect((await stage.ask(`GET /leaves/${issuer}/${root}`)).status).toBe(409)
    expect(await failedCount()).toBe(before + 1)
  })

  it('is not anchored again, by name and without a transaction', async () => {
    const operator = stage.service.sender?.operator
    const sent = async () =>
      Number(await rpc(stage.chain.url, 'eth_getTransactionCount', [operator, 'latest']))
    const id = await issueBatch(stage, 3)
    await anchor((await batchOf(id)).root, 5)
    const before = await sent()
    const ask = () => stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    // Before and after the service has seen it.
    for (const state of ['built', 'failed']) {
      expect(await batchOf(id)).toMatchObject({ state })
      const answer = await ask()
      expect(refusal(answer)).toBe('409 anchor_size_mismatch')
      expect(answer.body.detail).toContain('with size 5, but the batch has 3 credentials')
      await stage.service.catchUp()
    }
    expect(await batchOf(id)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching('size 5'),
    })
    expect(await sent()).toBe(before)
  })

  it('takes the place of the anchor where the chain turned back', async () => {
    const id = await issueBatch(stage, 3)
    const { root } = await batchOf(id)
    const fork = await rpc(stage.chain.url, 'evm_snapshot')
    await anchor(root, 3)
    await stage.service.catchUp()
    expect((await batchOf(id)).anchor).toBeDefined()
    await rpc(stage.chain.url, 'evm_revert', [fork])
    await anchor(root, 9)
    await stage.service.catchUp()
    await stage.service.catchUp()
    expect(await batchOf(id)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching('size 9'),
    })
  })
})
