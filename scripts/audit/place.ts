import { type Block, type Chain, readLatestBlock } from '../../core/chain.ts'
import { readHeader } from '../../core/proved-state.ts'

/** Where an issuer's anchors are read. */
export interface Place {
  readonly chain: Chain
  readonly chainId: number
  readonly address: string
  readonly issuer: string
  /** Where set, state is proved; else what `chain` answers is believed. */
  readonly proof?: ProofTerms
}

/** Headers and proofs come from any of `sources` and hold by themselves. */
export interface ProofTerms {
  readonly sources: readonly Chain[]
  /** Hash of the block to audit, from the auditor; `undefined`: which `chain` names as its newest. */
  readonly blockHash: string | undefined
}

/** What an audit stands on: whose answers it took, and against what they are proved. */
export interface Basis {
  readonly endpoint: string
  readonly proved?: { readonly blockHash: string; readonly hashFrom: string }
}

/** The block that is audited: one header for all that is read. Throws `ChainUnreadableError`. */
export async function readAuditedBlock(place: Place): Promise<Block> {
  const { chain, chainId, proof } = place
  const newest = await readLatestBlock(chain, chainId)
  if (!proof) return newest
  return readHeader(proof.sources, proof.blockHash ?? newest.hash)
}

export function basisOf({ chain, proof }: Place, { hash }: Block): Basis {
  const endpoint = chain.label
  if (!proof) return { endpoint }
  const hashFrom = proof.blockHash === undefined ? `which ${endpoint} names` : 'which you gave'
  return { endpoint, proved: { blockHash: hash, hashFrom } }
}
