/** Chains that the commands know by name, for `--network`; whose endpoint and key come from `<NAME>_RPC_URL` and `<NAME>_PRIVATE_KEY`. */
export const publicNetworks = {
  sepolia: { variable: 'SEPOLIA', chainId: 11155111 },
  hoodi: { variable: 'HOODI', chainId: 560048 },
  baseSepolia: { variable: 'BASE_SEPOLIA', chainId: 84532 },
  mainnet: { variable: 'MAINNET', chainId: 1 },
  optimism: { variable: 'OPTIMISM', chainId: 10 },
  gnosis: { variable: 'GNOSIS', chainId: 100 },
  polygon: { variable: 'POLYGON', chainId: 137 },
  base: { variable: 'BASE', chainId: 8453 },
  arbitrum: { variable: 'ARBITRUM', chainId: 42161 },
} as const

/** Chain id of Hardhat's and anvil's own networks. */
const localChainId = 31337

/** What the commands call a chain; `variable` begins the names of the environment variables that it needs. */
export interface NamedNetwork {
  readonly name: string
  readonly variable: string
  /** `local` needs no key, `custom` is any other chain. */
  readonly kind: 'local' | 'public' | 'custom'
}

/** The network of a chain, as `--network` takes it. */
export function networkOf(chainId: number): NamedNetwork {
  if (chainId === localChainId) return { name: 'localhost', variable: 'LOCALHOST', kind: 'local' }
  const known = Object.entries(publicNetworks).find(([, network]) => network.chainId === chainId)
  if (!known) return { name: 'custom', variable: 'CUSTOM', kind: 'custom' }
  const [name, { variable }] = known
  return { name, variable, kind: 'public' }
}
