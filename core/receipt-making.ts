import type { JsonObject } from './canonical.ts'
import { type Chain, readBlock, readLatestBlock } from './chain.ts'
import { InvalidInputError } from './error.ts'
import { parseProofs } from './proof.ts'
import type { SourcedHeader, Witness } from './proved-state.ts'
import { makeReceipt, type Receipt } from './receipt.ts'
import type { Report } from './report.ts'
import { formatSeconds } from './time.ts'
import type { Trust } from './trust.ts'
import { verifyCredential } from './verify.ts'

/** How a receipt is made. `proved` gives the chain of an id, read with proofs as of the receipt's block (`provedChain`). */
export interface ReceiptOptions {
  readonly proved: (witness: Witness) => (chainId: number) => Chain | undefined
  readonly trust: Trust
  /** Milliseconds since 1970. */
  readonly now: number
}

/** A receipt, the block that it is as of, and what was reported there. */
export interface MadeReceipt {
  readonly receipt: Receipt
  readonly header: SourcedHeader
  readonly report: Report
}

/**
 * Verifies a credential with proofs and keeps what that stood on. A credential that is revoked or suspended gets its receipt, too: it says so.
 *
 * Throws `InvalidInputError`: `anchor_missing`, `anchor_not_final` where the block does not hold its anchor yet, and the code of what could
 * not be read.
 */
export async function proveCredential(
  document: JsonObject,
  { proved, trust, now }: ReceiptOptions,
): Promise<MadeReceipt> {
  const { chainId } = requireAnchor(document)
  const headers: SourcedHeader[] = []
  const proofs: unknown[] = []
  const chain = proved({
    onHeader: (header) => void headers.push(header),
    onProof: (answer) => void proofs.push(answer),
  })
  const elsewhere = () => Promise.reject(new Error('is not part of a receipt'))
  const report = await verifyCredential(document, {
    readers: { chain, document: elsewhere },
    trust,
    now,
  })
  const [header] = headers
  if (!header || !report.anchor) throw withoutAnchor(report, header)
  const accreditation = report.checks.find(({ name }) => name === 'accreditation')
  // One that was read and leaves something open, such as a level that the credential does not state, is proved all the same.
  if (accreditation?.outcome === 'indeterminate' && !report.accreditation) {
    throw new InvalidInputError(accreditation.code, accreditation.message)
  }
  return { receipt: makeReceipt(chainId, header, proofs, document), header, report }
}

/** What a receipt is about; throws `InvalidInputError` where there is nothing that one could prove. */
export function requireAnchor(document: JsonObject): { readonly chainId: number } {
  const { anchor } = parseProofs(document)
  if (anchor) return anchor
  throw new InvalidInputError(
    'anchor_missing',
    'this is no credential with an anchor proof: there is nothing that a receipt could prove',
  )
}

/** The hash of the newest block that will not be reorganised away, as far as the endpoint says. */
export async function readFinalHash(chain: Chain, chainId: number, trust: Trust): Promise<string> {
  const latest = await readLatestBlock(chain, chainId)
  const depth = trust.chains.get(chainId)?.finalityDepth
  const at = depth === undefined ? 'finalized' : Math.max(0, latest.number - depth)
  const block = await readBlock(chain, at)
  if (block) return block.hash
  throw new InvalidInputError(
    'block_not_final',
    `${chain.label} names no finalized block: name one by its hash, or set finalityDepth in the trust file`,
  )
}

/** What checks say where the state of a block holds no anchor, or no registry yet. */
const provedAbsent = ['tampered', 'anchor_unknown', 'registry_missing', 'block_before_anchor']

/** Why there is nothing to make a receipt of. */
function withoutAnchor(report: Report, header: SourcedHeader | undefined): InvalidInputError {
  const isProved = report.checks.some(({ code }) => provedAbsent.includes(code))
  if (!header || !isProved) return new InvalidInputError(report.reason, report.summary)
  return new InvalidInputError(
    'anchor_not_final',
    `block ${header.number} of ${formatSeconds(header.time)} holds no anchor of this content: wait until its anchor is final, or name a later block`,
  )
}
