import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { batchStates, moveBatches, transitions } from '../../server/batch-state.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { raisedFees } from '../../server/fees.ts'
import { refusalOf } from '../../server/send-error.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { rpc } from './chain-calls.ts'
import { issueBatch, openStage, type Stage, verdictOf } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

const operator = demoAccounts.operator.address
let chain: EmbeddedChain
let storage: Storage
let stage: Stage
beforeAll(async () => {
  chain = await startAnvilChain()
  storage = await openDirectory()
  stage = await setAnvilStage(chain, storage, { REPLACE_AFTER_SECONDS: '60', MAX_FEE_GWEI: '50' })
}, 120_000)
afterAll(async () => {
  await stage?.close()
  await chain?.close()
  await storage?.remove()
})
beforeEach(() => rpc(chain.url, 'evm_setAutomine', [true]))

const db = () => stage.service.database.db
const round = () => stage.service.catchUp()
const batchOf = async (id: string) =>
  (await stage.ask(`GET /batches/${id}`, { key: stage.key })).body
const wanted = async () => {
  const id = await issueBatch(stage, 2)
  await db().updateTable('batches').set({ managed: true }).where('id', '=', id).execute()
  return id
}
const transactionsOf = (id: string) =>
  db()
    .selectFrom('transactions')
    .innerJoin('transaction_batches', 'transaction_id', 'transactions.id')
    .selectAll('transactions')
    .where('batch_id', '=', id)
    .orderBy('id')
    .execute()
const sentCount = async () =>
  Number(await rpc(chain.url, 'eth_getTransactionCount', [operator, 'latest']))

describe('transactions', () => {
  it('are written down with gas and fee, and wait for their block without being sent again', async () => {
    await rpc(chain.url, 'evm_setAutomine', [false])
    const id = await wanted()
    const before = await sentCount()
    await round()
    await round()
    expect(await batchOf(id)).toMatchObject({ state: 'submitted' })
    await rpc(chain.url, 'anvil_mine', ['0x1'])
    await round()
    expect(await batchOf(id)).toMatchObject({ state: 'included' })
    expect(await sentCount()).toBe(before + 1)
    const [row, ...others] = await transactionsOf(id)
    expect(others).toEqual([])
    expect(row).toMatchObject({ state: 'included', nonce: before, reverted: false })
    expect(Number(row?.gas_used)).toBeGreaterThan(50_000)
    expect(BigInt(row?.fee_paid ?? 0)).toBeGreaterThan(0n)
  })

  it('that the node lost are broadcast again as the same bytes', async () => {
    await rpc(chain.url, 'evm_setAutomine', [false])
    const id = await wanted()
    await round()
    const { transaction } = await batchOf(id)
    await rpc(chain.url, 'anvil_dropTransaction', [transaction])
    await rpc(chain.url, 'evm_setAutomine', [true])
    await round()
    expect(await batchOf(id)).toMatchObject({ state: 'included', transaction })
  })

  it('that are stuck are replaced by dearer ones of the same nonce', async () => {
    await rpc(chain.url, 'evm_setAutomine', [false])
    const id = await wanted()
    await round()
    const hour = new Date(Date.now() - 3_600_000)
    await db().updateTable('transactions').set({ created_at: hour }).execute()
    await round()
    const [old, dearer] = await transactionsOf(id)
    expect([old?.state, dearer?.state]).toEqual(['replaced', 'broadcast'])
    expect(dearer?.nonce).toBe(old?.nonce)
    expect(Number(dearer?.max_fee)).toBeGreaterThanOrEqual(Number(old?.max_fee) * 1.125)
    expect(await batchOf(id)).toMatchObject({ transaction: dearer?.hash })
    await rpc(chain.url, 'anvil_mine', ['0x1'])
    await round()
    expect(await batchOf(id)).toMatchObject({ state: 'included', transaction: dearer?.hash })
  })

  it('are not signed above the ceiling: the batch stays built, with the reason', async () => {
    const id = await wanted()
    await rpc(chain.url, 'anvil_setNextBlockBaseFeePerGas', ['0x174876e800']) // 100 gwei
    await rpc(chain.url, 'anvil_mine', ['0x1'])
    await round()
    const refused = await batchOf(id)
    expect(refused.state).toBe('built')
    expect(refused.reason).toContain('MAX_FEE_GWEI allows 50')
    expect(await transactionsOf(id)).toEqual([])
    await rpc(chain.url, 'anvil_setNextBlockBaseFeePerGas', ['0x3b9aca00'])
    await rpc(chain.url, 'anvil_mine', ['0x1'])
    await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    await round()
    expect(await batchOf(id)).toMatchObject({ state: 'included' })
  })

  it('whose nonce a stranger took are dropped, and the batch is anchored with the next', async () => {
    await rpc(chain.url, 'evm_setAutomine', [false])
    const id = await wanted()
    await round()
    const { transaction } = await batchOf(id)
    await rpc(chain.url, 'anvil_dropTransaction', [transaction])
    await rpc(chain.url, 'evm_setAutomine', [true])
    await rpc(chain.url, 'anvil_impersonateAccount', [operator])
    await rpc(chain.url, 'eth_sendTransaction', [{ from: operator, to: operator }])
    const hour = new Date(Date.now() - 3_600_000)
    await db().updateTable('transactions').set({ updated_at: hour }).execute()
    await round()
    expect((await transactionsOf(id)).map(({ state }) => state)[0]).toBe('dropped')
    await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    await round()
    const batch = await batchOf(id)
    expect(batch).toMatchObject({ state: 'included' })
    expect(batch.transaction).not.toBe(transaction)
  })

  it('of a status are followed by another process, and not sent twice', async () => {
    const id = await wanted()
    await round()
    const { body } = await stage.ask(`GET /batches/${id}/credentials`, { key: stage.key })
    const [credential] = body.credentials
    await rpc(chain.url, 'evm_setAutomine', [false])
    const before = await sentCount()
    await db()
      .updateTable('credentials')
      .set({ status: 'revoked' })
      .where('id', '=', credential.id)
      .execute()
    await round()
    await stage.close()
    const reopened = await openStage(chain, storage, { MAX_FEE_GWEI: '50' })
    stage = { ...reopened, chain, key: stage.key }
    await round()
    await rpc(chain.url, 'anvil_mine', ['0x1'])
    await round()
    expect(await sentCount()).toBe(before + 1)
    expect(await verdictOf(stage, credential.id)).toBe('invalid revoked')
    const row = await db()
      .selectFrom('credentials')
      .select('chain_status')
      .where('id', '=', credential.id)
      .executeTakeFirst()
    expect(row).toEqual({ chain_status: 'revoked' })
  })
})

