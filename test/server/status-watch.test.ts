import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { requestStatus } from '../../server/statuses.ts'
import { behind, honest } from '../core/nodes.ts'
import { startAnvilChain } from './anvil-stage.ts'
import {
  type FollowStage,
  issuerAccount,
  openFollowStage,
  operatorAccount,
} from './follow-stage.ts'
import { type Storage, storages } from './storages.ts'

const someYears = 4_102_444_800
const word = (...indexes: readonly number[]) =>
  indexes.reduce((bits, index) => bits | (1n << BigInt(index)), 0n)

describe.each(storages)('what the issuer did with a key of its own, on $name', ({ open }) => {
  let chain: EmbeddedChain
  let storage: Storage
  let stage: FollowStage
  beforeAll(async () => {
    chain = await startAnvilChain()
    storage = await open()
    stage = await openFollowStage(chain, storage)
    await stage.mine(80)
    await stage.round()
  }, 120_000)
  afterAll(async () => {
    await stage?.close()
    await chain?.close()
    await storage?.remove()
  })
  afterEach(() => stage.node.behave(honest))

  const finalized = async (size = 3) => {
    const batch = await stage.anchored(size)
    await stage.mine(70)
    await stage.round()
    expect(await stage.batch(batch.id)).toEqual({ state: 'finalized', withdrawn_at: null })
    return batch
  }
  const change = (name: string, root: string, ...indexes: readonly number[]) =>
    stage.send(name, [issuerAccount, root, 0, [word(...indexes)]])

  it('shows on a finalized batch: revoked, suspended, reinstated', async () => {
    const { id, root } = await finalized()
    await stage.send('revokeInBatch', [root, 2])
    await change('suspend', root, 0, 1)
    await stage.round()
    expect(await stage.statuses(id)).toEqual([
      'suspended suspended',
      'suspended suspended',
      'revoked revoked',
    ])
    await change('reinstate', root, 1)
    await stage.round()
    expect((await stage.statuses(id))[1]).toBe('active active')
    expect(await stage.batch(id)).toMatchObject({ state: 'finalized' })
  })

  it('shows in batches of several words of statuses, to the last credential', async () => {
    const { id, root } = await finalized(700)
    await stage.send('revoke', [issuerAccount, root, 0, [word(255), word(0), word(187)]])
    await stage.send('suspend', [issuerAccount, root, 1, [word(0, 1)]])
    await stage.round()
    const statuses = await stage.statuses(id)
    const of = (status: string) =>
      statuses.flatMap((both, index) => (both === `${status} ${status}` ? [index] : []))
    expect(of('revoked')).toEqual([255, 256, 699])
    expect(of('suspended')).toEqual([257])
    expect(of('active')).toHaveLength(696)
  })

  it('shows where a finalized batch was withdrawn', async () => {
    const { id, root } = await finalized()
    await stage.send('withdraw', [issuerAccount, root])
    expect((await stage.round()).touched.batches).toEqual([id])
    expect((await stage.batch(id)).withdrawn_at).toBeInstanceOf(Date)
  })

  it('shows where an operator of another service did it', async () => {
    const { id, root } = await finalized()
    await stage.send('setOperator', [operatorAccount, 3, someYears])
    await stage.send('revoke', [issuerAccount, root, 0, [word(1)]], operatorAccount)
    await stage.round()
    expect((await stage.statuses(id))[1]).toBe('revoked revoked')
  })

  it('is read again after a reorganisation that drops it, without taking a revocation back', async () => {
    const { id, root } = await finalized()
    await stage.send('revokeInBatch', [root, 0])
    await change('suspend', root, 1)
    await stage.round()
    await stage.reorg(2)
    await stage.round()
    // Whoever revokes wants it revoked: an operator that may will bring it back.
    expect(await stage.statuses(id)).toEqual(['revoked active', 'active active', 'active active'])
    await stage.mine(1)
    await stage.round()
    await stage.reorg(1, [['revokeInBatch', [root, 0]]])
    await stage.round()
    expect((await stage.statuses(id))[0]).toBe('revoked revoked')
  })

  it('does not overrule what was asked for here and is not on the chain yet', async () => {
    const { id, root } = await finalized()
    const rows = await stage.db
      .selectFrom('credentials')
      .select('id')
      .where('batch_id', '=', id)
      .orderBy('status_index')
      .execute()
    await requestStatus(stage.db, rows[0]?.id ?? '', 'revoked')
    await requestStatus(stage.db, rows[1]?.id ?? '', 'suspended')
    await change('suspend', root, 0, 2)
    await stage.round()
    expect(await stage.statuses(id)).toEqual([
      'revoked suspended',
      'suspended active',
      'suspended suspended',
    ])
  })

  it('is left alone while a status transaction of ours is on its way, and while its block is not seen', async () => {
    const { id, root } = await finalized()
    const row = await stage.db
      .insertInto('transactions')
      .values({
        operator: operatorAccount,
        chain_id: chain.chainId,
        nonce: 1_000_000,
        hash: `0x${id.replaceAll('-', '').repeat(2)}`,
        raw: '0x',
        max_fee: '1',
        max_priority_fee: '1',
        purpose: 'status',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const link = { transaction_id: row.id, batch_id: id }
    await stage.db.insertInto('transaction_batches').values(link).execute()
    await change('suspend', root, 0)
    const settled = (state: 'included' | 'dropped') =>
      stage.db.updateTable('transactions').set({ state }).where('id', '=', row.id).execute()
    await stage.round()
    expect((await stage.statuses(id))[0]).toBe('active active')
    await settled('included')
    await stage.round()
    expect((await stage.statuses(id))[0]).toBe('active active')
    await settled('dropped')
    await stage.round()
    expect((await stage.statuses(id))[0]).toBe('suspended suspended')
  })

  it('is not read from an endpoint that is behind what was read before', async () => {
    const { id, root } = await finalized()
    await change('suspend', root, 0)
    await stage.follow()
    stage.node.behave(behind(stage.direct, 1))
    await stage.watch()
    expect((await stage.statuses(id))[0]).toBe('active active')
    stage.node.behave(honest)
    await stage.watch()
    expect((await stage.statuses(id))[0]).toBe('suspended suspended')
  })

  it('is read once a day for every batch, where no log told', async () => {
    const { id, root } = await finalized()
    await change('suspend', root, 2)
    stage.node.behave(async ({ method }, truth) => (method === 'eth_getLogs' ? [] : truth()))
    await stage.round()
    expect((await stage.statuses(id))[2]).toBe('active active')
    const yesterday = new Date(Date.now() - 25 * 3_600_000)
    await stage.db
      .updateTable('watched_statuses')
      .set({ looked_at: yesterday })
      .where('batch_id', '=', id)
      .execute()
    await stage.round()
    expect((await stage.statuses(id))[2]).toBe('suspended suspended')
  })

  it('before anybody followed the chain is found when that begins', async () => {
    const { id, root } = await finalized()
    await change('suspend', root, 1)
    await stage.send('withdraw', [issuerAccount, root])
    await stage.mine(70)
    await stage.db.deleteFrom('followed_chains').execute()
    await stage.db.deleteFrom('watched_statuses').execute()
    expect(await stage.round()).toMatchObject({ begun: 'first time' })
    expect((await stage.statuses(id))[1]).toBe('suspended suspended')
    expect((await stage.batch(id)).withdrawn_at).toBeInstanceOf(Date)
  })

  it('changes nothing when a round is repeated', async () => {
    const { id, root } = await finalized()
    await change('suspend', root, 1)
    await stage.round()
    const before = await stage.statuses(id)
    await stage.db
      .updateTable('watched_statuses')
      .set({ seen: 0 })
      .where('batch_id', '=', id)
      .execute()
    await stage.watch()
    await stage.round()
    expect(await stage.statuses(id)).toEqual(before)
  })
})
