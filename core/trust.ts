import { checksumAddress } from './abi.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'

/** What a verifier trusts on one chain. */
export interface ChainTrust {
  readonly name: string
  readonly testNetwork: boolean
  /** Registries whose word counts; the address that Rootmark deploys to everywhere unless the file says otherwise. */
  readonly registries: readonly string[]
  readonly accreditationRegistry: string
  /** Accreditors whose word counts by itself. Empty: accreditation is not asked for on this chain. */
  readonly rootAccreditors: readonly { readonly account: string; readonly name: string }[]
  /** Blocks after which an anchor counts as finalized, where the chain knows no `finalized` tag. */
  readonly finalityDepth: number | undefined
  /** Seconds that the newest block may be old; an endpoint that is further behind is not believed. */
  readonly maxHeadAge: number | undefined
  /** Where people look a chain up, without a slash at the end; links are made as EIP-3091 has them. For reading only: nothing is believed. */
  readonly explorer: string | undefined
}

/** A verifier's policy. The same credential may be worth something to one verifier and nothing to another. */
export interface Trust {
  readonly acceptTestNetworks: boolean
  readonly chains: ReadonlyMap<number, ChainTrust>
}

/** Where the two contracts lie on every chain they are deployed to (CREATE2, salt 0). */
export interface ContractAddresses {
  readonly registry: string
  readonly accreditationRegistry: string
}

const wellKnownChains: readonly (readonly [number, string, boolean, string?])[] = [
  [1, 'Ethereum', false, 'https://etherscan.io'],
  [10, 'OP Mainnet', false, 'https://optimistic.etherscan.io'],
  [100, 'Gnosis', false, 'https://gnosisscan.io'],
  [137, 'Polygon', false, 'https://polygonscan.com'],
  [8453, 'Base', false, 'https://basescan.org'],
  [42161, 'Arbitrum One', false, 'https://arbiscan.io'],
  [17000, 'Holesky', true, 'https://holesky.etherscan.io'],
  [84532, 'Base Sepolia', true, 'https://sepolia.basescan.org'],
  [560048, 'Hoodi', true, 'https://hoodi.etherscan.io'],
  [11155111, 'Sepolia', true, 'https://sepolia.etherscan.io'],
  [31337, 'Local test chain', true],
]

/** Seconds without a block after which a production chain, or the endpoint, is not what it should be. */
const productionHeadAge = 3600

/**
 * Parses a trust file, whose format `docs/trust.md` describes; throws `InvalidInputError` with the place.
 *
 * Chains that the file does not name keep their well-known name and are trusted to carry anchors, with no root accreditors.
 */
export function parseTrust(value: unknown, contracts: ContractAddresses): Trust {
  const file = parseRecord(value, '', ['version', 'acceptTestNetworks', 'chains'])
  if (file['version'] !== 1) {
    const found = JSON.stringify(file['version'])?.slice(0, 40) ?? 'none'
    throw new InvalidInputError(
      'trust_version',
      `expected "version": 1, found ${found}`,
      '/version',
    )
  }
  const chains = new Map<number, ChainTrust>()
  for (const [id, name, testNetwork, explorer] of wellKnownChains) {
    const maxHeadAge = testNetwork ? undefined : productionHeadAge
    chains.set(id, { ...defaultsOf(contracts), name, testNetwork, maxHeadAge, explorer })
  }
  for (const [key, entry] of Object.entries(parseRecord(file['chains'] ?? {}, '/chains'))) {
    const pointer = pointerTo('/chains', key)
    if (!/^[1-9]\d{0,15}$/.test(key) || !Number.isSafeInteger(Number(key))) {
      throw new InvalidInputError('trust_chain', 'expected a chain id in decimal digits', pointer)
    }
    const known = chains.get(Number(key)) ?? {
      ...defaultsOf(contracts),
      name: `Chain ${key}`,
      testNetwork: false,
    }
    chains.set(Number(key), parseChain(entry, known, pointer))
  }
  return {
    acceptTestNetworks: parseFlag(file['acceptTestNetworks'] ?? false, '/acceptTestNetworks'),
    chains,
  }
}

function defaultsOf(contracts: ContractAddresses) {
  return {
    registries: [checksumAddress(contracts.registry)],
    accreditationRegistry: checksumAddress(contracts.accreditationRegistry),
    rootAccreditors: [],
    finalityDepth: undefined,
    maxHeadAge: undefined,
    explorer: undefined,
  }
}

