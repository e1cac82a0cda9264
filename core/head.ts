import { ChainUnreadableError } from './chain.ts'
import type { Endpoint } from './endpoint.ts'
import { agree, ballotOf, essenceOf } from './vote.ts'

type HeadBlock = Readonly<Record<string, unknown>> & { readonly number: string }

const method = 'eth_getBlockByNumber'
/** Blocks below the common height that are tried where the endpoints' newest blocks are rivals. */
const retreat = 2

/**
 * The block that `k` endpoints share at a tag: at the k-th highest height that they name, where `k` of them must give the same
 * block, else at the next lower height that one names.
 *
 * Of the first few to answer the newest may be old: once `k` have answered, the others are waited for a fifth of the time, one
 * that failed lately for a fiftieth.
 */
export async function readHead(
  endpoints: readonly Endpoint[],
  k: number,
  tag: string,
  timeoutMs: number,
): Promise<HeadBlock> {
  const tips = await readTips(endpoints, k, tag, timeoutMs)
  const heights = tips.map(({ number }) => Number(number)).sort((a, b) => b - a)
  const common = heights[k - 1]
  if (common === undefined) return (await agree(endpoints, k, method, [tag, false])) as HeadBlock
  const lower = Array.from({ length: retreat }, (_, i) => common - 1 - i)
  const candidates = [...new Set([...heights.slice(k - 1), ...lower])]
    .filter((height) => height >= 0)
    .sort((a, b) => b - a)
  const shared = sharedBy(
    tips.filter(({ number }) => Number(number) === common),
    k,
  )
  if (shared) return shared
  // All at once: one that is slow at a height that it made up must not delay the others' height.
  const blocks = await Promise.allSettled(
    candidates.map(async (height) => {
      const number = `0x${height.toString(16)}`
      const block = (await agree(endpoints, k, method, [number, false])) as HeadBlock | null
      if (block && Number(block.number) === height) return block
      throw new ChainUnreadableError(
        'endpoints_disagree',
        `${k} endpoints share no block at ${tag}`,
      )
    }),
  )
  const found = blocks.find(({ status }) => status === 'fulfilled') ?? blocks[0]
  if (found?.status === 'fulfilled') return found.value
  throw found?.reason
}

/** The newest block of each endpoint that answers. Untrusted, each of them. */
async function readTips(
  endpoints: readonly Endpoint[],
  k: number,
  tag: string,
  timeoutMs: number,
): Promise<readonly HeadBlock[]> {
  const tips: HeadBlock[] = []
  let enough = () => {}
  const answered = new Promise<void>((resolve) => {
    enough = resolve
  })
  const asked = endpoints.map((endpoint) => ({
    isResting: endpoint.isResting(),
    settled: endpoint.ask(method, [tag, false]).then(
      (answer) => {
        const block = essenceOf(method, answer) as HeadBlock | null
        if (block && Number.isSafeInteger(Number(block.number))) tips.push(block)
        if (tips.length >= k) enough()
      },
      () => undefined,
    ),
  }))
  const all = Promise.all(asked.map(({ settled }) => settled))
  const fit = asked.filter(({ isResting }) => !isResting).map(({ settled }) => settled)
  await Promise.race([all, answered])
  const timers: ReturnType<typeof setTimeout>[] = []
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      timers.push(setTimeout(resolve, ms))
    })
  await Promise.race([all, pause(timeoutMs / 5), Promise.all([...fit, pause(timeoutMs / 50)])])
  for (const timer of timers) clearTimeout(timer)
  return [...tips]
}

function sharedBy(blocks: readonly HeadBlock[], k: number): HeadBlock | undefined {
  const ballots = blocks.map(ballotOf)
  return blocks.find((_, i) => ballots.filter((ballot) => ballot === ballots[i]).length >= k)
}
