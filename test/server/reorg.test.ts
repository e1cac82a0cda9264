import { artifacts } from 'hardhat'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hex } from '../../core/bytes.ts'
import { deployContracts } from '../../core/deployment.ts'
import { rpcProvider } from '../../core/rpc.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { ensureDemoTrust } from '../../server/demo-trust.ts'
import { type Anvil, startAnvil } from '../scripts/anvil.ts'
import { rpc } from './chain-calls.ts'
import { anchoredBatch, openStage, recordIssuer, type Stage, verdictOf } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

let anvil: Anvil
let storage: Storage
let stage: Stage
beforeAll(async () => {
  anvil = await startAnvil()
  storage = await openDirectory()
  const provider = rpcProvider({ url: anvil.url, fetch, timeoutMs: 10_000 })
  const initCode = async (name: string) => (await artifacts.readArtifact(name)).bytecode as Hex
  const [registry, accreditationRegistry] = await deployContracts(
    provider,
    demoAccounts.deployer.address,
    {
      CredentialRegistry: await initCode('CredentialRegistry'),
      AccreditationRegistry: await initCode('AccreditationRegistry'),
    },
  )
  const chain = {
    url: anvil.url,
    chainId: 31337,
    contracts: {
      registry: registry?.address ?? '',
      accreditationRegistry: accreditationRegistry?.address ?? '',
    },
    close: anvil.stop,
  }
  const opened = await openStage(chain, storage)
  await ensureDemoTrust(opened.service, 'Northfield University')
  const key = await recordIssuer(opened.ask, 'northfield', demoAccounts.issuer.address)
  stage = { ...opened, chain, key }
}, 120_000)
afterAll(async () => {
  await stage?.close()
  await anvil?.stop()
  await storage?.remove()
})

const stateOf = async (id: string) =>
  (await stage.ask(`GET /batches/${id}`, { key: stage.key })).body.state
const mine = (blocks: number) => rpc(anvil.url, 'anvil_mine', [`0x${blocks.toString(16)}`])

describe('on a chain that finalizes later and may turn back', () => {
  it('a batch goes from included to safe to finalized', async () => {
    const { id, credentials } = await anchoredBatch(stage, 3)
    expect(await stateOf(id)).toBe('included')
    expect(await verdictOf(stage, credentials[0] as string)).toBe('valid valid')
    await mine(40)
    await stage.service.catchUp()
    expect(await stateOf(id)).toBe('safe')
    await mine(40)
    await stage.service.catchUp()
    expect(await stateOf(id)).toBe('finalized')
  })

  it('a batch that a reorganisation dropped is anchored again, with its statuses', async () => {
    const { id, credentials } = await anchoredBatch(stage, 3)
    const [valid = '', revoked = ''] = credentials
    await stage.ask(`POST /credentials/${revoked}/revoke`, { key: stage.key })
    expect(await verdictOf(stage, revoked)).toBe('invalid revoked')

    await rpc(anvil.url, 'anvil_reorg', [2, []])
    expect(await verdictOf(stage, valid)).toBe('invalid tampered')
    await stage.service.catchUp()
    expect(await stateOf(id)).toBe('included')
    expect(await verdictOf(stage, valid)).toBe('valid valid')
    expect(await verdictOf(stage, revoked)).toBe('invalid revoked')
  })
})
