import { ContractFactory } from 'ethers'
import { artifacts } from 'hardhat'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentialAt, issueBatch } from '../../core/batch.ts'
import { batchLines } from '../../core/batch-file.ts'
import { contractAddresses } from '../../core/deployment.ts'
import { seededRandom } from '../core/cohort.ts'
import { accounts } from './anvil.ts'
import { accredit, type Desk, openDesk } from './desk.ts'

const onChain = ['--network', 'localhost', '--yes']

describe('a batch whose registry is replaced on its own chain', () => {
  let desk: Desk
  let former: string
  let batch: string
  let credentials: readonly string[]
  let trust: string
  let record: string

  beforeAll(async () => {
    desk = await openDesk()
    await accredit(desk)
    const { provider } = desk.anvil
    const signer = await provider.getSigner(accounts.issuer)
    const { abi, bytecode } = await artifacts.readArtifact('CredentialRegistry')
    // The same contract at an address of its own: what a registry of an earlier release is to a later one.
    const registry = await new ContractFactory(abi, bytecode, signer).deploy()
    await registry.waitForDeployment()
    former = await registry.getAddress()

    const issued = issueBatch(
      {
        id: '7c1d3f52-6a0e-4a2b-9d1f-0c5e8d1b6400',
        learners: ['Ana', 'Bo', 'Çağla'].map((name, i) => ({ name, email: `l${i}@example.org` })),
        achievement: {
          name: 'Data Literacy',
          description: 'Reads, questions and draws data.',
          criteria: { narrative: 'Pass the exam.' },
        },
        issuer: { name: 'Northfield University', url: 'https://northfield.example' },
        account: { chainId: 31337, address: accounts.issuer },
        registry: former,
        baseUrl: 'https://northfield.example',
        validFrom: '2026-01-01T00:00:00Z',
        validUntil: undefined,
      },
      seededRandom('replaced registry'),
    )
    batch = await desk.write('batch.ndjson', [...batchLines(issued)].join(''))
    credentials = await Promise.all(
      [0, 1, 2].map((index) =>
        desk.write(`credential-${index}.json`, JSON.stringify(credentialAt(issued, index))),
      ),
    )
    const call = (name: string, values: readonly unknown[]) => registry.getFunction(name)(...values)
    await (await call('anchor', [issued.root, 3])).wait()
    await (await call('revokeInBatch', [issued.root, 2])).wait()
    trust = await desk.write(
      'both.json',
      JSON.stringify({
        version: 1,
        acceptTestNetworks: true,
        chains: { 31337: { registries: [former, contractAddresses.registry] } },
      }),
    )
  })
  afterAll(() => desk.close())

  const check = async (index: number, ...args: string[]) => {
    const asked = ['check', credentials[index] as string, '--trust', trust, ...args]
    const { code, json } = await desk.runJson([...asked, '--rpc', desk.anvil.url])
    return [code, json.reason]
  }

  it('is valid by the registry that it names while that is there', async () => {
    expect(await Promise.all([check(0), check(2)])).toEqual([
      [0, 'valid'],
      [1, 'revoked'],
    ])
  })

  it('is moved with what was ended, which the network itself still tells', async () => {
    const out = desk.folder
    const { code, json } = await desk.runJson([
      ...['reanchor', '--batch', batch, '--out', out],
      ...onChain,
    ])
    expect([code, json.error]).toEqual([0, undefined])
    expect(json.carried).toEqual({ revoked: [2], suspended: [], withdrawn: false })
    expect(json.record).toMatchObject({
      from: { chainId: 31337, registry: former },
      to: { chainId: 31337 },
    })
    record = json.file
  })

  it('is found at the other registry once the first is gone, and by the record only', async () => {
    await desk.anvil.provider.send('anvil_setCode', [former, '0x'])
    expect(await check(0)).toEqual([2, 'registry_missing'])
    const found = await Promise.all([0, 1, 2].map((index) => check(index, '--migration', record)))
    expect(found).toEqual([
      [0, 'valid'],
      [0, 'valid'],
      [1, 'revoked'],
    ])
  })
})
