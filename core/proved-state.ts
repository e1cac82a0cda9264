import { askRegistry, type BatchWords, stateIn } from './batch-words.ts'
import { type BlockHeader, decodeHeader, encodeHeader, unknownMembers } from './block-header.ts'
import { concatBytes, type Hex, toHex } from './bytes.ts'
import { type Block, type Chain, ChainUnreadableError, readLatestBlock, request } from './chain.ts'
import { InvalidInputError } from './error.ts'
import { keccak256 } from './hash.ts'
import { provedAccreditations } from './proved-accreditations.ts'
import { readBatchWords, requireTruth } from './proved-registry.ts'
import type { Claim, RegistryState } from './registry.ts'
import { type Remember, rememberNothing } from './remember.ts'
import { type ProvedAccount, verifyStateProof } from './state-proof.ts'

/** A header as it was hashed. */
export interface SourcedHeader extends BlockHeader {
  readonly rlp: Hex
}

/** What a verification stands on, for whoever keeps it: the header it read at, and each answer of `eth_getProof` that held. */
export interface Witness {
  readonly onHeader: (header: SourcedHeader) => void
  readonly onProof: (proof: unknown) => void
}

/**
 * A chain whose contracts are read with proofs. Only the hash of a block is believed: `blockHash`, else the one that `chain` names,
 * which may be several endpoints that must agree. Headers and proofs come from any of `sources` and hold by themselves.
 *
 * What the registry's own function answers is compared: an endpoint that lies about it is told to.
 * What is proved of a block cannot change: `remember` may keep it for other verifications. A witness hears of readings of its own.
 */
export function provedChain(
  chain: Chain,
  sources: readonly Chain[],
  blockHash: string | undefined,
  witness?: Witness,
  remember: Remember = rememberNothing,
): Chain {
  let newest: Block | undefined
  let header: SourcedHeader | undefined
  const headerOf = async (hash: string): Promise<SourcedHeader> => {
    const key = hash.toLowerCase()
    if (header?.hash !== key) header = await remember(key, () => readHeader(sources, key))
    return header
  }
  const wordsAt =
    ({ hash }: Block, address: string) =>
    async (slots: readonly Uint8Array[]) => {
      const found = await headerOf(hash)
      const read = () => readWords(sources, found, address, slots, witness)
      if (witness) return read()
      const asked = toHex(keccak256(concatBytes(...slots)))
      return remember(`${found.hash} ${address.toLowerCase()} ${asked}`, read)
    }
  const readBatch = async (block: Block, registry: string, claim: Claim): Promise<BatchWords> => {
    const words = await readBatchWords(wordsAt(block, registry), claim)
    const proved = stateIn(words, claim.statusIndex)
    requireTruth(chain.label, block, proved, await askRegistry(chain, block, registry, claim))
    if (newest && newest.number > block.number && !isAnchored(proved)) {
      const since = await askRegistry(chain, newest, registry, claim)
      if (isAnchored(since)) throw beforeAnchor(block)
    }
    return words
  }
  return {
    ...chain,
    proved: {
      hashFrom: blockHash === undefined ? `which ${chain.label} names` : 'which you gave',
      isPinned: blockHash !== undefined,
      async readBlock(chainId) {
        const latest = await readLatestBlock(chain, chainId)
        const found = await headerOf(blockHash ?? latest.hash)
        newest = latest
        witness?.onHeader(found)
        return found
      },
      readBatch,
      accreditations: (block, registry) => provedAccreditations(wordsAt(block, registry)),
    },
  }
}

function isAnchored({ verification }: RegistryState): boolean {
  return verification.record.anchoredAt !== 0
}

/** An old block that was given cannot know what was anchored since: that says nothing against a credential. */
function beforeAnchor({ number }: Block): ChainUnreadableError {
  return new ChainUnreadableError(
    'block_before_anchor',
    `block ${number} is from before the anchor: give the hash of a later one`,
  )
}

