import { permutation } from '../../core/batch.ts'
import { toHex } from '../../core/bytes.ts'
import { drawFrom } from '../../core/draw.ts'
import { createRosterReader } from '../../core/roster-reader.ts'
import { type Split, subtreeCount, subtreeSize, topTree } from '../../core/split-tree.ts'
import { rootOf } from '../../core/tree.ts'
import { openMaking } from '../../server/making.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { seed } from '../draws.ts'
import { rosterLines, terms } from '../sample.ts'

const chunkSize = 1000

/** The same on two threads of the service that make credentials; this one reads the roster first and waits then. Rows for the database are written, too. */
export const open: OpenContender = (task) => {
  const size = numberOf(task, 'size')
  const pieces = Array.from(rosterLines(size), (lines) => new TextEncoder().encode(lines))
  const threads = [openMaking(), openMaking()]
  const tree = { size, height: Math.min(16, Math.max(1, Math.ceil(Math.log2(size)) - 4)) }
  return {
    async run() {
      const dealt = deal(pieces, tree)
      const roots: Uint8Array[] = []
      let next = 0
      await Promise.all(
        threads.map(async (thread) => {
          for (let subtree = next++; subtree < dealt.length; subtree = next++) {
            const range = { first: subtree * 2 ** tree.height, size: subtreeSize(tree, subtree) }
            const session = await thread.begin({ terms, seed, ...range }, [
              dealt[subtree] as string,
            ])
            let made: Promise<unknown> = Promise.resolve()
            for (let from = 0; from < range.size; from += chunkSize) {
              const next = session.make(from, Math.min(from + chunkSize, range.size))
              await made
              made = next
            }
            await made
            roots[subtree] = (await session.finish()).slice(-32)
            session.close()
          }
        }),
      )
      return toHex(rootOf(topTree(roots)))
    },
  }
}

/** The learners of each subtree, a line each with its status index. */
function deal(pieces: readonly Uint8Array[], tree: Split): readonly string[] {
  const reader = createRosterReader('csv')
  const order = permutation(tree.size, drawFrom(seed, 'batch'))
  const dealt = Array.from({ length: subtreeCount(tree) }, () => '')
  let place = 0
  const take = (learners: ReturnType<typeof reader.push>) => {
    for (const learner of learners) {
      const at = order[place++] as number
      dealt[at >>> tree.height] += `${at}\t${JSON.stringify(learner)}\n`
    }
  }
  for (const piece of pieces) take(reader.push(piece))
  take(reader.end())
  return dealt
}
