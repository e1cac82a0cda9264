import { rpc } from './chain-calls.ts'
import { achievement, learners } from './stage.ts'

// What clients ask for, and what happens on the chain meanwhile, so that every place where the plug is pulled is passed.

/** What was asked for in all flows; the service is held to it. */
export interface Wishes {
  /** Sizes by idempotency key. */
  readonly batches: Map<string, number>
  readonly statuses: Map<string, 'revoked' | 'suspended' | 'valid'>
  /** Credentials that were to be replaced. */
  readonly corrections?: Set<string>
}

export interface Grounds {
  readonly chainUrl: string
  /** API key of the issuer `northfield`. */
  readonly key: string
  /** Below it nothing is turned back. */
  readonly firstBlock: number
  /** Credentials of an anchored batch, each to be taken once. */
  readonly credentials: string[]
  readonly wishes: Wishes
}

/** Resolves when it is through; fails where the process dies on the way, as it is meant to. */
type Flow = (grounds: Grounds, url: string, name: string) => Promise<unknown>

// biome-ignore lint/suspicious/noExplicitAny: tests poke in the answer, and the assertions say what it should be
type Body = any

const verbs = { revoked: 'revoke', suspended: 'suspend', valid: 'reinstate' } as const
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export async function ask({ key }: Pick<Grounds, 'key'>, url: string, line: string, body?: Body) {
  const [method = '', path] = line.split(' ')
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body && {
        'content-type': 'application/json',
        'idempotency-key': body.achievement?.name,
      }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  })
  return { status: response.status, body: (await response.json()) as Body }
}

/** Issues the batch of a name and asks for its anchor: the same batch, however often. */
export async function driveBatch(grounds: Grounds, url: string, name: string, size = 3) {
  grounds.wishes.batches.set(name, size)
  const request = { achievement: { ...achievement, name }, learners: learners(size) }
  const { body } = await ask(grounds, url, 'POST /issuers/northfield/batches', request)
  await ask(grounds, url, `POST /batches/${body.id}/anchor`)
  return (await ask(grounds, url, `GET /batches/${body.id}`)).body
}

/** Asks for the same correction, however often. */
export function driveReissue(grounds: Grounds, url: string, credential: string) {
  const learner = { name: 'Zoë Ångström', email: 'zoe@example.org' }
  return ask(grounds, url, `POST /credentials/${credential}/reissue`, { learner })
}

/** Asks for the status that was wished last. */
export function driveStatus(grounds: Grounds, url: string, credential: string) {
  const wanted = grounds.wishes.statuses.get(credential) ?? 'valid'
  return ask(grounds, url, `POST /credentials/${credential}/${verbs[wanted]}`)
}

async function wishStatus(
  grounds: Grounds,
  url: string,
  credential: string,
  wanted: 'revoked' | 'suspended' | 'valid',
) {
  grounds.wishes.statuses.set(credential, wanted)
  return driveStatus(grounds, url, credential)
}

export async function mine(chainUrl: string, blocks: number): Promise<void> {
  await rpc(chainUrl, 'anvil_mine', [`0x${blocks.toString(16)}`])
}

async function until(isDone: () => Promise<boolean>, ms = 8000): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; await pause(100)) {
    if (await isDone()) return
  }
}

