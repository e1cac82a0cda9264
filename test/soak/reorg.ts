import { rpc } from '../server/chain-calls.ts'

/** What becomes of the transactions of the blocks that are replaced. Those of one account keep their order: their nonces say so. */
export const turns = ['drop', 'include again', 'reorder', 'drop some'] as const
export type Turn = (typeof turns)[number]

interface Taken {
  readonly from: string
  readonly raw: string
  /** Counted from the first block that is replaced. */
  readonly block: number
}

/** Replaces the newest `depth` blocks; the height stays. */
export async function turnBack(url: string, depth: number, turn: Turn): Promise<void> {
  const taken = turn === 'drop' ? [] : await transactionsOf(url, depth)
  const pairs = arrange(taken, depth, turn).map(({ raw, block }) => [raw, block])
  await rpc(url, 'anvil_reorg', [depth, pairs])
}

async function transactionsOf(url: string, depth: number): Promise<readonly Taken[]> {
  const head = Number(await rpc(url, 'eth_blockNumber'))
  const taken: Taken[] = []
  for (let block = 0; block < depth; block += 1) {
    const number = `0x${(head - depth + 1 + block).toString(16)}`
    const found = (await rpc(url, 'eth_getBlockByNumber', [number, true])) as {
      transactions: { hash: string; from: string }[]
    }
    for (const { hash, from } of found.transactions) {
      const raw = String(await rpc(url, 'eth_getRawTransactionByHash', [hash]))
      taken.push({ from, raw, block })
    }
  }
  return taken
}

/** Which transactions go into which of the new blocks, in which order. */
export function arrange(taken: readonly Taken[], depth: number, turn: Turn): readonly Taken[] {
  const bySender = [...Map.groupBy(taken, ({ from }) => from).values()]
  switch (turn) {
    case 'drop':
      return []
    case 'include again':
      return taken
    case 'drop some':
      return bySender.flatMap((own) => own.slice(0, Math.floor(own.length / 2)))
    case 'reorder':
      // Who came last comes first, each of its transactions a block later than the one before as long as there are blocks.
      return bySender
        .toReversed()
        .flatMap((own, sender) =>
          own.map((one, i) => ({ ...one, block: Math.min(depth - 1, sender + i) })),
        )
  }
}
