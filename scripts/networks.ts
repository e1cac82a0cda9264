import { configVariable } from 'hardhat/config'
import { publicNetworks } from '../core/networks.ts'

/** Endpoint and key come from the environment or Hardhat's keystore, when they are used. */
function keyedNetwork(name: string) {
  return {
    type: 'http' as const,
    url: configVariable(`${name}_RPC_URL`),
    accounts: [configVariable(`${name}_PRIVATE_KEY`)],
  }
}

const { sepolia, hoodi, baseSepolia, mainnet, optimism, gnosis, polygon, base, arbitrum } =
  publicNetworks
const publicNetwork = ({ variable, chainId }: { variable: string; chainId: number }) => ({
  ...keyedNetwork(variable),
  chainId,
})

/** The networks of `--network`. */
export const networks = {
  localhost: {
    type: 'http' as const,
    url: process.env['LOCALHOST_RPC_URL'] ?? 'http://127.0.0.1:8545',
  },
  sepolia: publicNetwork(sepolia),
  hoodi: publicNetwork(hoodi),
  baseSepolia: publicNetwork(baseSepolia),
  mainnet: publicNetwork(mainnet),
  optimism: publicNetwork(optimism),
  gnosis: publicNetwork(gnosis),
  polygon: publicNetwork(polygon),
  base: publicNetwork(base),
  arbitrum: publicNetwork(arbitrum),
  /** Any other chain. */
  custom: keyedNetwork('CUSTOM'),
}

const currencies: Readonly<Record<number, string>> = { 100: 'xDAI', 137: 'POL' }

/** The symbol of a chain's native currency, in which fees are paid. */
export function currencyOf(chainId: number): string {
  return currencies[chainId] ?? 'ETH'
}
