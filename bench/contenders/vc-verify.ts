import { issueElsewhere, verifyElsewhere } from '../../test/core/digital-bazaar.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { vcSample } from '../vc-sample.ts'

/** The signatures of credentials with the same content, with contexts and key at hand. */
export const open: OpenContender = async (task) => {
  const { credentials, signer } = await vcSample(numberOf(task, 'count'))
  const signed = await Promise.all(
    credentials.map((credential) => issueElsewhere(credential, 'eddsa-rdfc-2022', signer)),
  )
  return {
    async run() {
      let valid = 0
      for (const credential of signed) {
        const outcome = await verifyElsewhere(credential, 'eddsa-rdfc-2022')
        if (outcome !== true) throw new Error(outcome)
        valid += 1
      }
      return valid
    },
  }
}
