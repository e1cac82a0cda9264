import { generate } from '@digitalbazaar/ed25519-multikey'
import { issueElsewhere } from '../../test/core/digital-bazaar.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { credentialAt } from '../sample.ts'

/** The same credentials, each signed with eddsa-rdfc-2022 and contexts at hand. */
export const open: OpenContender = async (task) => {
  const size = numberOf(task, 'size')
  const key = (await generate({ seed: new Uint8Array(32).fill(7) })) as object
  const pair = key as { readonly publicKeyMultibase: string; id: string; controller: string }
  const did = `did:key:${pair.publicKeyMultibase}`
  Object.assign(pair, { id: `${did}#${pair.publicKeyMultibase}`, controller: did })
  const signer = (key as { signer: () => object }).signer()
  const credentials = Array.from({ length: size }, (_, row) => ({
    ...credentialAt(row),
    issuer: { id: did, type: ['Profile'], name: 'Northfield University of Applied Sciences' },
  }))
  return {
    async run() {
      for (const credential of credentials) {
        await issueElsewhere(credential, 'eddsa-rdfc-2022', signer)
      }
      return size
    },
  }
}
