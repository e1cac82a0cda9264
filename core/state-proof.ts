import { fromHex, type Hex, toHex } from './bytes.ts'
import { InvalidInputError, messageOf, pointerTo } from './error.ts'
import { keccak256 } from './hash.ts'
import { isObject } from './i-json.ts'

/** An account as the state trie holds it; hashes have 32 bytes. */
export interface Account {
  readonly nonce: bigint
  readonly balance: bigint
  readonly storageRoot: Hex
  readonly codeHash: Hex
}

/** What a state root proves of an account: the account itself, and the words in the slots that were asked for. */
export interface ProvedAccount {
  readonly account: Account
  readonly words: readonly bigint[]
}

/** A path has at most one node for each of the 64 digits of a key; a branch of 16 hashes has 532 bytes. */
const maxNodes = 65
const maxNodeBytes = 1024

const emptyRoot = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'
const emptyNode = '0x80'

/**
 * What an answer of `eth_getProof` (EIP-1186) proves against a state root. Everything in the answer is untrusted.
 *
 * Throws `InvalidInputError` where it proves nothing, proves another account or other slots, or states a value that its nodes do
 * not lead to; an account that is proved to be absent has code `account_absent`.
 */
export async function verifyStateProof(
  stateRoot: string,
  address: string,
  slots: readonly Uint8Array[],
  answer: unknown,
): Promise<ProvedAccount> {
  const stated = parseRecord(answer, '')
  if (String(stated['address']).toLowerCase() !== address.toLowerCase()) {
    throw refused(`it is about another account than ${address}`, '/address')
  }
  const account = await verifyAccountProof(stateRoot, address, stated['accountProof'])
  if (!account) throw new InvalidInputError('account_absent', `there is no account at ${address}`)
  requireSame(stated['nonce'], account.nonce, '/nonce')
  requireSame(stated['balance'], account.balance, '/balance')
  requireSame(stated['codeHash'], BigInt(account.codeHash), '/codeHash')
  requireSame(stated['storageHash'], BigInt(account.storageRoot), '/storageHash')
  const proofs = stated['storageProof']
  if (!Array.isArray(proofs) || proofs.length !== slots.length) {
    throw refused(`expected proofs of ${slots.length} slots`, '/storageProof')
  }
  const words: bigint[] = []
  for (const [i, slot] of slots.entries()) {
    const pointer = pointerTo('/storageProof', i)
    const { key, value, proof } = parseRecord(proofs[i], pointer)
    requireSame(key, BigInt(toHex(slot)), `${pointer}/key`)
    const word = await verifyStorageProof(account.storageRoot, slot, proof, `${pointer}/proof`)
    requireSame(value, word, `${pointer}/value`)
    words.push(word)
  }
  return { account, words }
}

/** The account that the nodes prove to be in the state, `undefined` where they prove that there is none. Throws `InvalidInputError`. */
export async function verifyAccountProof(
  stateRoot: string,
  address: string,
  nodes: unknown,
  pointer = '/accountProof',
): Promise<Account | undefined> {
  const value = await readTrie(stateRoot, fromHex(address, 20), nodes, pointer)
  if (!value) return undefined
  const fields = await decodeRlp(value, pointer)
  if (!Array.isArray(fields) || fields.length !== 4)
    throw refused('it leads to no account', pointer)
  const [nonce, balance, storageRoot, codeHash] = fields
  return {
    nonce: integerOf(nonce, pointer),
    balance: integerOf(balance, pointer),
    storageRoot: hashOf(storageRoot, pointer),
    codeHash: hashOf(codeHash, pointer),
  }
}

/** The word in a storage slot that the nodes prove, 0 where they prove that it was never written. Throws `InvalidInputError`. */
export async function verifyStorageProof(
  storageRoot: string,
  slot: Uint8Array,
  nodes: unknown,
  pointer = '/proof',
): Promise<bigint> {
  const value = await readTrie(storageRoot, slot, nodes, pointer)
  if (!value) return 0n
  // Chains store no zeros; a test node that does says the same with one.
  return integerOf(await decodeRlp(value, pointer), pointer)
}

