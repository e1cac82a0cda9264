import type { Eip1193Provider } from '../../core/chain.ts'
import { useSha256 } from '../../core/hash.ts'
import { verifyCredential } from '../../core/verify.ts'
import { nativeSha256 } from '../../server/native-hash.ts'
import { write } from '../../test/core/transaction.ts'
import { trusting } from '../../test/core/verifier.ts'
import { chainId, openWorld } from '../../test/core/world.ts'
import { issuedSample } from '../batch-sample.ts'
import { numberOf, type OpenContender } from '../contender.ts'

/** The whole report about each credential; what the chain answers was heard from a real one before and is given from memory. */
export const open: OpenContender = async (task) => {
  useSha256(nativeSha256)
  const count = numberOf(task, 'count')
  const size = numberOf(task, 'size')
  const world = await openWorld()
  const { root, credentials } = issuedSample(size, {
    registry: world.registry,
    account: { chainId, address: world.accounts.issuer },
  })
  await write(world, world.accounts.issuer, 'anchor', [root, size])
  const provider = remembering(world.provider)
  const readers = {
    chain: () => ({ label: 'chain in memory', provider }),
    document: () => Promise.reject(new Error('nothing else is read')),
  }
  const trust = trusting(world)
  const now = Date.now()
  const documents = credentials.slice(0, count)
  return {
    async run() {
      let matching = 0
      for (const document of documents) {
        const { checks } = await verifyCredential(document, { readers, trust, now })
        const isValid = (name: string) =>
          checks.some((check) => check.name === name && check.outcome === 'valid')
        if (['integrity', 'anchor', 'status'].every(isValid)) matching += 1
      }
      return matching
    },
  }
}

/** Asks once and gives the same answer ever after. */
function remembering(provider: Eip1193Provider): Eip1193Provider {
  const answers = new Map<string, unknown>()
  return {
    async request(call) {
      const key = `${call.method} ${JSON.stringify(call.params)}`
      if (!answers.has(key)) answers.set(key, await provider.request(call))
      return answers.get(key)
    },
  }
}
