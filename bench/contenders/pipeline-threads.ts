import { toHex } from '../../core/bytes.ts'
import { drawFrom } from '../../core/draw.ts'
import { permutation } from '../../core/permutation.ts'
import { createRosterCutter, type RosterPiece } from '../../core/roster-cutter.ts'
import { readPiece } from '../../core/roster-piece.ts'
import { gatherFindings } from '../../core/roster-reader.ts'
import { type Split, subtreeCount, subtreeSize, topTree } from '../../core/split-tree.ts'
import { rootOf } from '../../core/tree.ts'
import { type Making, openMaking, type ReadPart } from '../../server/making.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { seed } from '../draws.ts'
import { rosterLines, terms } from '../sample.ts'

/**
 * The same by two threads of the service that make credentials: they read pieces of the roster, deal its learners, and make subtrees.
 *
 * This thread cuts the roster, draws the order, and sees that no learner stands there twice.
 */
export const open: OpenContender = (task) => {
  const size = numberOf(task, 'size')
  const pieces = Array.from(rosterLines(size), (lines) => new TextEncoder().encode(lines))
  const threads = [openMaking(), openMaking()]
  const tree = { size, height: Math.min(16, Math.max(1, Math.ceil(Math.log2(size)) - 4)) }
  return {
    async run() {
      const read = await readAll(threads, pieces)
      const dealt = await dealAll(threads, read, tree)
      const subtrees = Array.from({ length: subtreeCount(tree) }, (_, i) => i)
      const roots = await byAll(threads, subtrees, async (thread, subtree) => {
        const range = { first: subtree * 2 ** tree.height, size: subtreeSize(tree, subtree) }
        const session = await thread.begin(
          { terms, seed, ...range },
          dealt[subtree] as readonly string[],
        )
        const nodes = await session.finish()
        session.close()
        return nodes.slice(-32)
      })
      return toHex(rootOf(topTree(roots)))
    },
  }
}

/** Has each thread take the next item whenever it is done with one, and one ahead. Results are in the order of the items. */
async function byAll<Item, Result>(
  threads: readonly Making[],
  items: Iterable<Item>,
  work: (thread: Making, item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const source = items[Symbol.iterator]()
  let taken = 0
  const takeTurns = async (thread: Making) => {
    for (let next = source.next(); !next.done; next = source.next()) {
      const place = taken++
      results[place] = await work(thread, next.value)
    }
  }
  await Promise.all(threads.flatMap((thread) => [takeTurns(thread), takeTurns(thread)]))
  return results
}

async function readAll(
  threads: readonly Making[],
  pieces: readonly Uint8Array[],
): Promise<readonly ReadPart[]> {
  const cutter = createRosterCutter('csv')
  const [head = new Uint8Array(), ...others] = pieces
  const { header } = readPiece('csv', cutter.push(head) as RosterPiece, undefined)
  const parts = await byAll(threads, cut(), (thread, piece) => thread.read('csv', piece, header))
  const gathering = gatherFindings()
  for (const part of parts) gathering.add(part, part.count)
  const [problem] = gathering.found().problems
  if (problem) throw new Error(`the roster has a problem: ${problem.message}`)
  return parts

  function* cut(): Generator<RosterPiece> {
    for (const bytes of others) {
      const piece = cutter.push(bytes)
      if (piece) yield piece
    }
    const last = cutter.end()
    if (last) yield last
  }
}

/** The learners of each subtree. */
async function dealAll(
  threads: readonly Making[],
  parts: readonly ReadPart[],
  tree: Split,
): Promise<readonly (readonly string[])[]> {
  const order = permutation(tree.size, drawFrom(seed, 'batch'))
  const dealt: string[][] = Array.from({ length: subtreeCount(tree) }, () => [])
  await byAll(threads, withOrder(), async (thread, { rows, own }) => {
    for (const [subtree, text] of await thread.deal(rows, own, tree.height)) {
      dealt[subtree]?.push(text)
    }
  })
  return dealt

  function* withOrder() {
    let place = 0
    for (const { rows, count } of parts) {
      yield { rows, own: order.slice(place, place + count) }
      place += count
    }
  }
}
