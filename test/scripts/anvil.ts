import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { JsonRpcProvider } from 'ethers'

const program = fileURLToPath(new URL('../../node_modules/.bin/anvil', import.meta.url))

/** A second EVM client beside Hardhat's own, on a port of its own. */
export interface Anvil {
  readonly url: string
  readonly provider: JsonRpcProvider
  readonly stop: () => Promise<void>
}

/** The accounts of the well-known development mnemonic, which anvil funds. */
export const accounts = {
  issuer: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  operator: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  stranger: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
  accreditor: '0xa0Ee7A142d267C1f36714E4a8F75612F20a79720',
} as const

export async function startAnvil(chainId = 31337): Promise<Anvil> {
  const args = ['--port', '0', '--chain-id', String(chainId)]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.once('exit', () => reject(new Error(`anvil did not start: ${said}`)))
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text
      const listening = /Listening on (\S+)/.exec(said)
      if (listening) resolve(`http://${listening[1]}`)
    })
  })
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1 })
  return {
    url,
    provider,
    stop: async () => {
      provider.destroy()
      child.kill('SIGTERM')
      await exited
    },
  }
}
