import { toHex } from '../../core/bytes.ts'
import { digestOf } from '../../core/digest.ts'
import { parseCredential } from '../../core/format.ts'
import { useSha256 } from '../../core/hash.ts'
import { assertJson } from '../../core/i-json.ts'
import { parseProofs } from '../../core/proof.ts'
import { leafOf, rootFrom } from '../../core/tree-path.ts'
import { nativeSha256 } from '../../server/native-hash.ts'
import { issuedSample } from '../batch-sample.ts'
import { numberOf, type OpenContender } from '../contender.ts'

/** Whether each document is well formed and leads, byte for byte, to the root that is known. What the chain says of that root is not asked on either side. */
export const open: OpenContender = (task) => {
  useSha256(nativeSha256)
  const count = numberOf(task, 'count')
  const { root, credentials } = issuedSample(numberOf(task, 'size'))
  const documents = credentials.slice(0, count)
  return {
    run() {
      let matching = 0
      for (const document of documents) {
        const { document: checked } = parseCredential(assertJson(document))
        const { anchor } = parseProofs(checked)
        if (!anchor) continue
        const leaf = leafOf(digestOf(checked, anchor.salt), anchor.statusIndex)
        if (toHex(rootFrom(leaf, anchor.siblings)) === root) matching += 1
      }
      return matching
    },
  }
}
