import { decodeHeader } from './block-header.ts'
import { toHex } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { type Chain, ChainUnreadableError } from './chain.ts'
import { InvalidInputError } from './error.ts'
import { isObject } from './i-json.ts'
import { parseJson } from './json.ts'
import { provedAccreditations, type ReadWords } from './proved-accreditations.ts'
import { readBatchWords } from './proved-registry.ts'
import { asUnreadable, type SourcedHeader, verifyContract } from './proved-state.ts'

/**
 * A credential with all that a verification of it stands on, as of one block: whoever trusts the hash of the block needs no
 * network and nobody else to verify it. Nothing in a receipt is believed.
 */
export interface Receipt {
  readonly version: 1
  readonly chainId: number
  /** The header of the block, in RLP. */
  readonly header: string
  /** For each contract what `eth_getProof` answers (EIP-1186), of all slots that were read. */
  readonly proofs: readonly AccountProof[]
  readonly credential: JsonObject
}

interface AccountProof {
  readonly address: string
  readonly storageProof: readonly { readonly key: string }[]
}

/** A receipt is read to this size and shape: a credential, a header and some hundred proofs of a few kilobytes each. */
export const receiptLimits = { bytes: 16_777_216, depth: 34, values: 250_000 } as const
const maxContracts = 4

/** Makes a receipt of what a verification read (`Witness`); proofs about the same contract are put together. */
export function makeReceipt(
  chainId: number,
  { rlp }: SourcedHeader,
  proofs: readonly unknown[],
  credential: JsonObject,
): Receipt {
  const byAddress = new Map<string, AccountProof>()
  for (const proof of proofs as readonly AccountProof[]) {
    const address = proof.address.toLowerCase()
    const slots = [...(byAddress.get(address)?.storageProof ?? []), ...proof.storageProof]
    const byKey = new Map(slots.map((slot) => [BigInt(slot.key), slot]))
    byAddress.set(address, { ...proof, storageProof: [...byKey.values()] })
  }
  return { version: 1, chainId, header: rlp, proofs: [...byAddress.values()], credential }
}

/** Reads a receipt, which is untrusted; throws `InvalidInputError` with the place. Whether it proves anything shows when it is used. */
export function parseReceipt(bytes: Uint8Array | string): Receipt {
  const value = parseJson(bytes, receiptLimits)
  if (!isObject(value)) throw malformed('expected a receipt, which is a JSON object', '')
  const { version, chainId, header, proofs, credential } = value
  if (version !== 1 || header === undefined) {
    throw malformed('expected a receipt, made with npx hardhat receipt, of version 1', '/version')
  }
  if (!Number.isSafeInteger(chainId) || Number(chainId) < 1) {
    throw malformed('expected the id of a chain', '/chainId')
  }
  if (typeof header !== 'string') throw malformed('expected a header in RLP', '/header')
  if (!isObject(credential)) throw malformed('expected a credential', '/credential')
  if (!Array.isArray(proofs) || proofs.length > maxContracts) {
    throw malformed(`expected proofs of at most ${maxContracts} contracts`, '/proofs')
  }
  for (const [i, proof] of proofs.entries()) requireProof(proof, `/proofs/${i}`)
  return value as unknown as Receipt
}

function requireProof(proof: unknown, pointer: string): void {
  if (!isObject(proof) || typeof proof['address'] !== 'string') {
    throw malformed('expected an answer of eth_getProof', pointer)
  }
  const slots: unknown = proof['storageProof']
  const isSound = (slot: unknown) =>
    isObject(slot) && typeof slot['key'] === 'string' && /^0x[0-9a-f]{1,64}$/i.test(slot['key'])
  if (Array.isArray(slots) && slots.every(isSound)) return
  throw malformed('expected proofs of slots', `${pointer}/storageProof`)
}

/**
 * The chain as a receipt shows it to who trusts `blockHash`; it asks nobody. Throws `InvalidInputError` where the header is none, and
 * `ChainUnreadableError` where it is another block's.
 */
export async function receiptChain(receipt: Receipt, blockHash: string): Promise<Chain> {
  const header = await decodeHeader(receipt.header)
  if (header.hash !== blockHash.toLowerCase()) {
    throw new ChainUnreadableError(
      'block_hash_mismatch',
      `the receipt is as of block ${header.number} with hash ${header.hash}, and you trust ${blockHash}: get the receipt of that block, or find out whether this one is of the chain`,
    )
  }
  const label = 'the receipt'
  const byAddress = new Map(
    receipt.proofs.map((proof) => [
      proof.address.toLowerCase(),
      { proof, slots: new Map(proof.storageProof.map((slot) => [BigInt(slot.key), slot])) },
    ]),
  )
  const wordsOf =
    (address: string): ReadWords =>
    async (slots) => {
      const proof = selectProof(byAddress.get(address.toLowerCase()), address, slots)
      try {
        return (await verifyContract(header.stateRoot, address, slots, proof)).words
      } catch (thrown) {
        throw asUnreadable(label, thrown)
      }
    }
  return {
    label,
    provider: {
      request: async ({ method }) => {
        throw new Error(`a receipt does not answer ${method}`)
      },
    },
    proved: {
      hashFrom: 'which you gave',
      isPinned: true,
      readBlock: async (chainId) => {
        if (chainId === receipt.chainId) return header
        const message = `the receipt is of chain ${receipt.chainId}, not of chain ${chainId}`
        throw new ChainUnreadableError('chain_mismatch', message)
      },
      readBatch: (_block, registry, claim) => readBatchWords(wordsOf(registry), claim),
      accreditations: (_block, registry) => provedAccreditations(wordsOf(registry)),
    },
  }
}

/** The part of what a receipt holds of a contract that proves these slots. */
function selectProof(
  held: { proof: AccountProof; slots: ReadonlyMap<bigint, { readonly key: string }> } | undefined,
  address: string,
  slots: readonly Uint8Array[],
): AccountProof {
  const storageProof = slots.flatMap((slot) => held?.slots.get(BigInt(toHex(slot))) ?? [])
  if (held && storageProof.length === slots.length) return { ...held.proof, storageProof }
  throw new ChainUnreadableError(
    'receipt_mismatch',
    `the receipt does not prove what is asked of ${address}: it belongs to another credential, or was made for other root accreditors`,
  )
}

function malformed(what: string, pointer: string): InvalidInputError {
  return new InvalidInputError('receipt_malformed', what, pointer)
}
