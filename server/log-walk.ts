import type { Kysely } from 'kysely'
import { readBlock } from '../core/chain.ts'
import { messageOf } from '../core/error.ts'
import { isLogRangeRefusal } from '../core/log-range.ts'
import type { ContractAddresses } from '../core/trust.ts'
import { markAnchored, markByLogs, type Touched } from './batch-marks.ts'
import type { ServiceChain } from './chains.ts'
import {
  advance,
  type Cursor,
  confirm,
  finalOf,
  type KnownBlock,
  newestOf,
  oldestOfMany,
} from './followed-blocks.ts'
import { type LogHints, readRegistryLogs } from './registry-logs.ts'
import type { Tables } from './tables.ts'

/** Reading logs from a cursor on, range by range; each range is durable by itself. */
export interface LogWalk {
  /** The block that logs were read up to. */
  readonly at: () => KnownBlock
  /** Blocks that may be asked for at once, as far as is known now. */
  readonly range: () => number
  /** Whether all that was read was final. */
  readonly isConfirmed: () => boolean
  /** Reads on to a block, which may take several calls; false where no more can be read now. */
  readonly readTo: (end: KnownBlock | undefined, isFinal: boolean) => Promise<boolean>
  /** Reads what has become final once more. */
  readonly confirmTo: (finalized: number | undefined) => Promise<void>
  readonly result: () => {
    readonly touched: Touched
    readonly trouble?: string
    readonly ignored: number
  }
}

export function createWalk(
  db: Kysely<Tables>,
  service: ServiceChain,
  addresses: ContractAddresses,
  start: Cursor,
  { mostBlocks, mostQueries }: { readonly mostBlocks: number; readonly mostQueries: number },
): LogWalk {
  const { chain } = service
  let cursor = start
  let range = Math.min(start.range, mostBlocks)
  let queries = mostQueries
  let isStopped = false
  let trouble: string | undefined
  let ignored = 0
  let touched: Touched = { batches: [], operators: false, accreditations: false }

  const ask = async (from: number, to: number): Promise<LogHints | 'unreadable' | undefined> => {
    const span = to - from + 1
    queries -= 1
    try {
      const hints = await readRegistryLogs(chain, addresses, from, to)
      if (span >= range) range = Math.min(mostBlocks, range + Math.ceil(range / 4))
      return hints
    } catch (thrown) {
      if (isLogRangeRefusal(thrown)) {
        // A single block with more than an endpoint gives must not hold up all that come after it.
        if (span === 1) return 'unreadable'
        range = Math.floor(span / 2)
        return undefined
      }
      // Where this was a time limit, fewer blocks help the next time.
      range = Math.max(1, Math.floor(range / 2))
      trouble = messageOf(thrown).slice(0, 300)
      isStopped = true
      return undefined
    }
  }
  const record = (
    hints: LogHints | 'unreadable',
    end: number,
    move: (db: Kysely<Tables>) => Promise<Cursor>,
  ) =>
    db.transaction().execute(async (transaction) => {
      if (hints === 'unreadable') {
        await markAnchored(transaction, service, end)
        trouble = `the logs of block ${end} cannot be read; all anchored batches are looked at instead`
      } else {
        ignored += hints.ignored
        touched = joined(touched, await markByLogs(transaction, service, hints, end))
      }
      cursor = await move(transaction)
    })
  const canAsk = () => !isStopped && queries > 0
  const stop = () => {
    isStopped = true
    return false
  }
  return {
    at: () => newestOf(cursor),
    range: () => range,
    isConfirmed: () => cursor.blocks.length === 1,
    async readTo(end, isFinal) {
      if (!end || !canAsk()) return false
      const before = newestOf(cursor)
      const hints = await ask(before.number + 1, end.number)
      if (!hints) return canAsk()
      // The chain may have turned back meanwhile; what was read is then of blocks that are gone.
      const last = await readBlock(chain, end.number)
      if (last?.hash !== end.hash) return stop()
      const isSingle = end.number === before.number + 1
      const first = isSingle ? last : await readBlock(chain, before.number + 1)
      if (first?.parentHash !== before.hash) return stop()
      await record(hints, end.number, (transaction) =>
        advance(transaction, service, cursor, end, isFinal),
      )
      return canAsk()
    },
    async confirmTo(finalized) {
      const newest = newestOf(cursor).number
      const goal = Math.min(newest, finalized ?? oldestOfMany(cursor).number)
      while (finalOf(cursor).number < goal && canAsk()) {
        const first = finalOf(cursor).number + 1
        const last = Math.min(goal, first + range - 1)
        const known = cursor.blocks.find(({ number }) => number === last)
        const block = known ?? (await readBlock(chain, last))
        const hints = block && (await ask(first, last))
        if (!block) return
        if (!hints) continue
        await record(hints, last, (transaction) => confirm(transaction, service, cursor, block))
      }
    },
    result: () => ({ touched, ignored, ...(trouble !== undefined && { trouble }) }),
  }
}

function joined(one: Touched, other: Touched): Touched {
  return {
    batches: [...new Set([...one.batches, ...other.batches])],
    operators: one.operators || other.operators,
    accreditations: one.accreditations || other.accreditations,
  }
}
