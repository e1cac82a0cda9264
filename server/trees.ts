import { type Kysely, sql } from 'kysely'
import { invariant } from '../core/error.ts'
import { splitSiblingOffsets, subtreeCount, subtreeSize } from '../core/split-tree.ts'
import { type Tile, tileHeight, tileWidth } from '../core/tile.ts'
import { levelOffsets } from '../core/tree.ts'
import { siblingOffsets } from '../core/tree-path.ts'
import type { StoredTree } from './subtrees.ts'
import type { Tables } from './tables.ts'

/** The stored batch trees. Those that many ask for are kept in memory, up to a bound. */
export interface Trees {
  /** Sibling hashes of one leaf. */
  readonly siblings: (tree: StoredTree, statusIndex: number) => Promise<readonly Uint8Array[]>
  /** The same where they are in memory: copies them, 32 bytes each, and tells how many there are; -1 where they are not. */
  readonly copyAtHand: (tree: StoredTree, statusIndex: number, into: Uint8Array) => number
  /** Leaves from a status index on, 32 bytes each. */
  readonly leaves: (tree: StoredTree, first: number, count: number) => Promise<Uint8Array>
  /** The nodes of a tile, 32 bytes each. */
  readonly tile: (tree: StoredTree, tile: Tile) => Promise<Uint8Array>
}

/** Where nodes are stored: a subtree, or the tree that stands with the batch. */
type Part = number | undefined

/** Where some nodes lie: node offsets within parts. */
type Places = readonly { readonly part: Part; readonly offsets: readonly number[] }[]

/** A whole tree of two million leaves; one of more is served with what of it is asked for most. */
const mostBytes = 128 << 20
/** Reads of single nodes of a part until the whole of it is worth the memory. */
const readsUntilKept = 4
const mostCounted = 1000

export function openTrees(db: Kysely<Tables>): Trees {
  /** The least recently used stands first. */
  const kept = new Map<string, Uint8Array>()
  let keptBytes = 0
  const reads = new Map<string, number>()
  const underWay = new Map<string, Promise<void>>()

  const atHand = (id: string, part: Part): Uint8Array | undefined => {
    const name = nameOf(id, part)
    const nodes = kept.get(name)
    if (nodes) {
      kept.delete(name)
      kept.set(name, nodes)
    }
    return nodes
  }
  const keep = (name: string, nodes: Uint8Array) => {
    if (kept.has(name) || nodes.length > mostBytes) return
    kept.set(name, nodes)
    keptBytes += nodes.length
    for (const [oldest, { length }] of kept) {
      if (keptBytes <= mostBytes) break
      kept.delete(oldest)
      keptBytes -= length
    }
  }
  /** Reads a part as a whole once it was asked for often; those who ask meanwhile do not wait for it. */
  const noteRead = (id: string, part: Part) => {
    const name = nameOf(id, part)
    const count = (reads.get(name) ?? 0) + 1
    if (reads.size > mostCounted) reads.clear()
    reads.set(name, count)
    if (count < readsUntilKept || underWay.has(name)) return
    const reading = readPart(db, id, part)
      .then((nodes) => nodes && keep(name, nodes))
      // Whoever needs them is told by the read of their own.
      .catch(() => undefined)
      .finally(() => underWay.delete(name))
    underWay.set(name, reading)
    reads.delete(name)
  }
  const readPlace = async (id: string, { part, offsets }: Places[number]) => {
    if (offsets.length === 0) return []
    const nodes = atHand(id, part)
    if (nodes) return offsets.map((offset) => nodes.subarray(offset * 32, offset * 32 + 32))
    noteRead(id, part)
    return readNodes(db, id, part, offsets)
  }
  const readRanges = async (tree: StoredTree, level: number, first: number, count: number) => {
    const parts = await Promise.all(
      rangesOf(tree, level, first, count).map(async ({ part, offset, count: some }) => {
        const nodes = atHand(tree.id, part)
        return nodes
          ? nodes.subarray(offset * 32, (offset + some) * 32)
          : readRange(db, tree.id, part, offset, some)
      }),
    )
    return Buffer.concat(parts)
  }
  return {
    copyAtHand(tree, statusIndex, into) {
      let count = 0
      for (const { part, offsets } of placesOf(tree, statusIndex)) {
        if (offsets.length === 0) continue
        const nodes = atHand(tree.id, part)
        if (!nodes) return -1
        for (const offset of offsets) {
          into.set(nodes.subarray(offset * 32, offset * 32 + 32), 32 * count++)
        }
      }
      return count
    },
    async siblings(tree, statusIndex) {
      const places = placesOf(tree, statusIndex)
      const found = await Promise.all(places.map((place) => readPlace(tree.id, place)))
      return found.flat()
    },
    leaves: (tree, first, count) => readRanges(tree, 0, first, count),
    tile: (tree, { level, at, width }) =>
      readRanges(tree, level * tileHeight, at * tileWidth, width),
  }
}