describe('the steps of a batch', () => {
  it('change it once, and only from where they start', async () => {
    const id = await issueBatch(stage, 1)
    const submit = () => moveBatches(db(), [id], 'built', 'submitted')
    expect(await Promise.all([submit(), submit()])).toEqual(expect.arrayContaining([[id], []]))
    expect(await moveBatches(db(), [id], 'included', 'safe')).toEqual([])
    expect(await moveBatches(db(), [id], 'submitted', 'failed', { reason: 'no' })).toEqual([id])
    expect(await batchOf(id)).toMatchObject({ state: 'failed', reason: 'no' })
    expect((await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })).body).toMatchObject({
      state: 'built',
    })
  })

  it('lead from every state to the end, and no other step is taken', async () => {
    for (const state of batchStates) {
      const reached = new Set([state])
      for (const at of reached) for (const next of transitions[at]) reached.add(next)
      expect(reached).toContain('finalized')
    }
    await expect(moveBatches(db(), [], 'building', 'finalized')).rejects.toThrow('a batch goes')
  })
})

describe('what nodes say', () => {
  it.each([
    ['already known', 'known'],
    ['transaction already imported', 'known'],
    ['nonce too low: next nonce 5, tx nonce 4', 'nonce_too_low'],
    ['nonce too low', 'nonce_too_low'],
    ['replacement transaction underpriced', 'replacement_underpriced'],
    ['insufficient funds for gas * price + value', 'insufficient_funds'],
    ['intrinsic gas too low', 'refused'],
  ])('%s is %s', (message, refusal) => {
    expect(refusalOf(message)).toBe(refusal)
  })

  it('and fees are raised by an eighth at least, never above the ceiling', () => {
    const old = { maxFee: 80n, maxPriorityFee: 8n }
    expect(raisedFees(old, { maxFee: 10n, maxPriorityFee: 1n }, 100n)).toEqual({
      maxFee: 91n,
      maxPriorityFee: 10n,
    })
    expect(raisedFees(old, { maxFee: 99n, maxPriorityFee: 9n }, 100n)?.maxFee).toBe(99n)
    expect(raisedFees(old, { maxFee: 10n, maxPriorityFee: 1n }, 90n)).toBeUndefined()
  })
})
