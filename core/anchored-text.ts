import type { AnchorTarget } from './batch.ts'
import { toMultibase } from './bytes.ts'
import { invariant } from './error.ts'
import { anchorProofMember, encodeAnchorProof } from './proof.ts'
import type { Tree } from './tree.ts'
import { maxSiblings, siblingOffsets } from './tree-path.ts'

/** Writes credentials of one batch as their holders get them: the JSON text of a document without proofs becomes that with its anchor proof. */
export type AnchoredText = (document: string, statusIndex: number, salt: Uint8Array) => string

/** Bytes of an anchor proof before the siblings (format rule 7). */
const headLength = 7 * 32

/**
 * A writer for a batch that is at hand. All that its proofs share is written out once.
 *
 * `toText` is multibase base64url of bytes (the letter u first); a platform that has base64 built in is many times faster.
 */
export function anchoredTextOf(
  target: AnchorTarget,
  tree: Tree,
  toText: (bytes: Uint8Array) => string = toMultibase,
): AnchoredText {
  const empty = { ...target, statusIndex: 0, salt: new Uint8Array(32), siblings: [] }
  const bytes = new Uint8Array(headLength + maxSiblings * 32)
  bytes.set(encodeAnchorProof(empty))
  const words = new DataView(bytes.buffer)
  const mark = toMultibase(encodeAnchorProof(empty))
  const [before, after] = JSON.stringify(anchorProofMember(empty)).split(mark)
  /** Which nodes stand in the buffer: neighbours have all but a few siblings in common. */
  let placed: readonly number[] = []
  return (document, statusIndex, salt) => {
    invariant(document.endsWith('}') && salt.length === 32, 'a document and its salt')
    const offsets = siblingOffsets(tree.size, statusIndex)
    words.setUint32(4 * 32 - 4, statusIndex)
    bytes.set(salt, 4 * 32)
    words.setUint32(headLength - 4, offsets.length)
    for (let i = 0; i < offsets.length; i++) {
      if (offsets[i] === placed[i]) continue
      const from = (offsets[i] as number) * 32
      bytes.set(tree.nodes.subarray(from, from + 32), headLength + i * 32)
    }
    placed = offsets
    const value = toText(bytes.subarray(0, headLength + offsets.length * 32))
    return `${document.slice(0, -1)},"proof":[${before}${value}${after}]}`
  }
}