function nameOf(id: string, part: Part): string {
  return part === undefined ? id : `${id} ${part}`
}

function placesOf({ size, subtree_height: height }: StoredTree, statusIndex: number): Places {
  if (height === null) return [{ part: undefined, offsets: siblingOffsets(size, statusIndex) }]
  const { subtree, inside, above } = splitSiblingOffsets({ size, height }, statusIndex)
  return [
    { part: subtree, offsets: inside },
    { part: undefined, offsets: above },
  ]
}

/** Where neighbouring nodes of a level lie, in order. */
function rangesOf(
  { size, subtree_height: height }: StoredTree,
  level: number,
  first: number,
  count: number,
): readonly { readonly part: Part; readonly offset: number; readonly count: number }[] {
  if (height === null || level >= height) {
    const over = height === null ? size : subtreeCount({ size, height })
    const start = levelOffsets(over)[level - (height ?? 0)] as number
    return [{ part: undefined, offset: start + first, count }]
  }
  const ranges: { part: Part; offset: number; count: number }[] = []
  const width = 2 ** (height - level)
  for (let node = first; node < first + count; ) {
    const subtree = Math.floor(node / width)
    const levels = levelOffsets(subtreeSize({ size, height }, subtree))
    const next = Math.min(first + count, (subtree + 1) * width)
    // The root of a last subtree with fewer levels is promoted to this one.
    const start = levels[Math.min(level, levels.length - 1)] as number
    ranges.push({ part: subtree, offset: start + (node - subtree * width), count: next - node })
    node = next
  }
  return ranges
}

/** Single nodes of a part; the database reads these and no others. */
async function readNodes(
  db: Kysely<Tables>,
  id: string,
  part: Part,
  offsets: readonly number[],
): Promise<readonly Uint8Array[]> {
  const pieces = offsets.map(
    (offset) => sql`substring(nodes from ${sql.lit(offset * 32 + 1)} for 32)`,
  )
  const joined = await select(db, id, part, sql<Uint8Array>`${sql.join(pieces, sql` || `)}`)
  invariant(joined?.length === offsets.length * 32, 'the stored nodes of a batch tree')
  return offsets.map((_, i) => Uint8Array.from(joined.subarray(i * 32, (i + 1) * 32)))
}

async function readRange(
  db: Kysely<Tables>,
  id: string,
  part: Part,
  offset: number,
  count: number,
): Promise<Uint8Array> {
  const range = sql<Uint8Array>`
    substring(nodes from ${sql.lit(offset * 32 + 1)} for ${sql.lit(count * 32)})`
  const nodes = await select(db, id, part, range)
  invariant(nodes?.length === count * 32, 'the stored nodes of a batch tree')
  return nodes
}

async function readPart(
  db: Kysely<Tables>,
  id: string,
  part: Part,
): Promise<Uint8Array | undefined> {
  return select(db, id, part, sql<Uint8Array>`nodes`)
}

async function select(
  db: Kysely<Tables>,
  id: string,
  part: Part,
  nodes: ReturnType<typeof sql<Uint8Array>>,
): Promise<Uint8Array | undefined> {
  const row =
    part === undefined
      ? await db
          .selectFrom('batches')
          .select(nodes.as('nodes'))
          .where('id', '=', id)
          .executeTakeFirst()
      : await db
          .selectFrom('subtrees')
          .select(nodes.as('nodes'))
          .where('batch_id', '=', id)
          .where('subtree', '=', part)
          .executeTakeFirst()
  return row?.nodes
}
