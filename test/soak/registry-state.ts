import { Interface } from 'ethers'
import { artifacts } from 'hardhat'
import { accreditationAbi } from '../../core/accreditation.ts'
import type { Hex } from '../../core/bytes.ts'
import { deployContracts } from '../../core/deployment.ts'
import { didPkh } from '../../core/did.ts'
import { operatorRoles } from '../../core/registry.ts'
import { rpcProvider } from '../../core/rpc.ts'
import type { ContractAddresses } from '../../core/trust.ts'
import { registryInterface } from '../../server/chains.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { rpc } from '../server/chain-calls.ts'
import { pause } from './client.ts'

export const chainId = 31337
const farFuture = 4_102_444_800 // 2100-01-01

/** Both contracts on a chain where each issuer is accredited and let the operator act for it. */
export async function setUpContracts(
  url: string,
  issuers: readonly string[],
): Promise<ContractAddresses> {
  const provider = rpcProvider({ url, fetch, timeoutMs: 10_000 })
  const { deployer, operator, accreditor } = demoAccounts
  const initCode = async (name: string) => (await artifacts.readArtifact(name)).bytecode as Hex
  const deployed = await deployContracts(provider, deployer.address, {
    CredentialRegistry: await initCode('CredentialRegistry'),
    AccreditationRegistry: await initCode('AccreditationRegistry'),
  })
  const [registry = '', accreditationRegistry = ''] = deployed.map(({ address }) => address)
  const accreditation = new Interface(accreditationAbi)
  const roles = operatorRoles.anchor | operatorRoles.revoke
  for (const issuer of issuers) {
    const statement = {
      subject: issuer,
      validFrom: 0,
      validUntil: 0,
      maySubaccredit: false,
      profileHash: `0x${'00'.repeat(32)}`,
      scope: '',
      name: 'Northfield University',
      did: didPkh({ chainId, address: issuer }),
    }
    await send(url, accreditor.address, accreditationRegistry, [
      accreditation.encodeFunctionData('accredit', [statement]),
    ])
    await send(url, issuer, registry, [
      registryInterface.encodeFunctionData('setOperator', [operator.address, roles, farFuture]),
    ])
  }
  return { registry, accreditationRegistry }
}

async function send(url: string, from: string, to: string, [data]: readonly [string]) {
  await rpc(url, 'eth_sendTransaction', [{ from, to, data }])
}

/** How many batches an issuer anchored. */
export async function readAnchorCount(url: string, registry: string, issuer: string) {
  const [count] = await view(url, registry, 'anchorCount', [issuer])
  return Number(count)
}

/** The number of an anchor as of a block, 0 where there is none. */
export async function readSequence(
  url: string,
  registry: string,
  issuer: string,
  root: string,
  block: 'latest' | 'safe' | 'finalized' = 'latest',
) {
  const [record] = await view(url, registry, 'anchorOf', [issuer, root], block)
  return Number((record as { readonly sequence: bigint }).sequence)
}

async function view(
  url: string,
  to: string,
  name: string,
  values: readonly unknown[],
  block = 'latest',
) {
  const data = registryInterface.encodeFunctionData(name, values)
  for (let tries = 1; ; tries++) {
    const answer = await rpc(url, 'eth_call', [{ to, data }, block])
    if (answer !== '0x') return registryInterface.decodeFunctionResult(name, answer as string)
    // While anvil replaces blocks, there are moments in which it knows no contract.
    if (tries === 5) throw new Error(`the chain knows no contract ${to} at ${block}`)
    await pause(200)
  }
}

export interface SentByOperator {
  readonly hash: string
  readonly nonce: number
  readonly call: string
  readonly succeeded: boolean
  /** Roots that this transaction anchored. */
  readonly anchored: readonly string[]
}

/** Every transaction of the operator that the chain holds, oldest first. */
export async function readSpending(url: string, operator: string) {
  const spent: SentByOperator[] = []
  const head = Number(await rpc(url, 'eth_blockNumber'))
  for (let number = 0; number <= head; number += 1) {
    const block = (await rpc(url, 'eth_getBlockByNumber', [`0x${number.toString(16)}`, true])) as {
      transactions: { hash: string; from: string; nonce: string; input: string }[]
    }
    for (const { hash, from, nonce, input } of block.transactions) {
      if (from.toLowerCase() !== operator.toLowerCase()) continue
      const receipt = (await rpc(url, 'eth_getTransactionReceipt', [hash])) as {
        status: string
        logs: { topics: string[]; data: string }[]
      }
      const events = receipt.logs.map((log) => registryInterface.parseLog(log))
      spent.push({
        hash,
        nonce: Number(nonce),
        call: registryInterface.parseTransaction({ data: input })?.name ?? 'unknown',
        succeeded: receipt.status === '0x1',
        anchored: events.flatMap((event) =>
          event?.name === 'Anchored' ? [`${event.args['issuer']} ${event.args['root']}`] : [],
        ),
      })
    }
  }
  return spent
}
