import { AbiReader, addressWord, selectorOf, uintWord } from './abi.ts'
import { concatBytes, fromHex, type Hex, toHex } from './bytes.ts'
import { type Block, type Chain, ChainUnreadableError, callContract } from './chain.ts'
import {
  type AnchorRecord,
  type Claim,
  decodeAnchorCount,
  decodeVerify,
  encodeAnchorCount,
  encodeVerify,
  type RegistryState,
  type Standing,
} from './registry.ts'

/** What a registry knows about a batch and a run of its credentials: enough for each of them. */
export interface BatchWords {
  readonly root: Hex
  readonly record: AnchorRecord
  readonly anchorCount: number
  /** Status words from this one on, 32 bytes each. */
  readonly firstWord: number
  readonly revocations: Uint8Array
  readonly suspensions: Uint8Array
}

/** Status words that are asked for together: those of 16,384 credentials. */
const wordsOfRun = 64

/** What the registry says of a claim as of a block; `root` follows from the claim. Throws `ChainUnreadableError`. */
export async function readRegistryState(
  chain: Chain,
  block: Block,
  registry: string,
  claim: Claim,
  root: Hex,
): Promise<RegistryState> {
  const { keep, proved } = chain
  const { issuer, statusIndex } = claim
  const known = chain.known?.(block, registry, claim)
  if (known) return known
  const readProved = proved && (() => proved.readBatch(block, registry, claim))
  if (!keep) {
    if (!readProved) return askRegistry(chain, block, registry, claim)
    return stateIn(await readProved(), statusIndex)
  }
  // Read once for all credentials around this one: a proof has as many slots as words, an answer may well have more.
  const run = Math.floor(statusIndex / 256 / (readProved ? 1 : wordsOfRun))
  const read = readProved ?? (() => askBatch(chain, block, registry, claim, root, run * wordsOfRun))
  return stateIn(await keep.of(block)(`${registry} ${issuer} ${root} ${run}`, read), statusIndex)
}

/** What `verify` of the contract answers where the registry holds these words. */
export function stateIn(words: BatchWords, statusIndex: number): RegistryState {
  const { root, record, anchorCount } = words
  return { verification: { standing: standingIn(words, statusIndex), root, record }, anchorCount }
}

function standingIn({ record, firstWord, ...words }: BatchWords, statusIndex: number): Standing {
  if (statusIndex >= record.size) return 'unknown'
  const bit = statusIndex - firstWord * 256
  if (hasBit(words.revocations, bit)) return 'revoked'
  if (record.withdrawnAt !== 0) return 'withdrawn'
  return hasBit(words.suspensions, bit) ? 'suspended' : 'active'
}

/** Words are big-endian: the first bit is the last of 32 bytes. */
function hasBit(words: Uint8Array, bit: number): boolean {
  const byte = Math.floor(bit / 256) * 32 + 31 - ((bit % 256) >> 3)
  return (((words[byte] ?? 0) >> (bit % 8)) & 1) === 1
}

/** What the registry's own view functions answer. */
export async function askRegistry(
  chain: Chain,
  block: Block,
  registry: string,
  claim: Claim,
): Promise<RegistryState> {
  const [verified, counted] = await Promise.all([
    callContract(chain, registry, encodeVerify(claim), block.number),
    callContract(chain, registry, encodeAnchorCount(claim.issuer), block.number),
  ])
  const verification = decodeAnswer(chain, () => decodeVerify(verified))
  const anchorCount = decodeAnswer(chain, () => decodeAnchorCount(counted))
  return { verification, anchorCount }
}

const revocationsSelector = selectorOf('revocations(address,bytes32,uint256,uint256)')
const suspensionsSelector = selectorOf('suspensions(address,bytes32,uint256,uint256)')

/** Beside the words the claim itself is asked about: the root that comes back shows that it is the contract it should be. */
async function askBatch(
  chain: Chain,
  block: Block,
  registry: string,
  claim: Claim,
  root: Hex,
  firstWord: number,
): Promise<BatchWords> {
  const wordsOf = async (selector: Uint8Array) => {
    const data = concatBytes(
      selector,
      addressWord(claim.issuer),
      fromHex(root, 32),
      uintWord(firstWord),
      uintWord(wordsOfRun),
    )
    const answer = await callContract(chain, registry, toHex(data), block.number)
    return decodeAnswer(chain, () => decodeWords(answer))
  }
  const [{ verification, anchorCount }, revocations, suspensions] = await Promise.all([
    askRegistry(chain, block, registry, claim),
    wordsOf(revocationsSelector),
    wordsOf(suspensionsSelector),
  ])
  const { record } = verification
  const words = {
    root: verification.root,
    record,
    anchorCount,
    firstWord,
    revocations,
    suspensions,
  }
  if (standingIn(words, claim.statusIndex) === verification.standing) return words
  throw malformed(chain, 'says two things about the standing of a credential')
}

function decodeWords(answer: Uint8Array): Uint8Array {
  const reader = new AbiReader(answer)
  if (reader.index(0) !== 32 || reader.index(32) !== wordsOfRun) throw new Error('not the words')
  if (answer.length !== (2 + wordsOfRun) * 32) throw new Error('not so many words')
  return answer.slice(64)
}

function decodeAnswer<T>(chain: Chain, decode: () => T): T {
  try {
    return decode()
  } catch (thrown) {
    throw malformed(chain, 'answers for the registry with something else', thrown)
  }
}

function malformed({ label }: Chain, what: string, thrown?: unknown): ChainUnreadableError {
  return new ChainUnreadableError('chain_answer_malformed', `${label} ${what}`, thrown)
}
