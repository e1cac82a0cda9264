import {
  AbiCoder,
  BaseContract,
  type BaseContractMethod,
  ContractFactory,
  type ContractTransactionResponse,
  concat,
  keccak256,
  type Signer,
  type TransactionResponse,
  toBeHex,
  zeroPadValue,
} from 'ethers'
import { artifacts, network } from 'hardhat'
import { expect } from 'vitest'

type View<Args extends unknown[], Result> = BaseContractMethod<Args, Result, Result>
type Write<Args extends unknown[], Result = void> = BaseContractMethod<
  Args,
  Result,
  ContractTransactionResponse
>
type Words = readonly bigint[]

export interface Anchor {
  readonly anchoredAt: bigint
  readonly withdrawnAt: bigint
  readonly sequence: bigint
  readonly size: bigint
}

export interface Verification {
  readonly standing: bigint
  readonly root: string
}

export interface CredentialRegistry {
  anchor: Write<[root: string, size: number], bigint>
  anchorFor: Write<[issuer: string, root: string, size: number], bigint>
  anchorBySig: Write<
    [issuer: string, root: string, size: number, deadline: bigint, signature: string],
    bigint
  >
  anchorMany: Write<[issuer: string, batches: readonly (readonly [string, number])[]], bigint>
  setOperator: Write<[operator: string, roles: number, expiry: bigint]>
  revokeInBatch: Write<[root: string, statusIndex: bigint | number]>
  revoke: Write<[issuer: string, root: string, firstWord: bigint | number, words: Words]>
  suspend: Write<[issuer: string, root: string, firstWord: bigint | number, words: Words]>
  reinstate: Write<[issuer: string, root: string, firstWord: bigint | number, words: Words]>
  withdraw: Write<[issuer: string, root: string]>
  verify: View<
    [issuer: string, digest: string, statusIndex: bigint | number, siblings: readonly string[]],
    Verification & { readonly record: Anchor }
  >
  verifyMany: View<
    [claims: readonly (readonly [string, string, bigint | number, readonly string[]])[]],
    readonly (Verification & { readonly anchor: Anchor })[]
  >
  anchorOf: View<[issuer: string, root: string], Anchor>
  anchorCount: View<[issuer: string], bigint>
  operatorOf: View<[issuer: string, operator: string], [roles: bigint, expiry: bigint]>
  revocations: View<
    [issuer: string, root: string, firstWord: bigint | number, count: number],
    bigint[]
  >
  suspensions: View<
    [issuer: string, root: string, firstWord: bigint | number, count: number],
    bigint[]
  >
  hashAnchor: View<[issuer: string, root: string, size: number, deadline: bigint], string>
}

export interface Statement {
  readonly subject: string
  readonly validFrom: number
  readonly validUntil: number
  readonly maySubaccredit: boolean
  readonly profileHash: string
  readonly scope: string
  readonly name: string
  readonly did: string
}

export interface Accreditation {
  readonly index: bigint
  readonly recordedAt: bigint
  readonly withdrawnAt: bigint
  readonly statement: Statement
}

export interface AccreditationRegistry {
  accredit: Write<[statement: Statement], bigint>
  withdraw: Write<[index: number]>
  accreditationCount: View<[accreditor: string], bigint>
  accreditationAt: View<[accreditor: string, index: number], Accreditation>
  accreditations: View<[accreditor: string, first: number, count: number], Accreditation[]>
  accreditationsOf: View<
    [accreditor: string, subject: string, first: number, count: number],
    Accreditation[]
  >
  accreditationsAlong: View<
    [links: readonly (readonly [string, string])[], count: number],
    Accreditation[][]
  >
  subaccreditations: View<[accreditor: string, first: number, count: number], Accreditation[]>
}

export type Deployed<Methods> = BaseContract & Methods

/** A fresh in-process chain with the rules of the Osaka fork, and its accounts. */
export async function startChain() {
  const { ethers, provider } = await network.create({ override: { hardfork: 'osaka' } })
  const [issuer, operator, stranger, other] = await ethers.getSigners()
  if (!issuer || !operator || !stranger || !other) throw new Error('the chain has no accounts')
  return { ethers, provider, issuer, operator, stranger, other }
}

export async function deploy<Methods>(
  name: string,
  signer: Signer,
  ...args: readonly unknown[]
): Promise<Deployed<Methods>> {
  const { abi, bytecode } = await artifacts.readArtifact(name)
  const deployed = await new ContractFactory(abi, bytecode, signer).deploy(...args)
  await deployed.waitForDeployment()
  const Contract = BaseContract.buildClass<Methods>(abi)
  return new Contract(await deployed.getAddress(), signer) as Deployed<Methods>
}

export function as<Methods>(contract: Deployed<Methods>, signer: Signer): Deployed<Methods> {
  return contract.connect(signer) as Deployed<Methods>
}

/** Expects a call to be refused with a custom error of the contract, and returns what the error carries. */
export async function refusal(
  contract: BaseContract,
  call: Promise<unknown>,
  name: string,
): Promise<readonly unknown[]> {
  const outcome: unknown = await call.then(
    () => new Error('the call was accepted'),
    (error: unknown) => error,
  )
  const data = revertDataOf(outcome)
  const parsed = data === undefined ? null : contract.interface.parseError(data)
  if (!parsed) throw outcome
  expect(parsed.name).toBe(name)
  return parsed.args.toArray(true)
}

/** Hardhat reports a revert as its own error, ethers as another around it. */
function revertDataOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { data, cause } = error as { data?: unknown; cause?: unknown }
  if (typeof data === 'string') return data
  return revertDataOf(data) ?? revertDataOf(cause)
}

export interface LoggedEvent {
  readonly name: string
  readonly args: readonly unknown[]
}

/** The contract's events of a mined transaction. */
export async function eventsOf(
  contract: BaseContract,
  sent: Promise<ContractTransactionResponse>,
): Promise<LoggedEvent[]> {
  const receipt = await (await sent).wait()
  return (receipt?.logs ?? []).map((log) => {
    const parsed = contract.interface.parseLog(log)
    if (!parsed) throw new Error('a log of another contract')
    return { name: parsed.name, args: parsed.args.toArray(true) }
  })
}

export async function mined(sent: Promise<TransactionResponse>): Promise<void> {
  await (await sent).wait()
}

/** Reproducible bytes32 without a zero byte, so that its calldata costs the most it can. */
export function bytes32(seed: number | string): string {
  for (
    let hash = keccak256(new TextEncoder().encode(`rootmark ${seed}`));
    ;
    hash = keccak256(hash)
  ) {
    if (!/^0x(..)*00/.test(hash)) return hash
  }
}

export function anchorId(issuer: string, root: string): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['address', 'bytes32'], [issuer, root]))
}

export function leafOf(digest: string, statusIndex: bigint | number): string {
  return keccak256(keccak256(concat([digest, zeroPadValue(toBeHex(statusIndex), 32)])))
}

export function pairOf(one: string, other: string): string {
  return keccak256(one < other ? concat([one, other]) : concat([other, one]))
}

/** Status indexes as words of 256, beginning at word 0. */
export function wordsOf(indexes: readonly number[]): bigint[] {
  const words = Array<bigint>(Math.floor(Math.max(...indexes) / 256) + 1).fill(0n)
  for (const index of indexes) {
    const word = Math.floor(index / 256)
    words[word] = (words[word] ?? 0n) | (1n << BigInt(index % 256))
  }
  return words
}
