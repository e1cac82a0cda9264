import { assembleBatch, type Batch, type BatchRequest } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { digestOf } from '../../core/digest.ts'
import { cohort } from './cohort.ts'
import { accreditationInterface, chainId, registryInterface, type World } from './world.ts'

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
  readonly scope?: string
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

/** The batch with another issuer id in every credential, as a liar would make it: our own issuing refuses that. */
export function claiming(batch: Batch, issuerId: string): Batch {
  const entries = batch.entries.map(({ credential, salt }) => {
    const forged = {
      ...credential,
      issuer: { ...(credential['issuer'] as JsonObject), id: issuerId },
    }
    return { credential: forged, salt, digest: digestOf(forged, salt) }
  })
  return assembleBatch(batch.id, batch.target, entries)
}
