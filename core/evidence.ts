import { type AccreditationPath, findAccreditation } from './accreditors.ts'
import { toHex } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import {
  type Block,
  type Chain,
  ChainUnreadableError,
  callContract,
  readLatestBlock,
} from './chain.ts'
import { parseStatusId, type StatusId } from './did.ts'
import { digestOf } from './digest.ts'
import { InvalidInputError } from './error.ts'
import type { ParsedCredential } from './format.ts'
import { type AnchorProof, parseProofs } from './proof.ts'
import {
  type Claim,
  decodeAnchorCount,
  decodeVerify,
  encodeAnchorCount,
  encodeVerify,
  type Verification,
} from './registry.ts'
import type { AccreditationEvidence, AnchorEvidence, Finality, Reading } from './report.ts'
import { formatSeconds } from './time.ts'
import { leafOf, rootFrom } from './tree.ts'
import type { ChainTrust, Trust } from './trust.ts'
import type { Readers } from './verify.ts'

/** What the proofs of a credential say and what follows from its content, before anything is read. */
export interface Evidence {
  /** Why the proofs cannot be taken as they are. */
  readonly proofProblem: InvalidInputError | undefined
  readonly proof: AnchorProof | undefined
  readonly otherProofs: readonly JsonObject[]
  /** Registry and index that the credential's own status entries name. Format rule 8. */
  readonly statusIds: readonly StatusId[]
  readonly state:
    | ChainState
    | ChainUnreadableError
    | 'chain_untrusted'
    | 'chain_unknown'
    | 'registry_untrusted'
    | undefined
  readonly anchor: AnchorEvidence | undefined
  readonly accreditation: AccreditationEvidence | undefined
}

/** What the chain says of the credential, all read at one block. */
export interface ChainState {
  readonly trust: ChainTrust
  readonly chain: Chain
  readonly block: Block
  readonly verification: Verification
  /** How many batches the issuer ever anchored. */
  readonly anchorCount: number
  readonly accreditation: AccreditationPath | ChainUnreadableError | undefined
  readonly read: readonly Reading[]
}

/** Reads all that the checks decide on. Never throws for a bad credential or an unreadable chain. */
export async function readEvidence(
  credential: ParsedCredential,
  readers: Readers,
  trust: Trust,
): Promise<Evidence> {
  const statusIds = credential.statuses.flatMap(({ id }) => (id && parseStatusId(id)) || [])
  const bare = {
    proof: undefined,
    otherProofs: [],
    statusIds,
    state: undefined,
    anchor: undefined,
    accreditation: undefined,
  }
  try {
    const { anchor: proof, others: otherProofs } = parseProofs(credential.document)
    if (!proof) return { ...bare, proofProblem: undefined, otherProofs }
    const evidence = { ...bare, proofProblem: undefined, otherProofs, proof }
    return { ...evidence, ...(await readAnchor(credential.document, proof, readers, trust)) }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    return { ...bare, proofProblem: thrown }
  }
}

async function readAnchor(
  document: JsonObject,
  proof: AnchorProof,
  readers: Readers,
  trust: Trust,
): Promise<Pick<Evidence, 'state'> & Partial<Pick<Evidence, 'anchor' | 'accreditation'>>> {
  const chainTrust = trust.chains.get(proof.chainId)
  if (!chainTrust) return { state: 'chain_untrusted' }
  // Any contract can claim anything: only the registries that the verifier trusts are asked.
  if (!chainTrust.registries.includes(proof.registry)) return { state: 'registry_untrusted' }
  const chain = readers.chain(proof.chainId)
  if (!chain) return { state: 'chain_unknown' }

  const digest = digestOf(document, proof.salt)
  const leaf = leafOf(digest, proof.statusIndex)
  const root = toHex(rootFrom(leaf, proof.siblings))
  const claim = { ...proof, digest }
  try {
    const state = await readState(claim, proof, chainTrust, chain)
    if (state.verification.root !== root) {
      throw new ChainUnreadableError(
        'chain_answer_malformed',
        `${chain.label} computes another root than the credential gives: it is not the contract it should be`,
      )
    }
    if (state.verification.record.anchoredAt === 0) return { state }
    const finality = await readFinality(claim, proof.registry, state)
    const anchor = describeAnchor(state, proof, finality, {
      root,
      leaf: toHex(leaf),
      digest: toHex(digest),
    })
    return { state, anchor, accreditation: describeAccreditation(state) }
  } catch (thrown) {
    if (thrown instanceof ChainUnreadableError) return { state: thrown }
    throw thrown
  }
}

