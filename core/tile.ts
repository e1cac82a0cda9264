import { InvalidInputError, invariant } from './error.ts'
import { levelOffsets, siblingsOf, type Tree, treeOver } from './tree.ts'

/** Levels of the tree from one level of tiles to the next. */
export const tileHeight = 8

/** Nodes of a whole tile. */
export const tileWidth = 2 ** tileHeight

/**
 * Neighbouring nodes of a batch tree: `width` nodes of tree level 8 × `level`, from node 256 × `at` on. Only the last tile of a level is less than 256 wide.
 *
 * The inner levels of a tile follow from its nodes, and its root is a node of the tile above. A batch tree never changes, so neither does a tile.
 */
export interface Tile {
  readonly level: number
  readonly at: number
  readonly width: number
}

/** How many levels of tiles a tree of `size` leaves has: the nodes of the last fit one tile. */
export function tileLevels(size: number): number {
  invariant(Number.isInteger(size) && size > 0, 'a tree has a leaf')
  let levels = 1
  for (let width = size; width > tileWidth; width = Math.ceil(width / tileWidth)) levels++
  return levels
}

/** The tiles that a proof of the leaf at `index` is made from, leaves first: at most 4 for a batch of 32-bit size. */
export function tilesOf(size: number, index: number): readonly Tile[] {
  invariant(Number.isInteger(index) && index >= 0 && index < size, 'index within the batch')
  return Array.from({ length: tileLevels(size) }, (_, level) =>
    tileAt(size, level, Math.floor(index / tileWidth ** (level + 1))),
  )
}

/** Node offset in the flat tree of a tile's first node, for whoever keeps the nodes elsewhere. */
export function tileOffset(size: number, { level, at }: Tile): number {
  return (levelOffsets(size)[level * tileHeight] as number) + at * tileWidth
}

/** The nodes of a tile, 32 bytes each. */
export function tileNodes(tree: Tree, tile: Tile): Uint8Array {
  const from = tileOffset(tree.size, tile)
  return tree.nodes.slice(from * 32, (from + tile.width) * 32)
}

/**
 * Sibling hashes from the leaf at `index` to the root, out of the nodes of `tilesOf`, in their order.
 *
 * The tiles are not compared with one another: whoever does not trust where they come from compares the root that leaf and siblings lead to.
 */
export function siblingsFromTiles(
  size: number,
  index: number,
  nodes: readonly Uint8Array[],
): readonly Uint8Array[] {
  return tilesOf(size, index).flatMap((tile, level) => {
    const own = nodes[level]
    // Tiles may come from elsewhere: their length is checked before anything is made of them.
    if (own?.length !== tile.width * 32)
      throw new InvalidInputError(
        'tile_malformed',
        `${tilePath(tile)} has ${own?.length ?? 0} bytes; expected ${tile.width * 32}`,
        `/${level}`,
      )
    return siblingsOf(treeOver(own), Math.floor(index / tileWidth ** level) % tileWidth)
  })
}

/** The path of a tile, in the manner of C2SP tlog-tiles: `0/x001/067`, and `0/x001/067.p/40` for one of 40 nodes. */
export function tilePath({ level, at, width }: Tile): string {
  const groups = [String(at % 1000).padStart(3, '0')]
  for (let rest = Math.floor(at / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  }
  return `${level}/${groups.join('/')}${width < tileWidth ? `.p/${width}` : ''}`
}

/** The tile of a tree that a path names; refuses tiles that the tree does not have, and a second spelling of one that it has. */
export function parseTilePath(size: number, path: string): Tile {
  // The path is anybody's: at most 10 million tiles of a 32-bit tree fit three groups.
  const [, level, number] = /^(\d)\/((?:x\d{3}\/){0,2}\d{3})(?:\.p\/\d{1,3})?$/.exec(path) ?? []
  if (level !== undefined && number !== undefined && Number(level) < tileLevels(size)) {
    const at = Number(number.replaceAll(/[x/]/g, ''))
    if (at * tileWidth ** (Number(level) + 1) < size) {
      const tile = tileAt(size, Number(level), at)
      if (tilePath(tile) === path) return tile
    }
  }
  throw new InvalidInputError(
    'tile_unknown',
    `a tree of ${size} leaves has no tile of this name; expected the level, 0 to ${tileLevels(size) - 1}, and the number, such as ${tilePath(tileAt(size, 0, 0))}`,
  )
}

function tileAt(size: number, level: number, at: number): Tile {
  const width = Math.ceil(size / tileWidth ** level) - at * tileWidth
  return { level, at, width: Math.min(width, tileWidth) }
}
