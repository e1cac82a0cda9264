import { registryInterface } from '../../server/chains.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'

// What an issuer's own script does, with an account that the embedded chain signs for.

export async function rpc(url: string, method: string, params: readonly unknown[] = []) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const answer = (await response.json()) as { result?: unknown; error?: { message: string } }
  if (answer.error) throw new Error(answer.error.message)
  return answer.result
}

/** Calls a function of the registry from an account. */
export async function sendToRegistry(
  chain: EmbeddedChain,
  from: string,
  name: string,
  values: readonly unknown[],
): Promise<void> {
  const data = registryInterface.encodeFunctionData(name, values)
  await rpc(chain.url, 'eth_sendTransaction', [{ from, to: chain.contracts.registry, data }])
}

export async function readRegistry(chain: EmbeddedChain, name: string, values: readonly unknown[]) {
  const data = registryInterface.encodeFunctionData(name, values)
  const answer = await rpc(chain.url, 'eth_call', [
    { to: chain.contracts.registry, data },
    'latest',
  ])
  return registryInterface.decodeFunctionResult(name, answer as string)
}
