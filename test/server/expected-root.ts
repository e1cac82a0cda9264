import { createCipheriv } from 'node:crypto'
import { MerkleTree } from 'merkletreejs'
import { makeCredential } from '../../core/credential.ts'
import { digestOf } from '../../core/digest.ts'
import { drawFrom } from '../../core/draw.ts'
import { keccak256 } from '../../core/hash.ts'
import type { Learner } from '../../core/learner.ts'
import { uuidUrn } from '../../core/making.ts'
import { permutation } from '../../core/permutation.ts'
import { leafOf } from '../../core/tree-path.ts'
import type { Build } from '../../server/builds.ts'

/** The root that a build leads to, computed without the service, its template and its tree. */
export function rootOf(
  { terms, size, seed }: Pick<Build, 'terms' | 'size' | 'seed'>,
  roster: readonly Learner[],
): string {
  const order = permutation(size, drawFrom(seed, 'batch'))
  const key = drawFrom(seed, 'credentials')(32)
  const leaves: Buffer[] = []
  for (const [place, learner] of roster.entries()) {
    const statusIndex = order[place] as number
    const counter = Buffer.alloc(16)
    counter.writeUInt32BE(statusIndex * 4, 12)
    const drawn = createCipheriv('aes-256-ctr', key, counter).update(Buffer.alloc(64))
    const credential = makeCredential(terms, learner, {
      id: uuidUrn(() => drawn.subarray(0, 16)),
      statusIndex,
      identitySalt: drawn.subarray(16, 32),
    })
    leaves[statusIndex] = Buffer.from(leafOf(digestOf(credential, drawn.subarray(32)), statusIndex))
  }
  const hash = (data: Buffer) => Buffer.from(keccak256(data))
  return new MerkleTree(leaves, hash, { sortPairs: true }).getHexRoot()
}
