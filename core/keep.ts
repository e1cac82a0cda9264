import type { Block } from './chain.ts'
import { type Remember, rememberNewest, rememberNothing } from './remember.ts'

/** What was read of a chain a moment ago, for all who ask the same. */
export interface Keep {
  /** The newest block: as read before, unless that began longer ago than may be. */
  readonly head: (chainId: number, read: () => Promise<Block>) => Promise<Block>
  /** Readings of the state of one block, which cannot change. Those of the last two heads are kept. */
  readonly of: (block: Block) => Remember
}

export interface KeepTerms {
  /** How long ago the reading of the newest block may have begun, in milliseconds. With 0 nothing is kept. */
  readonly maxAgeMs: number
  /** Milliseconds; any clock that does not run backwards. */
  readonly now: () => number
  /** Whether something newer than this block is known, so that it is the newest no more. */
  readonly isPassed?: (block: Block) => boolean
}

/** Strangers decide what is read: some 20 KB a reading at most, where an accreditor that is trusted writes long lists, else far less. */
const readingsOfBlock = 1000
const blocksKept = 2
const chainsKept = 16

interface Head {
  readonly at: number
  readonly reading: Promise<Block>
  block?: Block
}

/**
 * Keeps what verifications read. A verdict rests on no block that somebody read longer than `maxAgeMs` before the verification
 * began; who asks while a younger reading is under way shares it. What could not be read is not kept: it is read again, and an older
 * answer never stands in for it.
 */
export function createKeep({ maxAgeMs, now, isPassed = () => false }: KeepTerms): Keep {
  const heads = new Map<number, Head>()
  const next = new Map<number, Head>()
  const states = new Map<string, Remember>()

  const begin = (chainId: number, read: () => Promise<Block>): Head => {
    const head: Head = { at: now(), reading: read() }
    next.set(chainId, head)
    const settle = (block?: Block) => {
      if (next.get(chainId) === head) next.delete(chainId)
      if (!block || (heads.get(chainId)?.at ?? Number.NEGATIVE_INFINITY) > head.at) return
      head.block = block
      heads.set(chainId, head)
      const [first] = heads.keys()
      if (heads.size > chainsKept && first !== undefined) heads.delete(first)
    }
    head.reading.then(settle, () => settle())
    return head
  }
  const isYoung = (head: Head | undefined, within: number): head is Head =>
    head !== undefined && now() - head.at < within

  return {
    head(chainId, read) {
      const known = heads.get(chainId)
      const pending = next.get(chainId)
      if (isYoung(known, maxAgeMs) && known.block && !isPassed(known.block)) {
        // Renewed ahead of time, so that those who ask all the time do not wait.
        if (!pending && !isYoung(known, maxAgeMs / 2)) begin(chainId, read)
        return known.reading
      }
      return isYoung(pending, maxAgeMs) ? pending.reading : begin(chainId, read).reading
    },
    of({ hash }) {
      if (maxAgeMs === 0) return rememberNothing
      const known = states.get(hash)
      if (known) return known
      const fresh = rememberNewest(readingsOfBlock)
      states.set(hash, fresh)
      const [oldest] = states.keys()
      if (states.size > blocksKept && oldest !== undefined) states.delete(oldest)
      return fresh
    },
  }
}
