import { InvalidInputError } from '../../core/error.ts'
import type { Output } from '../output.ts'
import type { AnchoredBatch } from './chain.ts'
import type { Finding, Scope } from './findings.ts'
import type { HeldLeaf } from './held.ts'
import type { ReadPublished } from './publisher.ts'
import { type RebuiltTree, rebuildTree } from './rebuild.ts'

/** What a service publishes of an anchored batch. */
export interface PublishedBatch {
  readonly root: string
  readonly service: string
  /** As the service names it; `undefined` where it does not tell. */
  readonly id: string | undefined
  /** The tree of the published leaves, or why they lead to none. */
  readonly tree: RebuiltTree | InvalidInputError
  /** Credentials at hand whose leaf is not where their status index says. */
  readonly misplaced: readonly HeldLeaf[]
}

export interface Published {
  readonly batches: readonly PublishedBatch[]
  /** Roots of which a service could not say whether it has them. */
  readonly unread: readonly Finding[]
}

/** Thirty-two megabytes: more leaves than any batch of this software has. */
const expected = { maxBytes: 32 * 1_000_000, type: /^application\/octet-stream\b/i }

/** Asks the services, in the order given, for the leaves of each batch, and rebuilds their trees. */
export async function readAllPublished(
  services: readonly string[],
  readPublished: ReadPublished,
  anchored: readonly AnchoredBatch[],
  { issuer }: Scope,
  held: readonly HeldLeaf[],
  output: Output,
): Promise<Published> {
  const batches: PublishedBatch[] = []
  const unread: Finding[] = []
  const progress = output.progress('Leaves', anchored.length)
  for (const { root, sequence } of services.length > 0 ? anchored : []) {
    const whys: string[] = []
    let found: PublishedBatch | undefined
    for (const service of services) {
      const answer = await readPublished(`${service}/leaves/${issuer}/${root}`, expected)
      if (answer.kind === 'unread') whys.push(answer.why)
      if (answer.kind !== 'found') continue
      const id = /^\/batches\/([0-9a-f-]{36})\/leaves$/.exec(answer.location)?.[1]
      const misplaced = held.filter((each) => each.root === root && !isInPlace(each, answer.bytes))
      found = { root, service, id, tree: rebuild(answer.bytes), misplaced }
      break
    }
    if (found) batches.push(found)
    else if (whys.length > 0) {
      unread.push({ code: 'leaves_unread', message: `${whys.join('; ')}.`, sequence, root })
    }
    progress.step()
  }
  progress.stop()
  return { batches, unread }
}

function isInPlace({ leaf, statusIndex }: HeldLeaf, bytes: Uint8Array): boolean {
  return leaf.equals(bytes.subarray(statusIndex * 32, statusIndex * 32 + 32))
}

function rebuild(bytes: Uint8Array): RebuiltTree | InvalidInputError {
  try {
    return rebuildTree(bytes)
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return thrown
    throw thrown
  }
}

/** Where published leaves differ from what is anchored. */
export function findPublishedDifferences(
  anchored: readonly AnchoredBatch[],
  published: readonly PublishedBatch[],
): readonly Finding[] {
  const byRoot = new Map(anchored.map((batch) => [batch.root, batch]))
  return published.flatMap(({ root, service, tree, misplaced }) => {
    const batch = byRoot.get(root)
    if (!batch) return []
    const { sequence, size } = batch
    const place = { sequence, root, file: service }
    if (tree instanceof InvalidInputError) {
      return [{ code: tree.code, message: `Its leaves cannot be used: ${tree.message}.`, ...place }]
    }
    if (tree.root !== root) {
      const message = `The ${tree.size} leaves of batch number ${sequence} lead to root ${tree.root}, not to the one that is anchored.`
      return [{ code: 'leaves_altered', message, ...place }]
    }
    if (misplaced.length > 0) {
      const [first] = misplaced
      const message = `The published leaves of batch number ${sequence} lead to its root, but the leaf at status index ${first?.statusIndex} is not that of the credential in ${first?.file}.`
      return [{ code: 'leaves_differ', message, ...place }]
    }
    if (tree.size === size) return []
    const message = `It publishes ${tree.size} leaves, but batch number ${sequence} was anchored with ${size}.`
    return [{ code: 'batch_size', message, ...place }]
  })
}