async function readState(
  claim: Claim,
  proof: AnchorProof,
  trust: ChainTrust,
  chain: Chain,
): Promise<ChainState> {
  const block = await readLatestBlock(chain, proof.chainId)
  const [verified, counted] = await Promise.all([
    callContract(chain, proof.registry, encodeVerify(claim), block.number),
    callContract(chain, proof.registry, encodeAnchorCount(proof.issuer), block.number),
  ])
  const verification = decodeAnswer(chain, () => decodeVerify(verified))
  const anchorCount = decodeAnswer(chain, () => decodeAnchorCount(counted))
  const { anchoredAt } = verification.record
  const accreditation =
    anchoredAt === 0
      ? undefined
      : await readAccreditation(chain, trust, proof.issuer, anchoredAt, block)
  const read = [
    {
      what: `verify(…) of registry ${proof.registry} on ${trust.name}, block ${block.number}`,
      from: chain.label,
    },
  ]
  return { trust, chain, block, verification, anchorCount, accreditation, read }
}

function decodeAnswer<T>(chain: Chain, decode: () => T): T {
  try {
    return decode()
  } catch (thrown) {
    throw new ChainUnreadableError(
      'chain_answer_malformed',
      `${chain.label} answers for the registry with something else`,
      thrown,
    )
  }
}

async function readAccreditation(
  chain: Chain,
  trust: ChainTrust,
  issuer: string,
  anchoredAt: number,
  block: Block,
): Promise<ChainState['accreditation']> {
  if (trust.rootAccreditors.length === 0) return undefined
  try {
    return await findAccreditation(chain, trust, issuer, anchoredAt, block.number)
  } catch (thrown) {
    if (thrown instanceof ChainUnreadableError) return thrown
    throw thrown
  }
}

/** The anchor is as final as the oldest state that already holds it. */
async function readFinality(claim: Claim, registry: string, state: ChainState): Promise<Finality> {
  const { chain, trust, block } = state
  const data = encodeVerify(claim)
  const holds = async (at: number | 'safe' | 'finalized') => {
    try {
      return decodeVerify(await callContract(chain, registry, data, at)).record.anchoredAt > 0
    } catch {
      return false // A chain without the tag, or a state before the registry: not known to be final.
    }
  }
  if (trust.finalityDepth !== undefined) {
    return (await holds(Math.max(0, block.number - trust.finalityDepth))) ? 'finalized' : 'included'
  }
  const [finalized, safe] = await Promise.all([holds('finalized'), holds('safe')])
  return finalized ? 'finalized' : safe ? 'safe' : 'included'
}

function describeAnchor(
  { trust, block, verification }: ChainState,
  proof: AnchorProof,
  finality: Finality,
  hashes: Pick<AnchorEvidence, 'root' | 'leaf' | 'digest'>,
): AnchorEvidence {
  const { record } = verification
  return {
    chainId: proof.chainId,
    chainName: trust.name,
    testNetwork: trust.testNetwork,
    registry: proof.registry,
    issuer: proof.issuer,
    ...hashes,
    statusIndex: proof.statusIndex,
    size: record.size,
    sequence: record.sequence,
    anchoredAt: formatSeconds(record.anchoredAt),
    finality,
    block: { number: block.number, hash: block.hash, time: formatSeconds(block.time) },
  }
}

function describeAccreditation({ accreditation }: ChainState): AccreditationEvidence | undefined {
  if (!accreditation || accreditation instanceof ChainUnreadableError || !accreditation.record)
    return undefined
  const { record, accreditors } = accreditation
  return {
    accreditors,
    issuerName: record.name,
    issuerDid: record.did,
    scope: record.scope,
    validFrom: formatSeconds(record.validFrom),
    validUntil: record.validUntil === 0 ? undefined : formatSeconds(record.validUntil),
    withdrawnAt: record.withdrawnAt === 0 ? undefined : formatSeconds(record.withdrawnAt),
  }
}
