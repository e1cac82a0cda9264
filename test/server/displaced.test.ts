import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { rpc } from './chain-calls.ts'
import { type Endpoint, openEndpoint, passOn } from './endpoint.ts'
import { mine } from './kill-flows.ts'
import { anchoredBatch, issueBatch, named, openStage, type Stage, verdictOf } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

let chain: EmbeddedChain
let storage: Storage
let endpoint: Endpoint
let stage: Stage
/** Happens once, before the answer to a call of this method: in the middle of what the service does. */
let before: { readonly method: string; readonly act: () => Promise<unknown> } | undefined

beforeAll(async () => {
  chain = await startAnvilChain()
  storage = await openDirectory()
  const first = await setAnvilStage(chain, storage)
  await first.close()
  endpoint = await openEndpoint(async (body, method) => {
    const due = before?.method === method ? before : undefined
    if (due) before = undefined
    await due?.act()
    return passOn(chain.url, body)
  })
  const { privateKey } = demoAccounts.operator
  const settings = { ...named(chain, endpoint.url), OPERATOR_KEY: privateKey }
  stage = { ...(await openStage(chain, storage, settings)), chain, key: first.key }
  await mine(chain.url, 8)
}, 120_000)
afterAll(async () => {
  await stage?.close()
  await endpoint?.close()
  await chain?.close()
  await storage?.remove()
})

describe('a chain that turns back between two looks at it', () => {
  it.each([
    ['suspend', 'suspended'],
    ['revoke', 'revoked'],
  ])(
    'and gives the nonce of a call to %s to an anchor gets that call again',
    async (verb, standing) => {
      const { credentials } = await anchoredBatch(stage, 2)
      const [credential = ''] = credentials
      await stage.ask(`POST /credentials/${credential}/${verb}`, { key: stage.key })
      await stage.service.catchUp()
      expect(await verdictOf(stage, credential)).toBe(`invalid ${standing}`)
      const nonces = () =>
        stage.service.database.db
          .selectFrom('transactions')
          .select(['nonce', 'purpose', 'state'])
          .orderBy('id')
          .execute()
      const call = (await nonces()).at(-1)
      expect(call).toMatchObject({ purpose: 'status', state: 'included' })

      // After it was made sure that nothing is on its way, and before the next nonce is chosen.
      before = {
        method: 'eth_maxPriorityFeePerGas',
        act: () => rpc(chain.url, 'anvil_reorg', [1, []]),
      }
      const other = await issueBatch(stage, 1)
      await stage.ask(`POST /batches/${other}/anchor`, { key: stage.key })
      await stage.service.catchUp()
      expect(before).toBeUndefined()
      const rivals = (await nonces()).filter(({ nonce }) => nonce === call?.nonce)
      expect(rivals.map(({ purpose, state }) => `${purpose} ${state}`)).toEqual([
        'status dropped',
        'anchor included',
      ])

      await stage.service.catchUp()
      expect(await verdictOf(stage, credential)).toBe(`invalid ${standing}`)
      const { body } = await stage.ask(`GET /batches/${other}`, { key: stage.key })
      expect(body.state).toBe('included')
    },
  )
})
