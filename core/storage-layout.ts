import { addressWord, uintWord } from './abi.ts'
import type { BatchWords } from './batch-words.ts'
import { concatBytes, fromHex, toHex } from './bytes.ts'
import { keccak256 } from './hash.ts'
import type { AnchorRecord, Standing } from './registry.ts'

/**
 * Where `CredentialRegistry` keeps its state, as the compiler laid it out: the contract is immutable, and so is this. Slots have
 * 32 bytes. Below `_records` lie two texts of OpenZeppelin's `EIP712`.
 */
const recordsSlot = uintWord(2)
const countsSlot = uintWord(3)
const grantsSlot = uintWord(4)

/** Members of `Record` after the anchor's own slot. */
const revocationsOffset = 1n
const suspensionsOffset = 2n

/** The slots that tell all about one credential. */
export interface CredentialSlots {
  /** Everything about the anchor (AnchorSlot.sol). */
  readonly anchor: Uint8Array
  /** The words in which the credential has its bits; a small batch has its revocations in `anchor`. */
  readonly revocations: Uint8Array
  readonly suspensions: Uint8Array
  /** How many batches the issuer ever anchored. */
  readonly count: Uint8Array
}

/** The words in these slots. */
export type CredentialWords = { readonly [slot in keyof CredentialSlots]: bigint }

/** Which slots tell about the credential with this status index in the batch. */
export function slotsOf(issuer: string, root: string, statusIndex: number): CredentialSlots {
  const anchor = mapped(fromHex(root, 32), mapped(addressWord(issuer), recordsSlot))
  const word = uintWord(Math.floor(statusIndex / 256))
  return {
    anchor,
    revocations: mapped(word, after(anchor, revocationsOffset)),
    suspensions: mapped(word, after(anchor, suspensionsOffset)),
    count: mapped(addressWord(issuer), countsSlot),
  }
}

/** Where it stands what an issuer lets an operator do: the roles in the lowest byte, the expiry above. */
export function grantSlotOf(issuer: string, operator: string): Uint8Array {
  return mapped(addressWord(operator), mapped(addressWord(issuer), grantsSlot))
}

/** The revocations of a batch that has them in its anchor's own slot; `undefined` of a larger one. */
export function packedRevocations(anchor: bigint, size: number): bigint | undefined {
  return size <= smallSize ? anchor >> 145n : undefined
}

/** What `verify` of the contract answers for these words. */
export function decodeWords(
  words: CredentialWords,
  statusIndex: number,
): { readonly standing: Standing; readonly record: AnchorRecord; readonly anchorCount: number } {
  const bits = (at: bigint, length: bigint) => Number((words.anchor >> at) & ((1n << length) - 1n))
  const record: AnchorRecord = {
    anchoredAt: bits(0n, 40n),
    withdrawnAt: bits(40n, 40n),
    sequence: bits(80n, 32n),
    size: bits(112n, 32n),
  }
  const everSuspended = bits(144n, 1n) === 1
  const anchorCount = Number(words.count & 0xffff_ffffn)
  return { standing: standingOf(words, record, everSuspended, statusIndex), record, anchorCount }
}

/** The same of the batch, for all credentials in the status word of this one. */
export function batchWordsOf(
  words: CredentialWords,
  statusIndex: number,
): Omit<BatchWords, 'root'> {
  const { record, anchorCount } = decodeWords(words, statusIndex)
  const everSuspended = ((words.anchor >> 144n) & 1n) === 1n
  return {
    record,
    anchorCount,
    firstWord: Math.floor(statusIndex / 256),
    revocations: uintWord(packedRevocations(words.anchor, record.size) ?? words.revocations),
    suspensions: uintWord(everSuspended ? words.suspensions : 0n),
  }
}

/** Revocations of batches up to this size are in the anchor's own slot, from bit 145 on. */
const smallSize = 111

function standingOf(
  { anchor, revocations, suspensions }: CredentialWords,
  { size, withdrawnAt }: AnchorRecord,
  everSuspended: boolean,
  statusIndex: number,
): Standing {
  if (statusIndex >= size) return 'unknown'
  const bit = 1n << BigInt(statusIndex % 256)
  const revoked = packedRevocations(anchor, size) ?? revocations
  if ((revoked & bit) !== 0n) return 'revoked'
  if (withdrawnAt !== 0) return 'withdrawn'
  return everSuspended && (suspensions & bit) !== 0n ? 'suspended' : 'active'
}

/** The slot of a mapping's entry: keys of value types, as Solidity lays them out. */
export function mapped(key: Uint8Array, slot: Uint8Array): Uint8Array {
  return keccak256(concatBytes(key, slot))
}

/** The slot so many words further on. */
export function after(slot: Uint8Array, offset: bigint): Uint8Array {
  return uintWord(BigInt.asUintN(256, BigInt(toHex(slot)) + offset))
}
