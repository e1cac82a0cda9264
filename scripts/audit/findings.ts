import type { BatchAtHand } from './batches.ts'
import type { ChainView } from './chain.ts'
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

/** Differences between what is anchored and the batches at hand. */
export function findDifferences(
  { batches }: ChainView,
  atHand: readonly BatchAtHand[],
  scope: Scope,
): readonly Finding[] {
  const anchored = new Map(batches.map((batch) => [batch.root, batch]))
  const accounted = new Set<string>()
  const findings: Finding[] = []
  for (const each of atHand) {
    const finding = 'problem' in each ? malformed(each.problem) : compare(each.batch)
    if (finding) findings.push({ ...finding, file: each.file })
  }
  for (const { root, sequence, size } of batches.filter((batch) => !accounted.has(batch.root))) {
    const message = `Batch number ${sequence} (${size} credentials) is anchored, but was not handed over.`
    findings.push({ code: 'batch_withheld', message, sequence, root })
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
    if (stated) accounted.add(statedRoot)
    const found = anchored.get(root)
    if (found) accounted.add(root)
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
