import { rpcProvider } from '../../core/rpc.ts'
import { parseTrust } from '../../core/trust.ts'
import { verifyBytes } from '../../core/verify.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { pause } from './client.ts'
import { chainId } from './registry-state.ts'
import { baseUrl, type Scene } from './scene.ts'

/** What a verifier finds that asks the chain itself: the reason of its report, with the verdict where it could not check. */
export type AskVerdict = (credential: string) => Promise<string>

export function verifierOf({ chainUrl, contracts, apis }: Scene): AskVerdict {
  const provider = rpcProvider({ url: chainUrl, fetch, timeoutMs: 30_000 })
  const rootAccreditors = [{ account: demoAccounts.accreditor.address, name: 'Agency' }]
  const file = { version: 1, acceptTestNetworks: true, chains: { [chainId]: { rootAccreditors } } }
  const trust = parseTrust(file, contracts)
  const readers = {
    chain: (id: number) => (id === chainId ? { label: 'anvil', provider } : undefined),
    document: (url: string) => readDocument(apis, url),
  }
  return async (credential) => {
    const { verdict, reason } = await verifyBytes(credential, { readers, trust, now: Date.now() })
    return verdict === 'indeterminate' ? `indeterminate: ${reason}` : reason
  }
}

/** A document that the service publishes, such as an issuer's DID document, from whichever API process answers. */
async function readDocument(apis: Scene['apis'], url: string): Promise<unknown> {
  if (!url.startsWith(`${baseUrl}/`)) throw new Error(`${url} is not the service's`)
  for (let tries = 0; ; tries += 1) {
    const api = apis[tries % apis.length]?.url
    const response = await fetch(`${api}${url.slice(baseUrl.length)}`, {
      signal: AbortSignal.timeout(5000),
    }).catch(() => undefined)
    if (response && response.status < 500) return response.json()
    if (tries === 50) throw new Error(`${url} cannot be read`)
    await pause(200)
  }
}