/** The header with this hash, from any of the endpoints. Throws `ChainUnreadableError`. */
export async function readHeader(sources: readonly Chain[], hash: string): Promise<SourcedHeader> {
  return firstOf(sources, async (source) => {
    const block = await request(source, 'eth_getBlockByHash', [hash, false])
    if (block === null) {
      const message = `${source.label} knows no block ${hash}: it is of another chain, or was reorganised away`
      throw new ChainUnreadableError('block_hash_mismatch', message)
    }
    const rlp = await encodeHeader(block)
    const header = await decodeHeader(rlp)
    if (header.hash === hash.toLowerCase()) return { ...header, rlp }
    // What is not hashed here makes another hash: then nobody lied.
    const unknown = unknownMembers(block)
    if (unknown.length > 0) throw unknownHeader(source.label, hash, unknown)
    const message = `${source.label} answers for block ${hash} with one whose hash is ${header.hash}`
    throw new ChainUnreadableError('block_hash_mismatch', message)
  })
}

function unknownHeader(
  label: string,
  hash: string,
  unknown: readonly string[],
): ChainUnreadableError {
  const names = unknown.join(', ').slice(0, 200)
  return new ChainUnreadableError(
    'block_header_unknown',
    `${label} gives block ${hash} members that are not known here (${names}): it is of a newer fork, or of a chain with headers of its own, and cannot be proved`,
  )
}

/** Slots in one request: answers stay well below what an endpoint's answer is read to. */
const slotsAtOnce = 100

/** Words of a contract in the state of a block, from any of the endpoints. Throws `ChainUnreadableError`. */
export async function readWords(
  sources: readonly Chain[],
  header: BlockHeader,
  address: string,
  slots: readonly Uint8Array[],
  witness: Witness | undefined,
): Promise<readonly bigint[]> {
  const words: bigint[] = []
  for (let i = 0; i < slots.length; i += slotsAtOnce) {
    const some = slots.slice(i, i + slotsAtOnce)
    const { proved, proof } = await firstOf(sources, async (source) => {
      const proof = await askProof(source, header, address, some)
      return { proof, proved: await verifyContract(header.stateRoot, address, some, proof) }
    })
    witness?.onProof(proof)
    words.push(...proved.words)
  }
  return words
}

async function askProof(
  source: Chain,
  { number }: BlockHeader,
  address: string,
  slots: readonly Uint8Array[],
): Promise<unknown> {
  const at = `0x${number.toString(16)}`
  try {
    return await request(source, 'eth_getProof', [address, slots.map(toHex), at])
  } catch (thrown) {
    const message = `${source.label} gives no proofs for block ${number}: it lacks eth_getProof, or keeps no state that old`
    throw new ChainUnreadableError('state_proof_missing', message, thrown)
  }
}

/** Of an account that is no contract. */
const emptyCodeHash = toHex(keccak256(new Uint8Array()))

/** What `verifyStateProof` gives, of an account that is a contract. Throws `InvalidInputError`. */
export async function verifyContract(
  stateRoot: string,
  address: string,
  slots: readonly Uint8Array[],
  proof: unknown,
): Promise<ProvedAccount> {
  const proved = await verifyStateProof(stateRoot, address, slots, proof)
  if (proved.account.codeHash !== emptyCodeHash) return proved
  throw new InvalidInputError('account_absent', `there is no contract at ${address}`)
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
      failure ??= asUnreadable(source.label, thrown)
    }
  }
  throw failure
}

/** What a proof that does not hold means for the chain: it could not be read. */
export function asUnreadable(label: string, thrown: unknown): unknown {
  if (!(thrown instanceof InvalidInputError)) return thrown
  if (thrown.code === 'account_absent') {
    return new ChainUnreadableError('registry_missing', `${label} proves that ${thrown.message}`)
  }
  const place = thrown.pointer === '' ? '' : ` (at ${thrown.pointer})`
  const message = `${label}: ${thrown.message}${place}`
  const { code } = thrown
  const isOfHeader = code === 'block_header_malformed' || code === 'block_header_unknown'
  return new ChainUnreadableError(isOfHeader ? code : 'state_proof_refused', message, thrown)
}
