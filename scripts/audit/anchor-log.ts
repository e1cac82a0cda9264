import { AbiCoder, keccak256 } from 'ethers'
import type { Eip1193Provider } from '../../core/chain.ts'
import { registry } from '../contracts.ts'
import type { Output } from '../output.ts'
import { firstBlockOf, type LogEntry, readLog } from './log.ts'

/** An anchor as the registry's log tells it. */
export interface LoggedAnchor {
  readonly root: string
  readonly sequence: number
  readonly size: number
  readonly block: number
  readonly index: number
  readonly transaction: string
}

/** What an issuer let an operator do from a place in the chain on. `expiry` is a block time in seconds. */
export interface LoggedGrant {
  readonly operator: string
  readonly roles: number
  readonly expiry: number
  readonly block: number
  readonly index: number
}

export const changeNames = [
  'Revoked',
  'RevokedMany',
  'Suspended',
  'Reinstated',
  'BatchWithdrawn',
] as const

/** A change of statuses of one batch; `count` is how many credentials it names, all of them where it is a withdrawal. */
export interface LoggedChange {
  readonly kind: 'revoked' | 'suspended' | 'reinstated' | 'withdrawn'
  readonly root: string
  readonly count: number
  readonly block: number
  /** As the registry was called: bit i of word w is status index `(firstWord + w) * 256 + i`. None for a withdrawal. */
  readonly firstWord: number
  readonly words: readonly bigint[]
}

interface LogQuery {
  readonly address: string
  readonly issuer: string
  readonly to: number
}

/** The anchors of an issuer by sequence number, and its grants in the order of the chain. */
export async function readIssuerLog(
  provider: Eip1193Provider,
  { address, issuer, to }: LogQuery,
  output: Output,
): Promise<{ readonly anchors: readonly LoggedAnchor[]; readonly grants: readonly LoggedGrant[] }> {
  const [, issuerTopic] = registry.encodeFilterTopics('Anchored', [issuer])
  const topics = [[topicOf('Anchored'), topicOf('OperatorSet')], issuerTopic]
  const from = await firstBlockOf(provider, address, to)
  const log = await readLog(provider, { address, topics, from, to }, output)
  const anchors = new Map<string, LoggedAnchor>()
  for (const { name, args, block, index, transaction } of log) {
    if (name !== 'Anchored') continue
    const { root, sequence, size } = args
    const numbers = { sequence: Number(sequence), size: Number(size) }
    anchors.set(String(root), { root: String(root), ...numbers, block, index, transaction })
  }
  return {
    anchors: [...anchors.values()].sort((a, b) => a.sequence - b.sequence),
    grants: log.filter(({ name }) => name === 'OperatorSet').map(grantOf),
  }
}

function grantOf({ args, block, index }: LogEntry): LoggedGrant {
  const { operator, roles, expiry } = args
  return {
    operator: String(operator),
    roles: Number(roles),
    expiry: Number(expiry),
    block,
    index,
  }
}

/** Endpoints refuse long lists of topics. */
const idsPerQuery = 100

/** When credentials of these batches were ended or resumed, in the order of the chain. */
export async function readChanges(
  provider: Eip1193Provider,
  { address, issuer, to }: LogQuery,
  batches: readonly LoggedAnchor[],
  output: Output,
): Promise<readonly LoggedChange[]> {
  const changes: LoggedChange[] = []
  for (let first = 0; first < batches.length; first += idsPerQuery) {
    const some = batches.slice(first, first + idsPerQuery)
    const byId = new Map(some.map((batch) => [anchorIdOf(issuer, batch.root), batch]))
    const topics = [changeNames.map(topicOf), [...byId.keys()]]
    const from = Math.min(...some.map(({ block }) => block))
    const log = await readLog(provider, { address, topics, from, to }, output)
    for (const entry of log) {
      const batch = byId.get(String(entry.args['anchorId']))
      if (batch) changes.push(changeOf(entry, batch))
    }
  }
  return changes.sort((a, b) => a.block - b.block)
}

const kinds = {
  Revoked: 'revoked',
  RevokedMany: 'revoked',
  Suspended: 'suspended',
  Reinstated: 'reinstated',
  BatchWithdrawn: 'withdrawn',
} as const

function changeOf({ name, args, block }: LogEntry, { root, size }: LoggedAnchor): LoggedChange {
  const kind = kinds[name as keyof typeof kinds]
  if (kind === 'withdrawn') return { kind, root, count: size, block, firstWord: 0, words: [] }
  if (name === 'Revoked') {
    const statusIndex = Number(args['statusIndex'])
    const words = [1n << BigInt(statusIndex % 256)]
    return { kind, root, count: 1, block, firstWord: Math.floor(statusIndex / 256), words }
  }
  const words = [...(args['words'] as readonly bigint[])]
  const firstWord = Number(args['firstWord'])
  return { kind, root, count: countBits(words), block, firstWord, words }
}

export function countBits(words: readonly bigint[]): number {
  return words.reduce((sum, word) => sum + word.toString(2).replaceAll('0', '').length, 0)
}

/** The id by which status events name an anchor: `keccak256(abi.encode(issuer, root))`. */
function anchorIdOf(issuer: string, root: string): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['address', 'bytes32'], [issuer, root]))
}

function topicOf(name: string): string {
  return registry.getEvent(name)?.topicHash ?? ''
}
