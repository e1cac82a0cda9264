import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchAnchors } from '../../server/anchor-watch.ts'
import { followChain } from '../../server/chain-follower.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { rpc, sendToRegistry } from './chain-calls.ts'
import { anchoredBatch, type Stage, verdictOf } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

// What the issuer does with its own key beside a service that acts for it with another.

const issuer = demoAccounts.issuer.address
let chain: EmbeddedChain
let storage: Storage
let stage: Stage
beforeAll(async () => {
  chain = await startAnvilChain()
  storage = await openDirectory()
  stage = await setAnvilStage(chain, storage)
  await rpc(chain.url, 'anvil_mine', ['0x50'])
  await follow()
}, 120_000)
afterAll(async () => {
  await stage?.close()
  await chain?.close()
  await storage?.remove()
})

async function follow() {
  const { database, chain: service } = stage.service
  const followed = await followChain(database.db, service, chain.contracts, undefined)
  await watchAnchors(database.db, service, undefined, { info() {}, warn() {} })
  return followed
}
const round = async () => {
  await follow()
  await stage.service.watcher.round()
}
const listed = async (id: string) => {
  const { body } = await stage.ask(`GET /batches/${id}/credentials`, { key: stage.key })
  return body.credentials.map(({ status }: { status: string }) => status)
}
const rootOf = async (id: string) =>
  (await stage.ask(`GET /batches/${id}`, { key: stage.key })).body.root
const own = async (name: string, values: readonly unknown[]) => {
  await sendToRegistry(chain, issuer, name, values)
  await rpc(chain.url, 'anvil_mine', ['0x1'])
}

describe('beside the issuer’s own key', () => {
  it('a status that it changed on a finalized batch is listed, and not changed back', async () => {
    const { id, credentials } = await anchoredBatch(stage, 3)
    await rpc(chain.url, 'anvil_mine', ['0x50'])
    await round()
    const root = await rootOf(id)
    await own('suspend', [issuer, root, 0, [2]])
    await own('revokeInBatch', [root, 2])
    await round()
    await round()
    expect(await listed(id)).toEqual(['active', 'suspended', 'revoked'])
    expect(await verdictOf(stage, credentials[1] as string)).toBe('invalid suspended')
    const answer = await stage.ask(`POST /credentials/${credentials[2]}/reinstate`, {
      key: stage.key,
    })
    expect(answer.status).toBe(409)
    expect(answer.body.code).toBe('revocation_final')
  })

  it('what it suspended can be reinstated here, and what was suspended here by it', async () => {
    const { id, credentials } = await anchoredBatch(stage, 2)
    const root = await rootOf(id)
    await own('suspend', [issuer, root, 0, [1]])
    await round()
    const act = (action: string, index: number) =>
      stage.ask(`POST /credentials/${credentials[index]}/${action}`, { key: stage.key })
    expect((await act('reinstate', 0)).status).toBe(200)
    expect(await verdictOf(stage, credentials[0] as string)).toBe('valid valid')
    expect((await act('suspend', 1)).status).toBe(200)
    await own('reinstate', [issuer, root, 0, [2]])
    await round()
    expect(await listed(id)).toEqual(['active', 'active'])
    expect(await verdictOf(stage, credentials[1] as string)).toBe('valid valid')
  })

  it('a withdrawal of a finalized batch is told', async () => {
    const { id } = await anchoredBatch(stage, 2)
    await rpc(chain.url, 'anvil_mine', ['0x50'])
    await round()
    await own('withdraw', [issuer, await rootOf(id)])
    await round()
    const { body } = await stage.ask(`GET /batches/${id}`, { key: stage.key })
    expect(body).toMatchObject({ state: 'finalized', anchor: { withdrawnAt: expect.any(String) } })
  })

  it('a status of ours that a reorganisation dropped is not taken for its wish', async () => {
    const { id, credentials } = await anchoredBatch(stage, 2)
    await rpc(chain.url, 'anvil_mine', ['0x3'])
    await round()
    await stage.ask(`POST /credentials/${credentials[0]}/suspend`, { key: stage.key })
    await stage.ask(`POST /credentials/${credentials[1]}/suspend`, { key: stage.key })
    await follow()
    expect(await listed(id)).toEqual(['suspended', 'suspended'])
    await rpc(chain.url, 'anvil_reorg', [1, []])
    // The state shows it active; what was asked for stays, although nobody has looked for the transaction yet.
    expect(await follow()).toMatchObject({ reorgedFrom: expect.any(Number) })
    expect(await listed(id)).toEqual(['suspended', 'suspended'])
    await round()
    await round()
    expect(await listed(id)).toEqual(['suspended', 'suspended'])
    expect(await verdictOf(stage, credentials[1] as string)).toBe('invalid suspended')
  })
})
