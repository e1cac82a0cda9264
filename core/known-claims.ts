import { finalityKey } from './anchor-state.ts'
import type { JsonObject } from './canonical.ts'
import {
  type Block,
  type Chain,
  ChainUnreadableError,
  callContract,
  readBlock,
  readLatestBlock,
} from './chain.ts'
import { digestOf } from './digest.ts'
import { InvalidInputError } from './error.ts'
import type { Keep } from './keep.ts'
import { type AnchorProof, parseProofs } from './proof.ts'
import { type Claim, decodeVerifyMany, encodeVerifyMany, type Verification } from './registry.ts'
import { rememberNewest } from './remember.ts'
import type { Finality } from './report.ts'
import type { ChainTrust, Trust } from './trust.ts'
import type { Readers } from './verify.ts'

/** Claims of one call: some 50 kB of siblings, and a gas bill that nodes pay without asking. */
const claimsOfCall = 64

type PlacedClaim = Claim & Pick<AnchorProof, 'chainId' | 'registry'>

/**
 * Readers that know what the registries say of these credentials, of any batches and issuers, because each registry was asked about all of
 * them in one call. Each is then verified as ever, and gets the report that it gets alone.
 *
 * What could not be asked this way (one credential, a chain whose state is proved, an endpoint that fails) is asked as ever. The documents
 * are untrusted.
 */
export async function knowingClaims(
  documents: readonly JsonObject[],
  readers: Readers,
  trust: Trust,
): Promise<Readers> {
  const claims = documents.flatMap(claimOf)
  const chains = new Map<number, Chain>()
  for (const chainId of new Set(claims.map((claim) => claim.chainId))) {
    const chain = readers.chain(chainId)
    const chainTrust = trust.chains.get(chainId)
    const asked = claims.filter(
      (claim) => claim.chainId === chainId && chainTrust?.registries.includes(claim.registry),
    )
    if (!chain || !chainTrust || chain.proved || asked.length < 2) continue
    try {
      chains.set(chainId, await knowingChain(chain, chainId, chainTrust, asked))
    } catch (thrown) {
      if (!(thrown instanceof ChainUnreadableError)) throw thrown
    }
  }
  return { ...readers, chain: (chainId) => chains.get(chainId) ?? readers.chain(chainId) }
}

function claimOf(document: JsonObject): readonly PlacedClaim[] {
  try {
    const { anchor } = parseProofs(document)
    return anchor ? [{ ...anchor, digest: digestOf(document, anchor.salt) }] : []
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return []
    throw thrown
  }
}

async function knowingChain(
  chain: Chain,
  chainId: number,
  trust: ChainTrust,
  claims: readonly PlacedClaim[],
): Promise<Chain> {
  const read = () => readLatestBlock(chain, chainId)
  const block = await (chain.keep?.head(chainId, read) ?? read())
  const states = new Map<string, Verification>()
  const finalities = new Map<string, Finality>()
  for (const registry of new Set(claims.map((claim) => claim.registry))) {
    const asked = claims.filter((claim) => claim.registry === registry)
    const anchored = new Map<string, Anchored>()
    for (const [i, verification] of (
      await askMany(chain, registry, asked, block.number)
    ).entries()) {
      const claim = asked[i] as PlacedClaim
      // One that is not anchored is asked about by itself: what else its issuer anchored matters then.
      if (verification.record.anchoredAt === 0) continue
      states.set(keyOf(registry, claim), verification)
      const { anchoredAt } = verification.record
      anchored.set(finalityKey(registry, claim.issuer, verification.root), { claim, anchoredAt })
    }
    const found = await askFinality(chain, registry, trust, anchored, block)
    for (const [key, finality] of found) finalities.set(key, finality)
  }
  return {
    ...chain,
    keep: keeping(chain.keep, block, finalities),
    known: (at, registry, claim) => {
      const verification = at.hash === block.hash ? states.get(keyOf(registry, claim)) : undefined
      return verification && { verification, anchorCount: verification.record.sequence }
    },
  }
}

/** A claim of an anchored batch, and the time of the block that anchored it. */
interface Anchored {
  readonly claim: Claim
  readonly anchoredAt: number
}

/**
 * As final as the oldest state that holds the anchors. What was anchored before the second of a block is in its state; of what was anchored
 * in that second the registry is asked, as several blocks may share one.
 */
async function askFinality(
  chain: Chain,
  registry: string,
  { finalityDepth }: ChainTrust,
  anchors: ReadonlyMap<string, Anchored>,
  head: Block,
): Promise<ReadonlyMap<string, Finality>> {
  const found = new Map<string, Finality>()
  const look = async (finality: Finality, at: number | 'safe' | 'finalized') => {
    const block = await readBlock(chain, at).catch(() => undefined) // A chain without the tag: not known to be final.
    if (!block) return
    const left = [...anchors].filter(([key]) => !found.has(key))
    for (const [key, { anchoredAt }] of left) if (anchoredAt < block.time) found.set(key, finality)
    const open = left.filter(([, { anchoredAt }]) => anchoredAt === block.time)
    const claims = open.map(([, { claim }]) => claim)
    const answers = await askMany(chain, registry, claims, block.number).catch(() => [])
    for (const [i, { record }] of answers.entries()) {
      if (record.anchoredAt > 0) found.set((open[i] as [string, Anchored])[0], finality)
    }
  }
  if (finalityDepth !== undefined) {
    await look('finalized', Math.max(0, head.number - finalityDepth))
  } else {
    await look('finalized', 'finalized')
    if (found.size < anchors.size) await look('safe', 'safe')
  }
  return new Map([...anchors.keys()].map((key) => [key, found.get(key) ?? 'included']))
}

async function askMany(
  chain: Chain,
  registry: string,
  claims: readonly Claim[],
  at: number | 'safe' | 'finalized',
): Promise<readonly Verification[]> {
  const answers: Verification[] = []
  for (let first = 0; first < claims.length; first += claimsOfCall) {
    const some = claims.slice(first, first + claimsOfCall)
    const answer = await callContract(chain, registry, encodeVerifyMany(some), at)
    try {
      answers.push(...decodeVerifyMany(answer, some.length))
    } catch (thrown) {
      throw new ChainUnreadableError(
        'chain_answer_malformed',
        `${chain.label} answers for the registry with something else`,
        thrown,
      )
    }
  }
  return answers
}

function keyOf(registry: string, { issuer, digest, statusIndex, siblings }: Claim): string {
  return [registry, issuer, digest, statusIndex, ...siblings].join()
}

/** One block and its finalities for these credentials; everything else is kept where it was kept before. */
function keeping(
  keep: Keep | undefined,
  block: Block,
  finalities: ReadonlyMap<string, Finality>,
): Keep {
  const own = rememberNewest(1000)
  return {
    head: async () => block,
    of: (at) => {
      const remember = keep?.of(at) ?? own
      return async <T>(key: string, read: () => Promise<T>) => {
        const known = at.hash === block.hash ? finalities.get(key) : undefined
        return known === undefined ? remember(key, read) : (known as T)
      }
    },
  }
}
