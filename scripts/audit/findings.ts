import type { BatchAtHand } from './batches.ts'
import type { AnchoredBatch, ChainView } from './chain.ts'
import type { PublishedBatch } from './published.ts'
import type { RebuiltBatch } from './rebuild.ts'

/** Something an auditor has to ask the issuer, or the endpoint, about. */
export interface Finding {
  readonly code: string
  readonly message: string
  readonly sequence?: number
  readonly root?: string
  readonly file?: string
}

/** Whose batches are audited, and where. */
export interface Scope {
  readonly chainId: number
  readonly registry: string
  readonly issuer: string
}

/** Gaps between the registry's counter, its log and its state: with none, nothing was left out. */
export function findGaps({ count, batches, unconfirmed }: ChainView): readonly Finding[] {
  const seen = new Set(batches.map(({ sequence }) => sequence))
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter(
    (sequence) => !seen.has(sequence),
  )
  return [
    ...missing.slice(0, 100).map((sequence) => ({
      code: 'anchor_not_logged',
      message: `The registry counts ${count} batches, but the endpoint shows no number ${sequence}: audit with another endpoint.`,
      sequence,
    })),
    ...unconfirmed.map(({ sequence, root }) => ({
      code: 'anchor_not_in_state',
      message: `The log names batch ${root} as number ${sequence}, but the registry's state does not: audit with another endpoint.`,
      sequence,
      root,
    })),
  ]
}

/** Anchors whose record states another time than that of the block that holds them. */
export function findMisdated({ batches }: ChainView): readonly Finding[] {
  return batches.flatMap(({ sequence, root, anchoredAt, blockTime }) => {
    if (anchoredAt === blockTime) return []
    const code = anchoredAt < blockTime ? 'anchor_backdated' : 'anchor_postdated'
    const message = `Batch number ${sequence} is on record as anchored at ${anchoredAt}, but the block that holds the anchor is of ${blockTime}.`
    return [{ code, message, sequence, root }]
  })
}

/** Batches that lie neither in a file nor at a service. `unread` are those of which a service could not tell. */
export function findWithheld(
  { batches }: ChainView,
  atHand: readonly BatchAtHand[],
  published: readonly PublishedBatch[],
  unread: readonly Finding[],
): readonly Finding[] {
  const known = new Set<string | undefined>([
    ...published.map(({ root }) => root),
    ...unread.map(({ root }) => root),
    ...atHand.flatMap((each) => ('batch' in each ? [each.batch.root, each.batch.statedRoot] : [])),
  ])
  return batches
    .filter(({ root }) => !known.has(root))
    .map(({ root, sequence, size }) => ({
      code: 'batch_withheld',
      message: `Batch number ${sequence} (${size} credentials) is anchored, but was neither published nor handed over.`,
      sequence,
      root,
    }))
}

/** Published leaves in another order than those of the batch file: pairs are sorted, so the root does not tell. */
export function findReordered(
  batches: readonly AnchoredBatch[],
  atHand: readonly BatchAtHand[],
  published: readonly PublishedBatch[],
): readonly Finding[] {
  const fromFile = new Map(
    atHand.flatMap((each) => ('batch' in each ? [[each.batch.root, each.batch]] : [])),
  )
  return published.flatMap(({ root, tree, service, misplaced }) => {
    const file = fromFile.get(root)
    if (!file || !('leavesHash' in tree) || tree.root !== root) return []
    if (tree.leavesHash === file.leavesHash || misplaced.length > 0) return []
    const sequence = batches.find((batch) => batch.root === root)?.sequence ?? 0
    const message = `The published leaves of batch number ${sequence} are not those of its credentials, though they lead to the same root.`
    return [{ code: 'leaves_differ', message, sequence, root, file: service }]
  })
}

/** Differences between what is anchored and the batch files at hand. */
export function findDifferences(
  { batches }: ChainView,
  atHand: readonly BatchAtHand[],
  scope: Scope,
): readonly Finding[] {
  const anchored = new Map(batches.map((batch) => [batch.root, batch]))
  const findings: Finding[] = []
  for (const each of atHand) {
    const finding = 'problem' in each ? malformed(each.problem) : compare(each.batch)
    if (finding) findings.push({ ...finding, file: each.file })
  }
  return findings

  function compare(batch: RebuiltBatch): Finding | undefined {
    const { root, size, statedRoot } = batch
    if (
      batch.issuer !== scope.issuer ||
      batch.registry !== scope.registry ||
      batch.chainId !== scope.chainId
    ) {
      return {
        code: 'batch_foreign',
        message: `It is a batch of ${batch.issuer} for ${batch.registry} on chain ${batch.chainId}.`,
      }
    }
    const stated = anchored.get(statedRoot)
    const found = anchored.get(root)
    if (!found && stated) {
      return {
        code: 'batch_altered',
        message: `It claims to be batch number ${stated.sequence}, but its credentials lead to root ${root}: it was changed after it was anchored.`,
        sequence: stated.sequence,
        root: statedRoot,
      }
    }
    if (!found)
      return {
        code: 'batch_not_anchored',
        message: `Its credentials lead to root ${root}, which is not anchored.`,
        root,
      }
    if (statedRoot !== root)
      return {
        code: 'batch_file_altered',
        message: `Its header names root ${statedRoot}, but its credentials are those of batch number ${found.sequence}.`,
        sequence: found.sequence,
        root,
      }
    if (batch.statedSize !== size)
      return {
        code: 'batch_file_incomplete',
        message: `Its header says that it has ${batch.statedSize} credentials, but it holds ${size}, which are those of batch number ${found.sequence}.`,
        sequence: found.sequence,
        root,
      }
    if (found.size === size) return undefined
    return {
      code: 'batch_size',
      message: `It has ${size} credentials, but batch number ${found.sequence} was anchored with ${found.size}.`,
      sequence: found.sequence,
      root,
    }
  }
}

function malformed({
  code,
  message,
}: {
  readonly code: string
  readonly message: string
}): Finding {
  return { code, message: `It is not a batch file as issued: ${message}.` }
}
