import { type AccreditationPath, findAccreditation } from './accreditors.ts'
import { readRegistryState } from './batch-words.ts'
import type { Hex } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import {
  type Block,
  type Chain,
  ChainUnreadableError,
  callContract,
  provedAgainst,
  readLatestBlock,
} from './chain.ts'
import type { Place } from './migration.ts'
import { type Claim, decodeVerify, encodeVerify, type Verification } from './registry.ts'
import { rememberNothing } from './remember.ts'
import type { AccreditationEvidence, AnchorEvidence, Finality, Reading } from './report.ts'
import { formatSeconds } from './time.ts'
import type { ChainTrust } from './trust.ts'
import type { VerifyOptions } from './verify.ts'

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

/** What is known of an anchor at one registry, or why nothing is. */
export type AnchorState =
  | ChainState
  | ChainUnreadableError
  | 'chain_untrusted'
  | 'chain_unknown'
  | 'registry_untrusted'

/** What a registry is asked about: the claim, and the hashes that follow from the content. */
export interface Subject {
  readonly claim: Claim
  readonly hashes: Pick<AnchorEvidence, 'leaf' | 'digest'> & { readonly root: Hex }
  /** The credential, which the scopes of accreditations are compared with. */
  readonly document: JsonObject
}

/** An anchor as one registry shows it. */
export interface PlacedAnchor<State extends AnchorState = AnchorState> {
  readonly state: State
  readonly anchor?: AnchorEvidence
  readonly accreditation?: AccreditationEvidence | undefined
}

/** Reads what one registry says of the claim. Never throws for a chain that cannot be read. */
export async function readPlace(
  subject: Subject,
  place: Place,
  { readers, trust, now }: VerifyOptions,
): Promise<PlacedAnchor> {
  const chainTrust = trust.chains.get(place.chainId)
  if (!chainTrust) return { state: 'chain_untrusted' }
  // Any contract can claim anything: only the registries that the verifier trusts are asked.
  if (!chainTrust.registries.includes(place.registry)) return { state: 'registry_untrusted' }
  const chain = readers.chain(place.chainId)
  if (!chain) return { state: 'chain_unknown' }
  try {
    const block = await readHead(chain, place.chainId)
    if (!chain.proved?.isPinned) refuseStale(block, chain, chainTrust, now)
    const state = await readState(subject, place, chainTrust, chain, block)
    if (state.verification.root !== subject.hashes.root) {
      throw new ChainUnreadableError(
        'chain_answer_malformed',
        `${chain.label} computes another root than the credential gives: it is not the contract it should be`,
      )
    }
    if (state.verification.record.anchoredAt === 0) return { state }
    const remember = chain.keep?.of(block) ?? rememberNothing
    const finality = await remember(
      finalityKey(place.registry, subject.claim.issuer, subject.hashes.root),
      () => readFinality(subject.claim, place.registry, state),
    )
    const anchor = describeAnchor(state, subject, place, finality)
    return { state, anchor, accreditation: describeAccreditation(state) }
  } catch (thrown) {
    if (thrown instanceof ChainUnreadableError) return { state: thrown }
    throw thrown
  }
}

/** The newest block, or the one that readings are bound to. */
export function readHead(chain: Chain, chainId: number): Promise<Block> {
  const { keep, proved } = chain
  const read = () => proved?.readBlock(chainId) ?? readLatestBlock(chain, chainId)
  return keep && !proved?.isPinned ? keep.head(chainId, read) : read()
}

/** An endpoint that stands still, or a chain that does, may not know of an anchor or a revocation yet: throws `ChainUnreadableError`. */
export function refuseStale(
  block: Block,
  { label }: Chain,
  { maxHeadAge }: ChainTrust,
  now: number,
): void {
  if (maxHeadAge === undefined || block.time >= now / 1000 - maxHeadAge) return
  throw new ChainUnreadableError(
    'chain_stale',
    `the newest block that ${label} knows is of ${formatSeconds(block.time)}: it is behind, or the chain stands still`,
  )
}

async function readState(
  { claim, hashes, document }: Subject,
  { registry }: Place,
  trust: ChainTrust,
  chain: Chain,
  block: Block,
): Promise<ChainState> {
  const { verification, anchorCount } = await readRegistryState(
    chain,
    block,
    registry,
    claim,
    hashes.root,
  )
  const { anchoredAt } = verification.record
  const accreditation =
    anchoredAt === 0
      ? undefined
      : await readAccreditation(chain, trust, claim.issuer, anchoredAt, block, document)
  const read = [
    {
      what: `verify(…) of registry ${registry} on ${trust.name}, block ${block.number}`,
      from: chain.label,
      ...provedAgainst(chain, block),
    },
  ]
  return { trust, chain, block, verification, anchorCount, accreditation, read }
}

async function readAccreditation(
  chain: Chain,
  trust: ChainTrust,
  issuer: string,
  anchoredAt: number,
  block: Block,
  document: JsonObject,
): Promise<ChainState['accreditation']> {
  if (trust.rootAccreditors.length === 0) return undefined
  try {
    return await findAccreditation(chain, trust, issuer, anchoredAt, block, document)
  } catch (thrown) {
    if (thrown instanceof ChainUnreadableError) return thrown
    throw thrown
  }
}

/** Under which key the finality of an anchor is kept. */
export function finalityKey(registry: string, issuer: string, root: string): string {
  return `finality ${registry} ${issuer} ${root}`
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
  { claim, hashes }: Subject,
  { chainId, registry }: Place,
  finality: Finality,
): AnchorEvidence {
  const { record } = verification
  return {
    chainId,
    chainName: trust.name,
    testNetwork: trust.testNetwork,
    registry,
    issuer: claim.issuer,
    ...hashes,
    statusIndex: claim.statusIndex,
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
  const { record, accreditors, scope } = accreditation
  return {
    accreditors,
    issuerName: record.name,
    issuerDid: record.did,
    scope: record.scope,
    coverage: scope.coverage === 'covered' && scope.inWords ? 'in_words' : scope.coverage,
    validFrom: formatSeconds(record.validFrom),
    validUntil: record.validUntil === 0 ? undefined : formatSeconds(record.validUntil),
    withdrawnAt: record.withdrawnAt === 0 ? undefined : formatSeconds(record.withdrawnAt),
  }
}
