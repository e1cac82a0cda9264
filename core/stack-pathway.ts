import type { BoundAward } from './award-terms.ts'
import { toHex } from './bytes.ts'
import { InvalidInputError } from './error.ts'
import { type Pathway, parsePathway } from './pathway/pathway.ts'
import type { PathwayReport } from './stack.ts'
import type { Readers } from './verify.ts'

/** The pathways among what was handed in as such. Untrusted: what is none is left aside, and an award then misses its own. */
export function parsePathways(values: readonly unknown[]): readonly Pathway[] {
  return values.flatMap((value) => tryPathway(value) ?? [])
}

/** The pathway that an award binds, handed in or read where its id leads. */
export async function findPathway(
  { pathway: { id, digest } }: BoundAward,
  pathways: readonly Pathway[],
  readers: Pick<Readers, 'document'>,
): Promise<{ readonly pathway: Pathway | undefined; readonly state: PathwayReport['state'] }> {
  const came = pathways.filter((one) => one.id === id)
  const expected = toHex(digest)
  const fitting = came.find((one) => toHex(one.digest) === expected)
  if (fitting) return { pathway: fitting, state: 'bound' }
  if (came.length > 0) return { pathway: undefined, state: 'differs' }
  if (!/^https?:\/\//i.test(id)) return { pathway: undefined, state: 'withheld' }
  let read: unknown
  try {
    read = await readers.document(id)
  } catch {
    return { pathway: undefined, state: 'withheld' }
  }
  const found = tryPathway(read)
  if (found && toHex(found.digest) === expected) return { pathway: found, state: 'bound' }
  return { pathway: undefined, state: 'changed' }
}

function tryPathway(value: unknown): Pathway | undefined {
  try {
    return parsePathway(value)
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return undefined
    throw thrown
  }
}
