import { addressWord, checksumAddress, uintWord } from './abi.ts'
import { concatBytes, fromHex, type Hex, toHex, utf8 } from './bytes.ts'
import { type Chain, ChainUnreadableError, callContract } from './chain.ts'
import { InvalidInputError } from './error.ts'
import { keccak256 } from './hash.ts'
import { isObject } from './i-json.ts'

/** A registry on a chain. */
export interface Place {
  readonly chainId: number
  readonly registry: string
}

/** What an issuer says of a batch that it anchored a second time, because the first place may be lost. Format rule 13. */
export interface Migration {
  readonly issuer: string
  readonly root: Hex
  readonly size: number
  readonly from: Place
  readonly to: Place
}

export interface MigrationRecord extends Migration {
  readonly format: typeof migrationFormat
  /** r ‖ s ‖ v of the issuer's key over `migrationHash`, 65 bytes. */
  readonly signature: Hex
}

export const migrationFormat = 'rootmark-migration-1'
const domain = { name: 'Rootmark migration', version: '1' } as const
const messageMembers = [
  ['issuer', 'address'],
  ['root', 'bytes32'],
  ['size', 'uint32'],
  ['fromChainId', 'uint256'],
  ['fromRegistry', 'address'],
  ['toChainId', 'uint256'],
  ['toRegistry', 'address'],
] as const

/** Parses a record from anywhere; throws `InvalidInputError`. Its signature is not looked at here. */
export function parseMigration(value: unknown): MigrationRecord {
  const record = parseObject(value, '', 'format issuer root size from to signature')
  if (record['format'] !== migrationFormat)
    throw malformed(`expected ${migrationFormat}`, '/format')
  const { size } = record
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size >= 2 ** 32) {
    throw malformed('expected the size of the batch', '/size')
  }
  return {
    format: migrationFormat,
    issuer: parseAddress(record['issuer'], '/issuer'),
    root: parseBytes(record['root'], 32, '/root'),
    size,
    from: parsePlace(record['from'], '/from'),
    to: parsePlace(record['to'], '/to'),
    signature: parseBytes(record['signature'], 65, '/signature'),
  }
}

/** The migration as `eth_signTypedData_v4` takes it. EIP-712. */
export function migrationTypedData(migration: Migration) {
  const { issuer, root, size, from, to } = migration
  const text = [
    { name: 'name', type: 'string' },
    { name: 'version', type: 'string' },
  ]
  return {
    domain,
    primaryType: 'Migration',
    types: {
      EIP712Domain: text,
      Migration: messageMembers.map(([name, type]) => ({ name, type })),
    },
    message: {
      issuer,
      root,
      size,
      fromChainId: String(from.chainId),
      fromRegistry: from.registry,
      toChainId: String(to.chainId),
      toRegistry: to.registry,
    },
  }
}

/** What the issuer signs: the EIP-712 hash, 32 bytes. The message names both chains, so the domain names none. */
export function migrationHash({ issuer, root, size, from, to }: Migration): Uint8Array {
  const hashOf = (text: string) => keccak256(utf8(text))
  const separator = keccak256(
    concatBytes(
      hashOf('EIP712Domain(string name,string version)'),
      hashOf(domain.name),
      hashOf(domain.version),
    ),
  )
  const struct = keccak256(
    concatBytes(
      hashOf(`Migration(${messageMembers.map(([name, type]) => `${type} ${name}`).join(',')})`),
      addressWord(issuer),
      fromHex(root, 32),
      uintWord(size),
      uintWord(from.chainId),
      addressWord(from.registry),
      uintWord(to.chainId),
      addressWord(to.registry),
    ),
  )
  return keccak256(concatBytes(Uint8Array.of(0x19, 0x01), separator, struct))
}

const ecrecover = '0x0000000000000000000000000000000000000001'
const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/**
 * Whether the issuer's own key signed the record; the chain's precompile recovers it. Throws `ChainUnreadableError`.
 *
 * Only keys count: the address of a contract account may belong to somebody else on another chain, so its word is not asked.
 */
export async function isSignedByIssuer(
  record: MigrationRecord,
  chain: Chain,
  block: number,
): Promise<boolean> {
  const signature = fromHex(record.signature, 65)
  const [r, s, v] = [signature.slice(0, 32), signature.slice(32, 64), signature[64]]
  // EIP-2: of the two signatures that fit, the one with the low s. The precompile takes both.
  if (BigInt(toHex(s)) > halfOrder || (v !== 27 && v !== 28)) return false
  const data = toHex(concatBytes(migrationHash(record), uintWord(v), r, s))
  try {
    const answer = await callContract(chain, ecrecover, data, block)
    return toHex(answer) === toHex(addressWord(record.issuer))
  } catch (thrown) {
    // The precompile answers nothing for a signature that is none, as an address without contract does.
    if (thrown instanceof ChainUnreadableError && thrown.code === 'registry_missing') return false
    throw thrown
  }
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.chainId === other.chainId && one.registry === other.registry
}

function parsePlace(value: unknown, pointer: string): Place {
  const place = parseObject(value, pointer, 'chainId registry')
  const { chainId } = place
  if (typeof chainId !== 'number' || !Number.isSafeInteger(chainId) || chainId < 1) {
    throw malformed('expected a chain id', `${pointer}/chainId`)
  }
  return { chainId, registry: parseAddress(place['registry'], `${pointer}/registry`) }
}

function parseObject(value: unknown, pointer: string, members: string) {
  const names = members.split(' ')
  if (!isObject(value) || Object.keys(value).some((name) => !names.includes(name))) {
    throw malformed(`expected an object of ${names.join(', ')}`, pointer)
  }
  return value as Readonly<Record<string, unknown>>
}

function parseAddress(value: unknown, pointer: string): string {
  if (typeof value === 'string') return checksumAddress(value, pointer)
  throw malformed('expected an address', pointer)
}

function parseBytes(value: unknown, length: number, pointer: string): Hex {
  if (typeof value === 'string') return toHex(fromHex(value, length, pointer))
  throw malformed(`expected ${length} bytes in hex`, pointer)
}

function malformed(message: string, pointer: string): InvalidInputError {
  return new InvalidInputError('migration_malformed', message, pointer)
}
