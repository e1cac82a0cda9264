import { AbiReader, addressWord, selectorOf, uintWord } from './abi.ts'
import { concatBytes, type Hex, toHex } from './bytes.ts'
import { InvalidInputError } from './error.ts'

/** `CredentialRegistry` as ethers takes it (human-readable ABI). */
export const registryAbi = [
  'function anchor(bytes32 root, uint32 size) returns (uint32 sequence)',
  'function anchorFor(address issuer, bytes32 root, uint32 size) returns (uint32 sequence)',
  'function anchorBySig(address issuer, bytes32 root, uint32 size, uint256 deadline, bytes signature) returns (uint32 sequence)',
  'function anchorMany(address issuer, (bytes32 root, uint32 size)[] batches) returns (uint32 anchored)',
  'function setOperator(address operator, uint8 roles, uint40 expiry)',
  'function operatorOf(address issuer, address operator) view returns (uint8 roles, uint40 expiry)',
  'function revokeInBatch(bytes32 root, uint256 statusIndex)',
  'function revoke(address issuer, bytes32 root, uint256 firstWord, uint256[] words)',
  'function suspend(address issuer, bytes32 root, uint256 firstWord, uint256[] words)',
  'function reinstate(address issuer, bytes32 root, uint256 firstWord, uint256[] words)',
  'function withdraw(address issuer, bytes32 root)',
  'function verify(address issuer, bytes32 digest, uint256 statusIndex, bytes32[] siblings) view returns (uint8 standing, bytes32 root, (uint40 anchoredAt, uint40 withdrawnAt, uint32 sequence, uint32 size) record)',
  'function verifyMany((address issuer, bytes32 digest, uint256 statusIndex, bytes32[] siblings)[] claims) view returns ((uint8 standing, bytes32 root, (uint40 anchoredAt, uint40 withdrawnAt, uint32 sequence, uint32 size) anchor)[] verifications)',
  'function anchorOf(address issuer, bytes32 root) view returns ((uint40 anchoredAt, uint40 withdrawnAt, uint32 sequence, uint32 size) record)',
  'function anchorCount(address issuer) view returns (uint32 count)',
  'function revocations(address issuer, bytes32 root, uint256 firstWord, uint256 count) view returns (uint256[] words)',
  'function suspensions(address issuer, bytes32 root, uint256 firstWord, uint256 count) view returns (uint256[] words)',
  'function hashAnchor(address issuer, bytes32 root, uint32 size, uint256 deadline) view returns (bytes32)',
  'event Anchored(address indexed issuer, bytes32 indexed root, uint256 sequence, uint256 size)',
  'event Revoked(bytes32 indexed anchorId, uint256 statusIndex)',
  'event RevokedMany(bytes32 indexed anchorId, uint256 firstWord, uint256[] words)',
  'event Suspended(bytes32 indexed anchorId, uint256 firstWord, uint256[] words)',
  'event Reinstated(bytes32 indexed anchorId, uint256 firstWord, uint256[] words)',
  'event BatchWithdrawn(bytes32 indexed anchorId)',
  'event OperatorSet(address indexed issuer, address indexed operator, uint8 roles, uint40 expiry)',
  'error ZeroRoot()',
  'error EmptyBatch(bytes32 root)',
  'error AlreadyAnchored(address issuer, bytes32 root, uint32 sequence)',
  'error UnknownBatch(address issuer, bytes32 root)',
  'error StatusIndexOutOfRange(uint256 statusIndex, uint32 size)',
  'error WordsOutOfRange(uint256 firstWord, uint256 count, uint32 size)',
  'error NotAuthorized(address issuer, address caller, uint8 role)',
  'error OperatorExpired(address issuer, address operator, uint40 expiry)',
  'error InvalidOperator(address operator)',
  'error UnknownRoles(uint8 roles)',
  'error ExpiryInPast(uint40 expiry)',
  'error SignatureExpired(uint256 deadline)',
  'error InvalidSignature(address issuer)',
] as const

