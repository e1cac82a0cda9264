import { concatBytes, fromHex, type Hex, toHex } from './bytes.ts'
import { InvalidInputError, messageOf } from './error.ts'
import { keccak256 } from './hash.ts'
import { isObject } from './i-json.ts'

/** What the header of a block says. `time` is in seconds. */
export interface BlockHeader {
  readonly hash: Hex
  readonly parentHash: Hex
  readonly stateRoot: Hex
  readonly number: number
  readonly time: number
}

/** The members of a header in the order in which they are hashed, each with its bytes, or `quantity` for an integer. */
const members = [
  ['parentHash', 32],
  ['sha3Uncles', 32],
  ['miner', 20],
  ['stateRoot', 32],
  ['transactionsRoot', 32],
  ['receiptsRoot', 32],
  ['logsBloom', 256],
  ['difficulty', 'quantity'],
  ['number', 'quantity'],
  ['gasLimit', 'quantity'],
  ['gasUsed', 'quantity'],
  ['timestamp', 'quantity'],
  ['extraData', 'bytes'],
  ['mixHash', 32],
  ['nonce', 8],
  ['baseFeePerGas', 'quantity'], // London, EIP-1559
  ['withdrawalsRoot', 32], // Shanghai, EIP-4895
  ['blobGasUsed', 'quantity'], // Cancun, EIP-4844
  ['excessBlobGas', 'quantity'],
  ['parentBeaconBlockRoot', 32], // Cancun, EIP-4788
  ['requestsHash', 32], // Prague, EIP-7685; Osaka adds none
] as const

/** What endpoints say of a block beside its header. */
const besides = [
  'hash',
  'size',
  'totalDifficulty',
  'transactions',
  'uncles',
  'withdrawals',
  'author',
]
const memberNames: readonly string[] = [...members.map(([name]) => name), ...besides]

/** How many members a header has had: before London, and with each fork that added some. */
const shapes = [15, 16, 17, 20, 21]
/** A header has about 650 bytes; `extraData` is short on public chains, and some others sign in it. */
const maxBytes = 8192

/** The RLP of a block that an endpoint describes (untrusted), as its hash is made of. Throws `InvalidInputError`. */
export async function encodeHeader(block: unknown): Promise<Hex> {
  if (!isObject(block)) throw malformed('expected a block', '')
  const fields = block as Readonly<Record<string, unknown>>
  const count = members.findIndex(([name]) => fields[name] === undefined || fields[name] === null)
  const present = members.slice(0, count < 0 ? members.length : count)
  const { encode } = await import('@ethereumjs/rlp')
  const items = present.map(([name, size]) => {
    const text = fields[name]
    const pointer = `/${name}`
    if (typeof text !== 'string' || text.length > 2 * maxBytes) {
      throw malformed('expected hex digits', pointer)
    }
    if (size !== 'quantity') {
      const isSound = size === 'bytes' || text.length === 2 + 2 * size
      if (isSound && /^0x(?:[0-9a-f]{2})*$/i.test(text)) return fromHex(text)
      throw malformed('expected hex digits of its length', pointer)
    }
    if (!/^0x[0-9a-f]{1,64}$/i.test(text)) throw malformed('expected a quantity', pointer)
    const digits = text.slice(2).replace(/^0+/, '')
    return fromHex(`0x${digits.length % 2 === 0 ? '' : '0'}${digits}`)
  })
  return toHex(encode(items))
}

/** What an endpoint says of a block (untrusted) that no header known here holds: where the hash differs, that may be why. */
export function unknownMembers(block: unknown): readonly string[] {
  const names = isObject(block) ? Object.keys(block) : []
  return names.filter((name) => !memberNames.includes(name))
}

/** Reads the RLP of a header, which is untrusted; throws `InvalidInputError`. Whether it is a block of the chain, its hash tells. */
export async function decodeHeader(rlp: string): Promise<BlockHeader> {
  if (rlp.length > 2 + 2 * maxBytes) throw malformed('it is too long', '')
  const bytes = fromHex(rlp)
  const { decode } = await import('@ethereumjs/rlp')
  let items: unknown
  try {
    items = decode(bytes)
  } catch (thrown) {
    throw malformed(messageOf(thrown), '')
  }
  if (Array.isArray(items) && items.length > members.length) {
    throw new InvalidInputError(
      'block_header_unknown',
      `this block header has ${items.length} members, and ${members.length} are known here: it is of a newer fork, or of a chain with headers of its own`,
    )
  }
  if (!Array.isArray(items) || !shapes.includes(items.length)) {
    throw malformed('it has the members of no fork that is known here', '')
  }
  for (const [i, item] of items.entries()) requireMember(item, i)
  const at = (name: (typeof members)[number][0]) =>
    items[members.findIndex(([known]) => known === name)] as Uint8Array
  return {
    hash: toHex(keccak256(bytes)),
    parentHash: toHex(at('parentHash')),
    stateRoot: toHex(at('stateRoot')),
    number: numberOf(at('number'), 53, '/number'),
    time: numberOf(at('timestamp'), 40, '/timestamp'),
  }
}

function requireMember(item: unknown, i: number): void {
  const [name, size] = members[i] as (typeof members)[number]
  const isSound =
    item instanceof Uint8Array &&
    (size === 'bytes' || (size === 'quantity' ? item[0] !== 0 : item.length === size))
  if (!isSound) throw malformed('it is of the wrong size', `/${name}`)
}

function numberOf(bytes: Uint8Array, bits: number, pointer: string): number {
  const value = BigInt(toHex(concatBytes(Uint8Array.of(0), bytes)))
  if (value >= 2n ** BigInt(bits)) throw malformed('it is too large', pointer)
  return Number(value)
}

function malformed(what: string, pointer: string): InvalidInputError {
  return new InvalidInputError(
    'block_header_malformed',
    `this is no block header: ${what}`,
    pointer,
  )
}
