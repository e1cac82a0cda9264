import { hashLeaves, hashLevels } from '../../core/batch-hash.ts'
import { toHex } from '../../core/bytes.ts'
import { scalar } from '../../core/kernel/scalar.ts'
import { levelOffsets, rootOf, treeBytes, treeOver } from '../../core/tree.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { digests } from '../sample.ts'

/** Leaves from digests, and the tree over them, as a batch is built. Without vectors where `scalar` is set; over digests that count as leaves where `bare` is. */
export const open: OpenContender = (task) => {
  const size = numberOf(task, 'size')
  const input = digests(size)
  if (task['scalar']) return { run: () => scalarTree(input, size) }
  return {
    run() {
      if (task['bare']) return toHex(rootOf(treeOver(input)))
      const leaves = input.slice()
      hashLeaves(leaves, 0)
      return toHex(rootOf(treeOver(leaves)))
    },
  }
}

function scalarTree(leaves: Uint8Array, size: number): string {
  const nodes = new Uint8Array(treeBytes(size))
  nodes.set(leaves)
  hashLevels(nodes, levelOffsets(size), scalar)
  return toHex(nodes.slice(-32))
}