/** Roles of an operator, as bits. */
export const operatorRoles = { anchor: 1, revoke: 2 } as const

/** What the registry says of one credential. `Standing` of the contract, by position. */
export const standings = ['unknown', 'active', 'suspended', 'revoked', 'withdrawn'] as const
export type Standing = (typeof standings)[number]

/** The anchor record. Times are block times in seconds, 0 for never; `sequence` counts from 1. */
export interface AnchorRecord {
  readonly anchoredAt: number
  readonly withdrawnAt: number
  readonly sequence: number
  readonly size: number
}

/** One credential as the contract checks it: `digest` and each sibling have 32 bytes. */
export interface Claim {
  readonly issuer: string
  readonly digest: Uint8Array
  readonly statusIndex: number
  readonly siblings: readonly Uint8Array[]
}

export interface Verification {
  readonly standing: Standing
  readonly root: Hex
  readonly record: AnchorRecord
}

/** What a registry knows about a claim and its issuer. */
export interface RegistryState {
  readonly verification: Verification
  /** How many batches the issuer ever anchored; at least so many, where only whether there are any was asked. */
  readonly anchorCount: number
}

export const verifySignature = 'verify(address,bytes32,uint256,bytes32[])'
const verifySelector = selectorOf(verifySignature)
const verifyManySelector = selectorOf('verifyMany((address,bytes32,uint256,bytes32[])[])')
const anchorCountSelector = selectorOf('anchorCount(address)')

/** Call data of `verify`. */
export function encodeVerify(claim: Claim): Hex {
  return toHex(concatBytes(verifySelector, encodeClaim(claim)))
}

/** Call data of `verifyMany`. */
export function encodeVerifyMany(claims: readonly Claim[]): Hex {
  const tuples = claims.map(encodeClaim)
  let at = claims.length * 32
  const offsets = tuples.map(({ length }) => {
    at += length
    return uintWord(at - length)
  })
  return toHex(
    concatBytes(verifyManySelector, uintWord(32), uintWord(claims.length), ...offsets, ...tuples),
  )
}

function encodeClaim({ issuer, digest, statusIndex, siblings }: Claim): Uint8Array {
  return concatBytes(
    addressWord(issuer),
    digest,
    uintWord(statusIndex),
    uintWord(4 * 32),
    uintWord(siblings.length),
    ...siblings,
  )
}

/** The answer of `verify`; throws `InvalidInputError` for bytes that it cannot have given. */
export function decodeVerify(answer: Uint8Array): Verification {
  const reader = new AbiReader(answer)
  const standing = standings[reader.index(0)]
  if (standing === undefined || reader.length !== 6 * 32) {
    throw new InvalidInputError('abi_malformed', 'this is no answer of verify')
  }
  return {
    standing,
    root: toHex(reader.word(32)),
    record: {
      anchoredAt: reader.index(2 * 32, 40),
      withdrawnAt: reader.index(3 * 32, 40),
      sequence: reader.index(4 * 32, 32),
      size: reader.index(5 * 32, 32),
    },
  }
}

/** The answer of `verifyMany` to so many claims; throws `InvalidInputError` for bytes that it cannot have given. */
export function decodeVerifyMany(answer: Uint8Array, count: number): readonly Verification[] {
  const reader = new AbiReader(answer)
  if (
    reader.length !== (2 + 6 * count) * 32 ||
    reader.index(0) !== 32 ||
    reader.index(32) !== count
  ) {
    throw new InvalidInputError('abi_malformed', 'this is no answer of verifyMany')
  }
  return Array.from({ length: count }, (_, i) =>
    decodeVerify(answer.slice((2 + 6 * i) * 32, (8 + 6 * i) * 32)),
  )
}

/** Call data of `anchorCount`. */
export function encodeAnchorCount(issuer: string): Hex {
  return toHex(concatBytes(anchorCountSelector, addressWord(issuer)))
}

export function decodeAnchorCount(answer: Uint8Array): number {
  return new AbiReader(answer).index(0, 32)
}
