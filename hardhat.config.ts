import { fileURLToPath } from 'node:url'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import hardhatKeystore from '@nomicfoundation/hardhat-keystore'
import { defineConfig } from 'hardhat/config'
import { networks } from './scripts/networks.ts'
import { tasks } from './scripts/tasks.ts'

const compiler = {
  version: '0.8.37',
  path: fileURLToPath(import.meta.resolve('solc/soljson.js')),
  isolated: true,
  settings: {
    viaIR: true,
    optimizer: { enabled: true, runs: 200 },
    evmVersion: 'cancun',
    metadata: { bytecodeHash: 'none' as const },
  },
}

export default defineConfig({
  plugins: [hardhatEthers, hardhatKeystore],
  networks,
  tasks,
  solidity: { profiles: { default: compiler, production: compiler } },
  paths: {
    sources: ['contracts', 'test/contracts/mocks'],
    tests: { solidity: 'test/contracts/solidity' },
  },
  test: {
    solidity: { fuzz: { runs: 256 }, invariant: { runs: 10, depth: 100, failOnRevert: true } },
  },
})
