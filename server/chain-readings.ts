import type { AccreditationPages } from '../core/accreditation.ts'
import {
  type AccreditationPath,
  accreditationPages,
  searchAccreditation,
} from '../core/accreditors.ts'
import { type Block, type Chain, ChainUnreadableError, readLatestBlock } from '../core/chain.ts'
import { readAnchorCount } from '../core/issuer-log.ts'
import { rememberNewest } from '../core/remember.ts'
import { rememberedPages } from '../core/remembered-pages.ts'
import type { ChainTrust } from '../core/trust.ts'
import type { ServiceChain } from './chains.ts'

/** What the chain says of an issuer's account, all of it as of one block. */
export interface ChainReading {
  readonly block: Block
  /** How many batches it ever anchored. */
  readonly anchorCount: number
  /** Who vouched for it at a time in seconds; `undefined` where nobody was asked to, an error where that cannot be read. */
  readonly accreditationAt: (
    time: number,
  ) => Promise<AccreditationPath | ChainUnreadableError | undefined>
}

/** The newest reading that there is, and why there is no newer one. */
export interface LatestReading {
  readonly reading: ChainReading | undefined
  readonly problem: ChainUnreadableError | undefined
}

/** Reads an account's log of at least `sequence` anchors from the chain, or gives what was read a moment ago. Never throws for the chain. */
export type ReadLatest = (account: string, sequence: number) => Promise<LatestReading>

interface Known extends LatestReading {
  readonly at: number
  readonly pending?: Promise<LatestReading>
}

/** Anybody may ask for any issuer's log: however often that is, the chain is asked no more than this. */
const freshMs = 30_000
/** So soon again where the chain could not be read, or where the service knows of a later anchor than was read. */
const soonMs = 5_000
const maxAccounts = 1_000
/** More than one search reads. */
const maxPages = 1_000

/** `now` is in milliseconds. */
export function createChainReadings(
  service: ServiceChain,
  trust: ChainTrust | undefined,
  now: () => number,
): ReadLatest {
  const known = new Map<string, Known>()
  return async (account, sequence) => {
    const last = known.get(account)
    if (last?.pending) return last.pending
    const isBehind = last?.problem !== undefined || (last?.reading?.anchorCount ?? 0) < sequence
    if (last && now() - last.at < (isBehind ? soonMs : freshMs)) return last
    const pending = read(service, trust, account).then(
      (reading): LatestReading => ({ reading, problem: undefined }),
      (thrown): LatestReading => {
        if (!(thrown instanceof ChainUnreadableError)) throw thrown
        return { reading: last?.reading, problem: thrown }
      },
    )
    known.delete(account)
    known.set(account, { reading: last?.reading, problem: undefined, at: now(), pending })
    const [oldest] = known.keys()
    if (known.size > maxAccounts && oldest !== undefined) known.delete(oldest)
    try {
      const latest = await pending
      known.set(account, { ...latest, at: now() })
      return latest
    } catch (thrown) {
      known.delete(account)
      throw thrown
    }
  }
}

async function read(
  { chain, chainId, registry }: ServiceChain,
  trust: ChainTrust | undefined,
  issuer: string,
): Promise<ChainReading> {
  const block = await readLatestBlock(chain, chainId)
  const anchorCount = await readAnchorCount({ chain, registry, issuer, block: block.number })
  const pages = trust && keptPages(chain, trust, block)
  return {
    block,
    anchorCount,
    async accreditationAt(time) {
      if (!pages || trust.rootAccreditors.length === 0) return undefined
      try {
        return await searchAccreditation(pages, chain, trust, issuer, time)
      } catch (thrown) {
        if (thrown instanceof ChainUnreadableError) return thrown
        throw thrown
      }
    },
  }
}

/** Each page is read once. */
function keptPages(chain: Chain, trust: ChainTrust, block: Block): AccreditationPages {
  const pages = accreditationPages(chain, trust, block)
  return rememberedPages(pages, trust.accreditationRegistry, rememberNewest(maxPages))
}
