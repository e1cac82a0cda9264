import { rootFrom } from './tree-path.ts'

/** The root that a leaf and its siblings lead to. */
export type FindRoot = (leaf: Uint8Array, siblings: readonly Uint8Array[]) => Uint8Array

/** Levels below a root whose nodes are remembered: 1,024 nodes of a batch at most. */
const upperLevels = 10
/** Some 500 bytes each. */
const mostNodes = 8192

interface Known {
  readonly siblings: readonly Uint8Array[]
  readonly root: Uint8Array
}

/**
 * A finder of roots for many credentials of few batches: from a node on that it has met with the same siblings above, nothing is
 * hashed again. It answers what `rootFrom` does for every leaf and every siblings, which are untrusted.
 */
export function knowingNodes(): FindRoot {
  const known = new Map<string, Known>()
  return (leaf, siblings) => {
    const cut = siblings.length - upperLevels
    if (cut < 1) return rootFrom(leaf, siblings)
    const node = rootFrom(leaf, siblings.slice(0, cut))
    const key = String.fromCharCode(...node)
    const held = known.get(key)
    if (held && isSame(held.siblings, siblings, cut)) return held.root
    const above = siblings.slice(cut)
    const root = rootFrom(node, above)
    if (known.size >= mostNodes) known.clear()
    known.set(key, { siblings: above, root })
    return root
  }
}

function isSame(held: readonly Uint8Array[], siblings: readonly Uint8Array[], cut: number) {
  return held.every((node, i) => {
    const other = siblings[cut + i] as Uint8Array
    for (let at = 0; at < 32; at++) if (node[at] !== other[at]) return false
    return true
  })
}