const flows = {
  async anchor(grounds, url, name) {
    await driveBatch(grounds, url, name)
    await mine(grounds.chainUrl, 32)
  },

  async status(grounds, url) {
    const [first = '', second = ''] = grounds.credentials.splice(0, 2)
    await wishStatus(grounds, url, first, 'suspended')
    await wishStatus(grounds, url, second, 'revoked')
    await wishStatus(grounds, url, first, 'valid')
  },

  /** No block is mined until a transaction was replaced by a dearer one. */
  async stuck(grounds, url, name) {
    await rpc(grounds.chainUrl, 'evm_setAutomine', [false])
    try {
      const { id, transaction } = await driveBatch(grounds, url, name)
      let first = transaction
      await until(async () => {
        const found = (await ask(grounds, url, `GET /batches/${id}`)).body.transaction
        first ??= found
        return found !== first
      })
    } finally {
      await rpc(grounds.chainUrl, 'evm_setAutomine', [true])
      await mine(grounds.chainUrl, 1)
    }
  },

  /** The chain drops an anchor and a status that it had included. */
  async turnBack(grounds, url, name) {
    const { id } = await driveBatch(grounds, url, name)
    await until(async () => 'anchor' in (await driveBatch(grounds, url, name)))
    const page = await ask(grounds, url, `GET /batches/${id}/credentials`)
    await wishStatus(grounds, url, page.body.credentials[0].id, 'suspended')
    const height = Number(await rpc(grounds.chainUrl, 'eth_blockNumber'))
    const depth = Math.min(4, height - grounds.firstBlock)
    if (depth > 0) await rpc(grounds.chainUrl, 'anvil_reorg', [depth, []])
    await pause(1000)
  },

  /** A credential is corrected, and its holder is told. */
  async reissue(grounds, url) {
    const [credential = ''] = grounds.credentials.splice(0, 1)
    grounds.wishes.statuses.set(credential, 'revoked')
    grounds.wishes.corrections?.add(credential)
    await driveReissue(grounds, url, credential)
    await mine(grounds.chainUrl, 1)
    await until(async () => (await driveReissue(grounds, url, credential)).body.revoked)
    // The mail goes out with the next round of the postman.
    await pause(5500)
  },

  /** The node takes no transaction for what the service offers. */
  async refused(grounds, url, name) {
    await rpc(grounds.chainUrl, 'anvil_setNextBlockBaseFeePerGas', ['0x746a528800']) // 500 gwei
    try {
      const [credential = ''] = grounds.credentials.splice(0, 1)
      await wishStatus(grounds, url, credential, 'suspended')
      await driveBatch(grounds, url, name)
      await pause(1000)
    } finally {
      await rpc(grounds.chainUrl, 'anvil_setNextBlockBaseFeePerGas', ['0x3b9aca00'])
      await mine(grounds.chainUrl, 1)
    }
  },

  /** One more than is built within a request. */
  async large(grounds, url, name) {
    await driveBatch(grounds, url, name, 1001)
    await until(async () => (await driveBatch(grounds, url, name, 1001)).state !== 'building')
  },
} as const satisfies Readonly<Record<string, Flow>>

export type FlowName = keyof typeof flows

/** The flow that a place lies in, as far as its name tells; an unknown one is looked for in all of them. */
export function flowOf(point: string): FlowName {
  if (/^(?:roster|build|subtree)\./.test(point)) return 'large'
  if (/^replace\./.test(point)) return 'stuck'
  if (/^status\.undo|^settle\.reopen|^watch\.forgotten/.test(point)) return 'turnBack'
  if (/^status\.withdrawn|^send\.(?:refused|drop)/.test(point)) return 'refused'
  if (/^(?:reissue|mail)\./.test(point)) return 'reissue'
  return /^status\./.test(point) ? 'status' : 'anchor'
}

/** Drives one flow after the other, `first` first and thrice, until the process is over or patience ends. */
export async function driveUntilOver(
  grounds: Grounds,
  process: { readonly url: string; readonly isOver: () => boolean },
  { first, name, patienceMs }: { first: FlowName; name: string; patienceMs: number },
): Promise<void> {
  const others = (Object.keys(flows) as FlowName[]).filter((flow) => flow !== first)
  const order = [first, first, first, ...others]
  const deadline = performance.now() + patienceMs
  for (let attempt = 0; !process.isOver() && performance.now() < deadline; attempt += 1) {
    const flow = order[attempt % order.length] ?? first
    // The same batch again is what brings it on to finality; other flows need a fresh one.
    const key = flow === 'anchor' ? name : `${name}, ${flow} ${attempt}`
    // A dead process answers nobody.
    await flows[flow](grounds, process.url, key).catch(() => undefined)
    await pause(100)
  }
}
