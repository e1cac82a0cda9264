import { createServer, type IncomingMessage } from 'node:http'
import { rpc } from '../server/chain-calls.ts'
import { passOn } from '../server/endpoint.ts'

/**
 * What an endpoint says that is wrong, or holds back.
 *
 * `stale head` answers as a node does that got no block for a while: nothing above a block exists, and what was sent since is pending.
 * An endpoint that makes up state is beyond what one endpoint can be checked for; `CHAIN_RPC_QUORUM` is for that.
 */
export const lies = [
  'duplicate logs',
  'missing logs',
  'huge ranges refused',
  'stale head',
  'other chain id',
] as const
export type Lie = (typeof lies)[number]

/** A JSON-RPC endpoint before the chain's own. */
export interface Liar {
  readonly port: number
  /** Tells the truth again where no lie is named. `behind` is how many blocks a stale head lacks. */
  readonly tell: (lie?: Lie, behind?: number) => Promise<void>
  /** How many answers were not the chain's. */
  readonly told: () => number
  readonly close: () => Promise<void>
}

interface Call {
  readonly id: unknown
  readonly method: string
  readonly params: readonly unknown[]
}
type Answer = { readonly result: unknown } | { readonly error: { code: number; message: string } }

const widestRange = 8
/** As anvil has them. */
const safeDepth = 32
const finalizedDepth = 64
/** Where a method takes the block it is answered at. */
const blockAt: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
  eth_getBlockByNumber: 0,
}

export async function openLiar(chainUrl: string): Promise<Liar> {
  let lie: Lie | undefined
  let head = 0
  let told = 0
  const server = createServer(async (request, response) => {
    try {
      const text = await textOf(request)
      const call = JSON.parse(text) as Call
      const answer = await answerTo(chainUrl, call, lie, head)
      if (answer) told += 1
      response.setHeader('content-type', 'application/json')
      response.end(
        answer
          ? JSON.stringify({ jsonrpc: '2.0', id: call.id, ...answer })
          : await passOn(chainUrl, text),
      )
    } catch {
      // The connection broke in the middle of a request, or the chain refuses what a lie needs.
      response.statusCode = 502
      response.end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async tell(next, behind = 3) {
      const height = Number(await rpc(chainUrl, 'eth_blockNumber'))
      head = Math.max(0, height - behind)
      lie = next
    },
    told: () => told,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What is said in place of the chain's answer; nothing where that stands. */
async function answerTo(
  url: string,
  call: Call,
  lie: Lie | undefined,
  head: number,
): Promise<Answer | undefined> {
  const { method } = call
  switch (lie) {
    case 'other chain id':
      return method === 'eth_chainId' || method === 'net_version' ? { result: '0x1' } : undefined
    case 'stale head':
      return answerFromThePast(url, call, head)
    case 'huge ranges refused':
      if (method !== 'eth_getLogs' || (await rangeOf(url, call)) <= widestRange) return undefined
      return { error: { code: -32005, message: `block range exceeds ${widestRange}` } }
    case 'duplicate logs':
    case 'missing logs': {
      if (method !== 'eth_getLogs') return undefined
      const logs = (await rpc(url, method, call.params)) as readonly unknown[]
      if (lie === 'missing logs') return { result: logs.filter((_, i) => i % 2 === 1) }
      return { result: [...logs, ...logs.toReversed()] }
    }
    default:
      return undefined
  }
}

async function answerFromThePast(
  url: string,
  { method, params }: Call,
  head: number,
): Promise<Answer | undefined> {
  if (method === 'eth_blockNumber') return { result: hex(head) }
  if (method === 'eth_getLogs') {
    const [filter] = params as [Readonly<Record<string, unknown>>]
    const to = blockOf(filter['toBlock'] ?? 'latest', head)
    if (to > head) return notFound
    return ask(url, method, [{ ...filter, toBlock: hex(to) }])
  }
  if (method === 'eth_getTransactionReceipt' || method === 'eth_getTransactionByHash') {
    const found = (await rpc(url, method, params)) as Readonly<Record<string, unknown>> | null
    if (!found || Number(found['blockNumber'] ?? 0) <= head) return undefined
    if (method === 'eth_getTransactionReceipt') return { result: null }
    return {
      result: { ...found, blockHash: null, blockNumber: null, transactionIndex: null },
    }
  }
  const at = blockAt[method]
  if (at === undefined) return undefined
  const number = blockOf(params[at] ?? 'latest', head)
  if (number > head) return method === 'eth_getBlockByNumber' ? { result: null } : notFound
  return ask(url, method, [...params.slice(0, at), hex(number), ...params.slice(at + 1)])
}

const notFound = { error: { code: -32_000, message: 'header not found' } } as const

/** The chain's answer, its refusal included. */
async function ask(url: string, method: string, params: readonly unknown[]): Promise<Answer> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  return JSON.parse(await passOn(url, body)) as Answer
}

function blockOf(block: unknown, head: number): number {
  if (block === 'safe') return Math.max(0, head - safeDepth)
  if (block === 'finalized') return Math.max(0, head - finalizedDepth)
  if (block === 'earliest') return 0
  return block === 'latest' || block === 'pending' ? head : Number(block)
}

async function rangeOf(url: string, { params }: Call): Promise<number> {
  const [{ fromBlock, toBlock, blockHash }] = params as [Readonly<Record<string, unknown>>]
  if (blockHash !== undefined) return 1
  const head = Number(await rpc(url, 'eth_blockNumber'))
  return blockOf(toBlock ?? 'latest', head) - blockOf(fromBlock ?? 'latest', head) + 1
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const hex = (value: number) => `0x${value.toString(16)}`
