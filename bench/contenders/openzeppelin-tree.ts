import { SimpleMerkleTree, StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { toHex } from '../../core/bytes.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { digests } from '../sample.ts'

/** The tree of (digest, index) pairs, which it turns into leaves; over digests that count as leaves where `bare` is set. */
export const open: OpenContender = (task) => {
  const size = numberOf(task, 'size')
  const bytes = digests(size)
  const hex = Array.from({ length: size }, (_, i) => toHex(bytes.subarray(i * 32, i * 32 + 32)))
  if (task['bare']) return { run: () => SimpleMerkleTree.of(hex).root }
  const pairs = hex.map((digest, i): [string, number] => [digest, i])
  return { run: () => StandardMerkleTree.of(pairs, ['bytes32', 'uint256']).root }
}
