import { askRegistry } from './anchor-state.ts'
import { type BlockHeader, decodeHeader, encodeHeader } from './block-header.ts'
import { type Hex, toHex } from './bytes.ts'
import {
  type Block,
  type Chain,
  ChainUnreadableError,
  type ProvedReader,
  readLatestBlock,
  request,
} from './chain.ts'
import { InvalidInputError } from './error.ts'
import { keccak256 } from './hash.ts'
import type { Claim, Verification } from './registry.ts'
import { verifyStateProof } from './state-proof.ts'
import { type CredentialWords, decodeWords, slotsOf } from './storage-layout.ts'
import { leafOf, rootFrom } from './tree.ts'

/** Of an account that is no contract. */
const emptyCodeHash = toHex(keccak256(new Uint8Array()))

/** What the state of a registry holds about a claim, with the answer of `eth_getProof` that proves it. */
export interface ProvedRegistry {
  readonly verification: Verification
  readonly anchorCount: number
  readonly proof: unknown
}

/**
 * A chain whose registry is read with proofs. Only the hash of a block is believed: `blockHash`, else the one that `chain` names,
 * which may be several endpoints that must agree. Headers and proofs come from any of `sources` and hold by themselves.
 *
 * What the registry's own function answers is compared: an endpoint that lies about it is told to.
 */
export function provedChain(
  chain: Chain,
  sources: readonly Chain[],
  blockHash: string | undefined,
): Chain {
  const proved: ProvedReader = {
    hashFrom: blockHash === undefined ? `which ${chain.label} names` : 'which you gave',
    isPinned: blockHash !== undefined,
    async readBlock(chainId) {
      const latest = await readLatestBlock(chain, chainId)
      const { number, hash, time } = await readHeader(sources, blockHash ?? latest.hash)
      return { number, hash, time }
    },
    async readVerification(block, registry, claim) {
      const header = await readHeader(sources, block.hash)
      const { verification, anchorCount } = await readRegistry(sources, header, registry, claim)
      const said = await askRegistry(chain, block, registry, claim)
      requireTruth(chain, block, { verification, anchorCount }, said)
      return { verification, anchorCount }
    },
  }
  return { ...chain, proved }
}

/** The header with this hash, from any of the endpoints. Throws `ChainUnreadableError`. */
export async function readHeader(
  sources: readonly Chain[],
  hash: string,
): Promise<BlockHeader & { readonly rlp: Hex }> {
  return firstOf(sources, async (source) => {
    const block = await request(source, 'eth_getBlockByHash', [hash, false])
    if (block === null) {
      const message = `${source.label} knows no block ${hash}: it is of another chain, or was reorganised away`
      throw new ChainUnreadableError('block_hash_mismatch', message)
    }
    const rlp = await encodeHeader(block)
    const header = await decodeHeader(rlp)
    if (header.hash === hash.toLowerCase()) return { ...header, rlp }
    const message = `${source.label} answers for block ${hash} with one whose hash is ${header.hash}`
    throw new ChainUnreadableError('block_hash_mismatch', message)
  })
}

/** What the state of a block holds about a claim, from any of the endpoints. Throws `ChainUnreadableError`. */
export async function readRegistry(
  sources: readonly Chain[],
  header: BlockHeader,
  registry: string,
  claim: Claim,
): Promise<ProvedRegistry> {
  const slots = Object.values(slotsOf(claim.issuer, rootOf(claim), claim.statusIndex)).map(toHex)
  const at = `0x${header.number.toString(16)}`
  return firstOf(sources, async (source) => {
    const proof = await request(source, 'eth_getProof', [registry, slots, at]).catch(
      (thrown: unknown) => {
        const message = `${source.label} gives no proofs for block ${header.number}: it lacks eth_getProof, or keeps no state that old`
        throw new ChainUnreadableError('state_proof_missing', message, thrown)
      },
    )
    return { ...(await proveRegistry(header, registry, claim, proof)), proof }
  })
}

/** What an answer of `eth_getProof`, which is untrusted, proves about a claim. Throws `InvalidInputError`. */
export async function proveRegistry(
  { stateRoot }: BlockHeader,
  registry: string,
  claim: Claim,
  proof: unknown,
): Promise<Omit<ProvedRegistry, 'proof'>> {
  const root = rootOf(claim)
  const slots = slotsOf(claim.issuer, root, claim.statusIndex)
  const values = Object.values(slots)
  const { account, words } = await verifyStateProof(stateRoot, registry, values, proof)
  if (account.codeHash === emptyCodeHash) {
    throw new InvalidInputError('account_absent', `there is no contract at ${registry}`)
  }
  const named = Object.keys(slots).map((name, i) => [name, words[i]] as const)
  const { anchorCount, ...rest } = decodeWords(
    Object.fromEntries(named) as CredentialWords,
    claim.statusIndex,
  )
  return { verification: { ...rest, root }, anchorCount }
}

function rootOf({ digest, statusIndex, siblings }: Claim): Hex {
  return toHex(rootFrom(leafOf(digest, statusIndex), siblings))
}

function requireTruth(
  { label }: Chain,
  block: Block,
  proved: Omit<ProvedRegistry, 'proof'>,
  said: Omit<ProvedRegistry, 'proof'>,
): void {
  if (JSON.stringify(sorted(proved)) === JSON.stringify(sorted(said))) return
  const tell = ({ verification: { standing, record }, anchorCount }: typeof said) =>
    `${standing}, anchored at ${record.anchoredAt}, batch ${record.sequence} of ${anchorCount}`
  throw new ChainUnreadableError(
    'chain_answer_disproved',
    `${label} does not tell the truth about block ${block.number}: it says “${tell(said)}”, and the state of the block holds “${tell(proved)}”`,
  )
}

function sorted({ verification, anchorCount }: Omit<ProvedRegistry, 'proof'>) {
  const { standing, root, record } = verification
  const { anchoredAt, withdrawnAt, sequence, size } = record
  return [standing, root, anchoredAt, withdrawnAt, sequence, size, anchorCount]
}

/** The answer of the first endpoint that gives one that holds; else why the first did not. */
async function firstOf<T>(
  sources: readonly Chain[],
  read: (source: Chain) => Promise<T>,
): Promise<T> {
  let failure: unknown
  for (const source of sources) {
    try {
      return await read(source)
    } catch (thrown) {
      failure ??= asUnreadable(source, thrown)
    }
  }
  throw failure
}

function asUnreadable({ label }: Chain, thrown: unknown): unknown {
  if (!(thrown instanceof InvalidInputError)) return thrown
  if (thrown.code === 'account_absent') {
    return new ChainUnreadableError('registry_missing', `${label} proves that ${thrown.message}`)
  }
  const place = thrown.pointer === '' ? '' : ` (at ${thrown.pointer})`
  return new ChainUnreadableError(
    'state_proof_refused',
    `${label}: ${thrown.message}${place}`,
    thrown,
  )
}
