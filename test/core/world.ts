import { Interface } from 'ethers'
import { artifacts, network } from 'hardhat'
import { checksumAddress } from '../../core/abi.ts'
import { accreditationAbi } from '../../core/accreditation.ts'
import { type Batch, type BatchRequest, credentialAt } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import type { Eip1193Provider } from '../../core/chain.ts'
import { deployContracts } from '../../core/deployment.ts'
import { registryAbi } from '../../core/registry.ts'
import { checkNames, type Report } from '../../core/report.ts'
import { parseTrust, type Trust } from '../../core/trust.ts'
import { type Readers, type VerifyOptions, verifyCredential } from '../../core/verify.ts'
import { cohort } from './cohort.ts'

/** An EVM in this process with both contracts, and accounts that have parts to play. */
export interface World {
  readonly provider: Eip1193Provider
  readonly registry: string
  readonly accreditationRegistry: string
  readonly accounts: {
    readonly issuer: string
    readonly impostor: string
    readonly ministry: string
    readonly agency: string
    readonly newcomer: string
  }
  close(): Promise<void>
}

export const chainId = 31337
export const registryInterface = new Interface(registryAbi)
export const accreditationInterface = new Interface(accreditationAbi)

export async function openWorld(): Promise<World> {
  const connection = await network.create()
  const provider: Eip1193Provider = {
    request: ({ method, params = [] }) =>
      connection.provider.request({ method, params: [...params] }),
  }
  const addresses = (await provider.request({ method: 'eth_accounts' })) as string[]
  const [payer, issuer, impostor, ministry, agency, newcomer] = addresses.map((one) =>
    checksumAddress(one),
  ) as [string, string, string, string, string, string]
  const codeOf = async (name: string) =>
    (await artifacts.readArtifact(name)).bytecode as `0x${string}`
  const [first, second] = await deployContracts(provider, payer, {
    CredentialRegistry: await codeOf('CredentialRegistry'),
    AccreditationRegistry: await codeOf('AccreditationRegistry'),
  })
  if (!first || !second) throw new Error('two contracts are deployed')
  return {
    provider,
    registry: first.address,
    accreditationRegistry: second.address,
    accounts: { issuer, impostor, ministry, agency, newcomer },
    close: () => connection.close(),
  }
}

async function send(world: World, from: string, to: string, data: string): Promise<void> {
  const hash = await world.provider.request({
    method: 'eth_sendTransaction',
    params: [{ from, to, data }],
  })
  const receipt = await world.provider.request({
    method: 'eth_getTransactionReceipt',
    params: [hash],
  })
  if ((receipt as { status: string }).status !== '0x1')
    throw new Error(`transaction ${hash} failed`)
}

/** A transaction to the credential registry. */
export function write(
  world: World,
  from: string,
  name: string,
  args: readonly unknown[],
): Promise<void> {
  return send(world, from, world.registry, registryInterface.encodeFunctionData(name, args))
}

export interface Statement {
  readonly subject: string
  readonly validFrom?: number
  readonly validUntil?: number
  readonly maySubaccredit?: boolean
  readonly name?: string
  readonly did?: string
}

/** Records an accreditation by `from`. Times are in seconds. */
export function accredit(world: World, from: string, statement: Statement): Promise<void> {
  const profileHash = `0x${'0'.repeat(64)}`
  const full = {
    validFrom: 0,
    validUntil: 0,
    maySubaccredit: false,
    profileHash,
    scope: '',
    name: 'A',
    did: '',
    ...statement,
  }
  return send(
    world,
    from,
    world.accreditationRegistry,
    accreditationInterface.encodeFunctionData('accredit', [full]),
  )
}

export function withdrawAccreditation(world: World, from: string, index: number): Promise<void> {
  return send(
    world,
    from,
    world.accreditationRegistry,
    accreditationInterface.encodeFunctionData('withdraw', [index]),
  )
}

/** Time of the latest block, seconds. */
export async function timeOf(world: World): Promise<number> {
  const block = await world.provider.request({
    method: 'eth_getBlockByNumber',
    params: ['latest', false],
  })
  return Number((block as { timestamp: string }).timestamp)
}

/** Lets time pass on the chain. */
export async function wait(world: World, seconds: number): Promise<void> {
  await world.provider.request({ method: 'evm_increaseTime', params: [seconds] })
  await world.provider.request({ method: 'evm_mine' })
}

/** A batch of the account, not anchored yet. */
export function issueFor(
  world: World,
  account: string,
  count = 3,
  request: Partial<BatchRequest> = {},
): Batch {
  const terms = { account: { chainId, address: account }, registry: world.registry, ...request }
  return cohort(count, terms, `${account}/${count}/${JSON.stringify(request)}`)
}

export async function anchor(
  world: World,
  batch: Batch,
  from: string = batch.target.issuer,
): Promise<void> {
  await write(world, from, 'anchor', [batch.root, batch.entries.length])
}

/** A batch of the account, anchored by it. */
export async function anchoredFor(
  world: World,
  account: string,
  count = 3,
  request: Partial<BatchRequest> = {},
): Promise<Batch> {
  const batch = issueFor(world, account, count, request)
  await anchor(world, batch)
  return batch
}

/** A policy for the world's chain; `settings` go over those of the chain, `policy` over the whole file. */
export function trusting(world: World, settings: object = {}, policy: object = {}): Trust {
  const { registry, accreditationRegistry } = world
  const file = { version: 1, acceptTestNetworks: true, chains: { [chainId]: settings }, ...policy }
  return parseTrust(file, { registry, accreditationRegistry })
}

export function readersOf(
  world: World,
  documents: Readonly<Record<string, unknown>> = {},
): Readers {
  return {
    chain: (id) => (id === chainId ? { label: 'test chain', provider: world.provider } : undefined),
    document: async (url) => {
      if (url in documents) return documents[url]
      throw new Error(`${url} answers nothing`)
    },
  }
}

/** Verifies, and checks what must hold of every report: eight checks in reading order, each told as it settles. */
export async function verify(
  world: World,
  document: unknown,
  options: Partial<VerifyOptions> = {},
): Promise<Report> {
  const told: string[] = []
  const report = await verifyCredential(document, {
    readers: readersOf(world),
    trust: trusting(world),
    now: (await timeOf(world)) * 1000,
    onCheck: ({ name }) => told.push(name),
    ...options,
  })
  const names = report.checks.map(({ name }) => name)
  if (names.join() !== checkNames.join()) throw new Error(`checks out of order: ${names}`)
  if (!options.onCheck && told.join() !== names.join())
    throw new Error(`checks told out of order: ${told}`)
  return report
}

/** The verdict and its reason, as `valid` or `invalid: revoked`. */
export async function verdictOf(
  world: World,
  document: unknown,
  options: Partial<VerifyOptions> = {},
): Promise<string> {
  const { verdict, reason } = await verify(world, document, options)
  return verdict === 'valid' ? reason : `${verdict}: ${reason}`
}

export function first(batch: Batch): JsonObject {
  return credentialAt(batch, 0)
}
