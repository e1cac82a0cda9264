import { issueElsewhere } from '../../test/core/digital-bazaar.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { vcSample } from '../vc-sample.ts'

/** Credentials with the same content, each signed with eddsa-rdfc-2022, contexts at hand. */
export const open: OpenContender = async (task) => {
  const size = numberOf(task, 'size')
  const { credentials, signer } = await vcSample(size)
  return {
    async run() {
      for (const credential of credentials) {
        await issueElsewhere(credential, 'eddsa-rdfc-2022', signer)
      }
      return size
    },
  }
}
