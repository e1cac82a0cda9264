import { hash } from 'node:crypto'
import { InvalidInputError } from '../../core/error.ts'

/** How many of the credentials in batch files are verified one by one; without a seed, the hash of the audited block is one. */
export interface SampleTerms {
  /** `Infinity` for all. */
  readonly size: number
  readonly seed: string | undefined
}

/** A batch whose credentials are at hand. */
export interface Drawable {
  readonly root: string
  readonly size: number
}

/** A credential by its batch and status index. */
export interface Drawn {
  readonly root: string
  readonly statusIndex: number
}

const defaultSize = 100

/** Reads `--credentials all|N` and `--seed`. Throws `InvalidInputError`. */
export function parseSample(count: string | undefined, seed: string | undefined): SampleTerms {
  if (seed === '' || (seed?.length ?? 0) > 200) {
    throw new InvalidInputError('seed_malformed', '--seed takes 1 to 200 characters')
  }
  if (count === undefined) return { size: defaultSize, seed }
  if (count === 'all') return { size: Number.POSITIVE_INFINITY, seed }
  if (/^\d{1,9}$/.test(count)) return { size: Number(count), seed }
  throw new InvalidInputError(
    'credentials_malformed',
    `--credentials takes all or a number, not ${count.slice(0, 80)}; name the credentials of holders with --holders`,
  )
}

/**
 * Draws credentials: those whose `SHA-256("<seed> <root> <status index>")` (hex, root in lower case) are the smallest.
 *
 * Whoever knows the seed draws the same, in any order of the batches; who does not know it yet cannot foresee which.
 */
export function drawSample(
  batches: readonly Drawable[],
  size: number,
  seed: string,
): readonly Drawn[] {
  const all = batches.flatMap(({ root, size: count }) =>
    Array.from({ length: count }, (_, statusIndex) => ({ root, statusIndex })),
  )
  if (size >= all.length) return all
  return all
    .map((each) => ({ each, draw: drawOf(seed, each) }))
    .sort((a, b) => (a.draw < b.draw ? -1 : 1))
    .slice(0, size)
    .map(({ each }) => each)
}

function drawOf(seed: string, { root, statusIndex }: Drawn): string {
  return hash('sha256', `${seed} ${root.toLowerCase()} ${statusIndex}`)
}
