import { ContractFactory, type ContractTransactionResponse, keccak256 } from 'ethers'
import { artifacts, network } from 'hardhat'
import { requirePeer } from './peer.ts'

/** What the life of one batch costs in gas: it is anchored, and some of it revoked at random. Contracts stand already, and have been used. */
export interface Life {
  readonly name: string
  readonly anchor: number
  readonly revoke: number
  readonly how: string
}

type Sent = Promise<ContractTransactionResponse>
type Calls = Readonly<Record<string, (...args: never[]) => Sent>>

interface Compiled {
  readonly abi: ConstructorParameters<typeof ContractFactory>[0]
  readonly bytecode: string
}

/** The contracts of all, one batch each on a chain of this process. A peer that is not installed throws in its own `measure`. */
export async function openGasTable(size: number, revoked: number) {
  const { ethers } = await network.create({ override: { hardfork: 'osaka' } })
  const [issuer] = await ethers.getSigners()
  if (!issuer) throw new Error('the chain has no accounts')
  const deploy = async ({ abi, bytecode }: Compiled, ...args: readonly unknown[]) => {
    const contract = await new ContractFactory(abi, bytecode, issuer).deploy(...args)
    await contract.waitForDeployment()
    return contract as unknown as Calls & { readonly getAddress: () => Promise<string> }
  }
  const indexes = spreadIndexes(size, revoked)
  const hashes = indexes.map((index) => hashOf(`document ${index}`))

  return {
    async rootmark(): Promise<Life> {
      const registry = await deploy(await artifacts.readArtifact('CredentialRegistry'))
      await gasOf(call(registry, 'anchor', hashOf('first'), size))
      const root = hashOf('batch')
      return {
        name: 'Rootmark CredentialRegistry',
        anchor: await gasOf(call(registry, 'anchor', root, size)),
        revoke: await gasOf(call(registry, 'revoke', issuer.address, root, 0, wordsOf(indexes))),
        how: 'anchor, and one revoke for all',
      }
    },
    async openAttestation(): Promise<Life> {
      const { DocumentStoreFactory } = requirePeer<{ DocumentStoreFactory: Compiled }>(
        '@govtechsg/document-store',
      )
      const store = await deploy(DocumentStoreFactory, 'Northfield', issuer.address)
      await gasOf(call(store, 'issue', hashOf('first')))
      return {
        name: '@govtechsg/document-store',
        anchor: await gasOf(call(store, 'issue', hashOf('batch'))),
        revoke: await gasOf(call(store, 'bulkRevoke', hashes)),
        how: 'issue, and one bulkRevoke for all',
      }
    },
    async trustVc(): Promise<Life> {
      const factories = requirePeer<{ DocumentStore__factory: Compiled }>('@trustvc/document-store')
      const store = await deploy(factories.DocumentStore__factory, 'Northfield', issuer.address)
      await gasOf(call(store, 'issue', hashOf('first')))
      const tree = sortedTree(Array.from({ length: size }, (_, i) => hashOf(`document ${i}`)))
      const anchor = await gasOf(call(store, 'issue', tree.root))
      const { interface: face } = store as unknown as {
        readonly interface: {
          encodeFunctionData: (name: string, args: readonly unknown[]) => string
        }
      }
      const calls = indexes.map((index) =>
        face.encodeFunctionData('revoke(bytes32,bytes32,bytes32[])', [
          tree.root,
          hashOf(`document ${index}`),
          tree.proofOf(index),
        ]),
      )
      const revoke = await gasOf(call(store, 'multicall', calls))
      return {
        name: '@trustvc/document-store',
        anchor,
        revoke,
        how: 'issue, and one multicall of revoke with a proof each',
      }
    },
    async eas(): Promise<Life> {
      const artifact = (name: string) =>
        requirePeer<Compiled>(
          `@ethereum-attestation-service/eas-contracts/artifacts/contracts/${name}.sol/${name}.json`,
        )
      const schemas = await deploy(artifact('SchemaRegistry'))
      const eas = await deploy(artifact('EAS'), await schemas.getAddress())
      await gasOf(call(eas, 'timestamp', hashOf('first')))
      return {
        name: 'EAS, off-chain attestations',
        anchor: await gasOf(call(eas, 'timestamp', hashOf('batch'))),
        revoke: await gasOf(call(eas, 'multiRevokeOffchain', hashes)),
        how: 'timestamp of a root, and one multiRevokeOffchain for all',
      }
    },
  }
}

async function gasOf(sent: Sent): Promise<number> {
  const receipt = await (await sent).wait()
  if (!receipt) throw new Error('the transaction was not included')
  return Number(receipt.gasUsed)
}

function call(contract: Calls, name: string, ...args: readonly unknown[]): Sent {
  const method = contract[name]
  if (!method) throw new Error(`the contract has no ${name}`)
  return method(...(args as never[]))
}

/** Reproducible, and in no order. */
function spreadIndexes(size: number, count: number): readonly number[] {
  return Array.from({ length: size }, (_, index) => ({ index, key: hashOf(`spread ${index}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(({ index }) => index)
}

function hashOf(text: string): string {
  return keccak256(new TextEncoder().encode(text))
}

/** Bits of the status indexes in words of 256. */
function wordsOf(indexes: readonly number[]): readonly bigint[] {
  const words: bigint[] = Array.from({ length: (Math.max(...indexes) >> 8) + 1 }, () => 0n)
  for (const index of indexes)
    words[index >> 8] = (words[index >> 8] ?? 0n) | (1n << BigInt(index & 255))
  return words
}

function sortedTree(leaves: readonly string[]) {
  const levels = [leaves]
  for (let level = leaves; level.length > 1; levels.push(level)) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
      const [one = '', other] = level.slice(2 * i, 2 * i + 2)
      if (other === undefined) return one
      return keccak256(one < other ? one + other.slice(2) : other + one.slice(2))
    })
  }
  return {
    root: levels.at(-1)?.[0] as string,
    proofOf: (index: number) =>
      levels.flatMap((level, height) => level[Math.floor(index / 2 ** height) ^ 1] ?? []),
  }
}