/** The value at the hash of `key`, by exactly the nodes on its way: none is missing and none is left over. */
async function readTrie(
  root: string,
  key: Uint8Array,
  value: unknown,
  pointer: string,
): Promise<Uint8Array | null> {
  const nodes = parseNodes(value, pointer)
  if (root.toLowerCase() === emptyRoot) {
    // Clients prove that an empty trie holds nothing with no node or with the empty one.
    if (nodes.length === 0 || (nodes.length === 1 && nodes[0] === emptyNode)) return null
    throw refused('it has nodes, but its trie is empty', pointer)
  }
  const { MerklePatriciaTrie } = await import('@ethereumjs/mpt')
  const hashes = nodes.map((node) => toHex(keccak256(fromHex(node))))
  let read = 0
  const unwritable = () => Promise.reject(new Error('a proof is only read'))
  const db = {
    // The trie asks for nodes by their hashes, from the root on, in hex digits: the next on the way must be the next in the proof.
    get: async (hash: string) =>
      `0x${hash}` === hashes[read] ? nodes[read++]?.slice(2) : undefined,
    put: unwritable,
    del: unwritable,
    batch: unwritable,
    open: () => Promise.resolve(),
    shallowCopy: () => db,
  }
  const trie = new MerklePatriciaTrie({
    db,
    root: fromHex(root, 32),
    useKeyHashingFunction: keccak256,
  })
  const found = await trie.get(keccak256(key), true).catch((thrown: unknown) => {
    throw refused(`its nodes do not lead from ${root} to the key (${messageOf(thrown)})`, pointer)
  })
  if (read < nodes.length) throw refused(`it has ${nodes.length - read} nodes too many`, pointer)
  return found
}

function parseNodes(value: unknown, pointer: string): readonly Hex[] {
  if (!Array.isArray(value) || value.length > maxNodes) {
    throw refused(`expected a list of at most ${maxNodes} nodes`, pointer)
  }
  return value.map((node: unknown, i) => {
    if (typeof node === 'string' && node.length <= 2 + 2 * maxNodeBytes) {
      fromHex(node, undefined, pointerTo(pointer, i))
      return node as Hex
    }
    throw refused(`expected a node of at most ${maxNodeBytes} bytes`, pointerTo(pointer, i))
  })
}

async function decodeRlp(bytes: Uint8Array, pointer: string): Promise<unknown> {
  const { decode } = await import('@ethereumjs/rlp')
  try {
    return decode(bytes)
  } catch (thrown) {
    throw refused(messageOf(thrown), pointer)
  }
}

/** Integers have no leading zero and at most 256 bits. */
function integerOf(value: unknown, pointer: string): bigint {
  if (!(value instanceof Uint8Array) || value.length > 32 || value[0] === 0) {
    throw refused('it leads to no integer', pointer)
  }
  return value.length === 0 ? 0n : BigInt(toHex(value))
}

function hashOf(value: unknown, pointer: string): Hex {
  if (!(value instanceof Uint8Array) || value.length !== 32) {
    throw refused('it leads to no hash', pointer)
  }
  return toHex(value)
}

/** Clients write numbers with and without leading zeros. */
function requireSame(stated: unknown, proved: bigint, pointer: string): void {
  const isHex = typeof stated === 'string' && /^0x[0-9a-f]{1,64}$/i.test(stated)
  if (isHex && BigInt(stated) === proved) return
  throw refused(`it states ${JSON.stringify(stated)?.slice(0, 80)}`, pointer)
}

function parseRecord(value: unknown, pointer: string): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value as Readonly<Record<string, unknown>>
  throw refused('expected an object', pointer)
}

function refused(what: string, pointer: string): InvalidInputError {
  return new InvalidInputError('state_proof_refused', `the proof does not hold: ${what}`, pointer)
}
