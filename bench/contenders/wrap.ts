import { hashLeaves } from '../../core/batch-hash.ts'
import { fill, unpackValues } from '../../core/credential-template.ts'
import { createMaker, uuidText } from '../../core/making.ts'
import { attachAnchorProof } from '../../core/proof.ts'
import { siblingsOf, treeOver } from '../../core/tree.ts'
import { nativeHashes } from '../../server/native-hash.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { drawnAt, learnerAt, terms } from '../sample.ts'

/** A batch as it is issued: from learners to credentials, each with its anchor proof. */
export const open: OpenContender = (task) => {
  const size = numberOf(task, 'size')
  const learners = Array.from({ length: size }, (_, row) => learnerAt(row))
  const drawn = learners.map((_, row) => drawnAt(row))
  return {
    run() {
      const make = createMaker(terms, nativeHashes)
      const leaves = new Uint8Array(size * 32)
      const made = learners.map((learner, i) =>
        make(learner, i, drawn[i] as Uint8Array, leaves, i * 32),
      )
      hashLeaves(leaves, 0)
      const tree = treeOver(leaves)
      const credentials = made.map(({ id, template, values, salt }, i) => {
        const text = fill(template.document, unpackValues(values, `urn:uuid:${uuidText(id)}`, i))
        return attachAnchorProof(JSON.parse(text), {
          chainId: terms.account.chainId,
          registry: terms.registry,
          issuer: terms.account.address,
          statusIndex: i,
          salt,
          siblings: siblingsOf(tree, i),
        })
      })
      return credentials.length
    },
  }
}
