import { configVariable } from 'hardhat/config'

/** A public network: `<NAME>_RPC_URL` and `<NAME>_PRIVATE_KEY` come from the environment or Hardhat's keystore, when they are used. */
function publicNetwork(name: string, chainId: number) {
  return { ...keyedNetwork(name), chainId }
}

function keyedNetwork(name: string) {
  return {
    type: 'http' as const,
    url: configVariable(`${name}_RPC_URL`),
    accounts: [configVariable(`${name}_PRIVATE_KEY`)],
  }
}

/** The networks of `--network`. */
export const networks = {
  localhost: {
    type: 'http' as const,
    url: process.env['LOCALHOST_RPC_URL'] ?? 'http://127.0.0.1:8545',
  },
  sepolia: publicNetwork('SEPOLIA', 11155111),
  hoodi: publicNetwork('HOODI', 560048),
  baseSepolia: publicNetwork('BASE_SEPOLIA', 84532),
  mainnet: publicNetwork('MAINNET', 1),
  optimism: publicNetwork('OPTIMISM', 10),
  gnosis: publicNetwork('GNOSIS', 100),
  polygon: publicNetwork('POLYGON', 137),
  base: publicNetwork('BASE', 8453),
  arbitrum: publicNetwork('ARBITRUM', 42161),
  /** Any other chain. */
  custom: keyedNetwork('CUSTOM'),
}

const currencies: Readonly<Record<number, string>> = { 100: 'xDAI', 137: 'POL' }

/** The symbol of a chain's native currency, in which fees are paid. */
export function currencyOf(chainId: number): string {
  return currencies[chainId] ?? 'ETH'
}
