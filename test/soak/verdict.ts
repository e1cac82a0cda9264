import { rpcProvider } from '../../core/rpc.ts'
import { parseTrust } from '../../core/trust.ts'
import { verifyBytes } from '../../core/verify.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { chainId } from './registry-state.ts'
import type { Scene } from './scene.ts'

/** What a verifier finds that asks the chain itself: the reason of its report, with the verdict where it could not check. */
export type AskVerdict = (credential: string) => Promise<string>

export function verifierOf({ chainUrl, contracts }: Scene): AskVerdict {
  const provider = rpcProvider({ url: chainUrl, fetch, timeoutMs: 30_000 })
  const rootAccreditors = [{ account: demoAccounts.accreditor.address, name: 'Agency' }]
  const file = { version: 1, acceptTestNetworks: true, chains: { [chainId]: { rootAccreditors } } }
  const trust = parseTrust(file, contracts)
  const readers = {
    chain: (id: number) => (id === chainId ? { label: 'anvil', provider } : undefined),
    document: () => Promise.reject(new Error('no document is needed')),
  }
  return async (credential) => {
    const { verdict, reason } = await verifyBytes(credential, { readers, trust, now: Date.now() })
    return verdict === 'indeterminate' ? `indeterminate: ${reason}` : reason
  }
}
