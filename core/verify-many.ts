import { verifyBadge } from './baked.ts'
import type { Chain } from './chain.ts'
import { createKeep, type Keep } from './keep.ts'
import { knowingNodes } from './known-nodes.ts'
import type { Report } from './report.ts'
import type { Readers, VerifyOptions } from './verify.ts'

/** Verifies one of many credentials; throws `InvalidInputError` where there is none to report about. */
export type VerifyNext = (content: Uint8Array | string) => Promise<Report>

/** Milliseconds that the newest block may be old within a run, where the readers keep none themselves. */
const maxAgeMs = 1000

/**
 * A verifier for many credentials that come one after another. Each gets the report that it would get alone; those of one batch
 * share what is read of the chain, and the upper levels of its tree.
 *
 * `clock` gives milliseconds since 1970, `readersFor` the readers of one verification.
 */
export function createVerifyMany(options: {
  readonly readersFor: () => Readers
  readonly trust: VerifyOptions['trust']
  readonly clock: () => number
}): VerifyNext {
  const { readersFor, trust, clock } = options
  const keep = createKeep({ maxAgeMs, now: clock })
  const findRoot = knowingNodes()
  return (content) => {
    const readers = sharing(readersFor(), keep)
    return verifyBadge(content, { readers, trust, now: clock(), findRoot })
  }
}

/** A chain whose state was given is read as it was given. */
function sharing(readers: Readers, keep: Keep): Readers {
  const share = (chain: Chain): Chain =>
    chain.keep || chain.proved?.isPinned ? chain : { ...chain, keep }
  return {
    ...readers,
    chain: (chainId) => {
      const chain = readers.chain(chainId)
      return chain && share(chain)
    },
  }
}
