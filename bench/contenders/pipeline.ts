import { hashLeaves } from '../../core/batch-hash.ts'
import { toHex } from '../../core/bytes.ts'
import { drawFrom } from '../../core/draw.ts'
import type { Learner } from '../../core/learner.ts'
import { createMaker, drawnLength } from '../../core/making.ts'
import { permutation } from '../../core/permutation.ts'
import { createRosterReader } from '../../core/roster-reader.ts'
import { completeTree, rootOf, treeBytes } from '../../core/tree.ts'
import { nativeHashes } from '../../server/native-hash.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { drawnBytes, seed } from '../draws.ts'
import { rosterLines, terms } from '../sample.ts'

/** From the bytes of a roster to the root of its batch, on this thread alone. */
export const open: OpenContender = (task) => {
  const size = numberOf(task, 'size')
  const pieces = Array.from(rosterLines(size), (lines) => new TextEncoder().encode(lines))
  return {
    run() {
      const learners = readLearners(pieces)
      const order = permutation(size, drawFrom(seed, 'batch'))
      const drawn = drawnBytes(size)
      const make = createMaker(terms, nativeHashes)
      const nodes = new Uint8Array(treeBytes(size))
      for (const [i, learner] of learners.entries()) {
        const at = order[i] as number
        const own = drawn.subarray(at * drawnLength, (at + 1) * drawnLength)
        make(learner, at, own, nodes, at * 32)
      }
      hashLeaves(nodes.subarray(0, size * 32), 0)
      return toHex(rootOf(completeTree(nodes, size)))
    },
  }
}

function readLearners(pieces: readonly Uint8Array[]): readonly Learner[] {
  const reader = createRosterReader('csv')
  const learners: Learner[] = []
  for (const piece of pieces) for (const learner of reader.push(piece)) learners.push(learner)
  for (const learner of reader.end()) learners.push(learner)
  const [problem] = reader.found().problems
  if (problem) throw new Error(`the roster has a problem: ${problem.message}`)
  return learners
}
