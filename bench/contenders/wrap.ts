import { anchoredTextOf } from '../../core/anchored-text.ts'
import { hashLeaves } from '../../core/batch-hash.ts'
import { fill, unpackValues } from '../../core/credential-template.ts'
import { createMaker, uuidText } from '../../core/making.ts'
import { treeOver } from '../../core/tree.ts'
import { nativeHashes, nativeMultibase } from '../../server/native-hash.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { drawnAt, learnerAt, terms } from '../sample.ts'

/** A batch as it is issued: from learners to credentials, each with its anchor proof and given to whoever wants it before the next is made. */
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
      const { account, registry } = terms
      const target = { chainId: account.chainId, registry, issuer: account.address }
      const anchored = anchoredTextOf(target, tree, nativeMultibase)
      let written = 0
      for (const [i, { id, template, values, salt }] of made.entries()) {
        const text = fill(template.document, unpackValues(values, `urn:uuid:${uuidText(id)}`, i))
        written += anchored(text, i, salt).length
      }
      return written
    },
  }
}