function parseChain(value: unknown, known: ChainTrust, pointer: string): ChainTrust {
  const entry = parseRecord(value, pointer, [
    'name',
    'testNetwork',
    'registries',
    'accreditationRegistry',
    'rootAccreditors',
    'finalityDepth',
    'maxHeadAge',
    'explorer',
  ])
  const at = (name: string) => pointerTo(pointer, name)
  return {
    name: parseText(entry['name'] ?? known.name, at('name')),
    testNetwork: parseFlag(entry['testNetwork'] ?? known.testNetwork, at('testNetwork')),
    registries: parseUnique(
      parseItems(entry['registries'] ?? known.registries, at('registries'), parseAddress),
      (address, i) => ({ address, place: pointerTo(at('registries'), i) }),
    ),
    accreditationRegistry: parseAddress(
      entry['accreditationRegistry'] ?? known.accreditationRegistry,
      at('accreditationRegistry'),
    ),
    rootAccreditors: parseUnique(
      parseItems(entry['rootAccreditors'] ?? [], at('rootAccreditors'), parseAccreditor),
      ({ account }, i) => ({
        address: account,
        place: `${pointerTo(at('rootAccreditors'), i)}/account`,
      }),
    ),
    finalityDepth: parseCount(entry['finalityDepth'], at('finalityDepth')),
    maxHeadAge: parseCount(entry['maxHeadAge'], at('maxHeadAge')) ?? known.maxHeadAge,
    explorer: parseExplorer(entry['explorer'], at('explorer')) ?? known.explorer,
  }
}

function parseAccreditor(value: unknown, pointer: string): { account: string; name: string } {
  const entry = parseRecord(value, pointer, ['account', 'name'])
  return {
    account: parseAddress(entry['account'], pointerTo(pointer, 'account')),
    name: parseText(entry['name'], pointerTo(pointer, 'name')),
  }
}

/** Addresses are put behind it, so that it is to end where a path may go on. */
function parseExplorer(value: unknown, pointer: string): string | undefined {
  if (value === undefined) return undefined
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  const isPlain = url && !`${value}`.match(/[?#]/) && url.username === '' && url.password === ''
  if (isPlain && url.protocol === 'https:') return url.href.replace(/\/+$/, '')
  throw new InvalidInputError(
    'trust_explorer',
    'expected an address that begins with https://, with neither query nor fragment, for example https://etherscan.io',
    pointer,
  )
}

function parseCount(value: unknown, pointer: string): number | undefined {
  if (value === undefined) return undefined
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1_000_000)
    return Number(value)
  throw new InvalidInputError('trust_count', 'expected a whole number from 1', pointer)
}

function parseItems<T>(
  value: unknown,
  pointer: string,
  parse: (item: unknown, pointer: string) => T,
): readonly T[] {
  if (!Array.isArray(value) || value.length > 1000) {
    throw new InvalidInputError('trust_malformed', 'expected an array of at most 1000', pointer)
  }
  return value.map((item, i) => parse(item, pointerTo(pointer, i)))
}

/** Each address once: who names one twice meant another, or two names for one accreditor. */
function parseUnique<T>(
  items: readonly T[],
  placed: (item: T, i: number) => { readonly address: string; readonly place: string },
): readonly T[] {
  const seen = new Set<string>()
  for (const [i, item] of items.entries()) {
    const { address, place } = placed(item, i)
    if (seen.has(address)) {
      throw new InvalidInputError('trust_duplicate', `${address} stands here twice`, place)
    }
    seen.add(address)
  }
  return items
}

function parseRecord(
  value: unknown,
  pointer: string,
  names?: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!isObject(value))
    throw new InvalidInputError('trust_malformed', 'expected an object', pointer)
  const unknown = names && Object.keys(value).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new InvalidInputError(
      'trust_unknown_setting',
      `unknown setting; expected one of ${names?.join(', ')}`,
      pointerTo(pointer, unknown),
    )
  }
  return value
}

/** Names stand in every report. */
const maxText = 200

function parseText(value: unknown, pointer: string): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= maxText) return value
  throw new InvalidInputError(
    'trust_malformed',
    `expected a text of at most ${maxText} characters`,
    pointer,
  )
}

function parseFlag(value: unknown, pointer: string): boolean {
  if (typeof value === 'boolean') return value
  throw new InvalidInputError('trust_malformed', 'expected true or false', pointer)
}

function parseAddress(value: unknown, pointer: string): string {
  if (typeof value === 'string') return checksumAddress(value, pointer)
  throw new InvalidInputError('trust_malformed', 'expected an address', pointer)
}
