import { AbiReader, addressWord, uintWord } from './abi.ts'
import { concatBytes, fromMultibase, toMultibase } from './bytes.ts'
import type { Json, JsonObject } from './canonical.ts'
import { didPkh } from './did.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'
import { maxSiblings } from './tree-path.ts'

export const anchorCryptosuite = 'merkle-anchor-2026'

/** What an anchor proof carries. Format rule 7. `salt` and each sibling have 32 bytes. */
export interface AnchorProof {
  readonly chainId: number
  readonly registry: string
  readonly issuer: string
  readonly statusIndex: number
  readonly salt: Uint8Array
  readonly siblings: readonly Uint8Array[]
}

/** `abi.encode(uint256 chainId, address registry, address issuer, uint256 statusIndex, bytes32 salt, bytes32[] siblings)`. */
export function encodeAnchorProof(proof: AnchorProof): Uint8Array {
  return concatBytes(
    uintWord(proof.chainId),
    addressWord(proof.registry),
    addressWord(proof.issuer),
    uintWord(proof.statusIndex),
    proof.salt,
    uintWord(6 * 32),
    uintWord(proof.siblings.length),
    ...proof.siblings,
  )
}

/** Inverse of `encodeAnchorProof`; throws `InvalidInputError` for any other bytes, so that a proof has one spelling. */
export function decodeAnchorProof(bytes: Uint8Array, pointer = ''): AnchorProof {
  const reader = new AbiReader(bytes, pointer)
  const count = reader.index(6 * 32)
  if (count > maxSiblings) {
    throw new InvalidInputError(
      'proof_too_long',
      `${count} siblings; a batch needs at most ${maxSiblings}`,
      pointer,
    )
  }
  if (reader.index(5 * 32) !== 6 * 32 || reader.length !== (7 + count) * 32) {
    throw new InvalidInputError(
      'proof_malformed',
      'the proof value is not the canonical ABI encoding',
      pointer,
    )
  }
  return {
    chainId: reader.index(0),
    registry: reader.address(32),
    issuer: reader.address(2 * 32),
    statusIndex: reader.index(3 * 32),
    salt: reader.word(4 * 32),
    siblings: Array.from({ length: count }, (_, i) => reader.word((7 + i) * 32)),
  }
}

/** The credential with its anchor proof beside the proofs it has. */
export function attachAnchorProof(credential: JsonObject, proof: AnchorProof): JsonObject {
  const others = proofsOf(credential)
  return { ...credential, proof: [...others, anchorProofMember(proof)] }
}

/** The member of `proof` that an anchor proof is. */
export function anchorProofMember(proof: AnchorProof): JsonObject {
  return memberWith(proof, toMultibase(encodeAnchorProof(proof)))
}

function memberWith(proof: AnchorProof, proofValue: string): JsonObject {
  return {
    type: 'DataIntegrityProof',
    cryptosuite: anchorCryptosuite,
    proofPurpose: 'assertionMethod',
    verificationMethod: verificationMethodOf(proof),
    proofValue,
  }
}

function verificationMethodOf(proof: AnchorProof): string {
  return `${didPkh({ chainId: proof.chainId, address: proof.issuer })}#blockchainAccountId`
}

/** The members of `proof`, whether it is one object, a set or absent. VC Data Integrity §2.1. */
export function proofsOf(credential: JsonObject): readonly Json[] {
  const proof = credential['proof']
  if (proof === undefined) return []
  return Array.isArray(proof) ? proof : [proof as Json]
}

/** The anchor proof of a credential and its other proofs. Throws `InvalidInputError` where one is malformed or there are two anchors. */
export function parseProofs(credential: JsonObject): {
  readonly anchor: AnchorProof | undefined
  readonly others: readonly JsonObject[]
} {
  let anchor: AnchorProof | undefined
  const others: JsonObject[] = []
  for (const [i, member] of proofsOf(credential).entries()) {
    const pointer = Array.isArray(credential['proof']) ? pointerTo('/proof', i) : '/proof'
    if (!isObject(member))
      throw new InvalidInputError('proof_malformed', 'a proof is an object', pointer)
    if (member['cryptosuite'] !== anchorCryptosuite) {
      others.push(member)
    } else if (anchor) {
      throw new InvalidInputError(
        'anchor_ambiguous',
        'two anchor proofs; a credential carries one',
        pointer,
      )
    } else {
      anchor = parseAnchorMember(member, pointer)
    }
  }
  return { anchor, others }
}

function parseAnchorMember(member: JsonObject, pointer: string): AnchorProof {
  const proofValue = member['proofValue']
  if (typeof proofValue !== 'string') {
    throw new InvalidInputError(
      'proof_malformed',
      'proofValue is missing',
      pointerTo(pointer, 'proofValue'),
    )
  }
  const place = pointerTo(pointer, 'proofValue')
  const proof = decodeAnchorProof(fromMultibase(proofValue, place), place)
  // Everything beside proofValue follows from it: what differs or is added was written by somebody else.
  // It has one spelling itself: neither base64url nor the ABI decode anything else to the same proof.
  const expected = memberWith(proof, proofValue)
  const names = Object.keys(expected)
  const isExpected = names.every((name) => member[name] === expected[name])
  if (isExpected && Object.keys(member).length === names.length) return proof
  for (const name of new Set([...names, ...Object.keys(member)])) {
    if (member[name] !== expected[name]) {
      throw new InvalidInputError(
        'proof_malformed',
        `${name} does not fit the proof value`,
        pointerTo(pointer, name),
      )
    }
  }
  return proof
}
