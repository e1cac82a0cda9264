import { readFile } from 'node:fs/promises'
import { type Chain, readLatestBlock } from '../core/chain.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import type { Place } from '../core/migration.ts'
import { packStatusWords } from '../core/status.ts'
import { readView, registry } from './contracts.ts'
import type { Call } from './quote.ts'

/** What has been ended of a batch, by status index. */
export interface Statuses {
  readonly revoked: ReadonlySet<number>
  readonly suspended: ReadonlySet<number>
  readonly withdrawn: boolean
}

export interface AnchoredBatch {
  readonly issuer: string
  readonly root: string
  readonly size: number
}

export const noStatuses: Statuses = { revoked: new Set(), suspended: new Set(), withdrawn: false }

/** All that either of them says has been ended. */
export function bothOf(one: Statuses, other: Statuses): Statuses {
  return {
    revoked: one.revoked.union(other.revoked),
    suspended: one.suspended.union(other.suspended),
    withdrawn: one.withdrawn || other.withdrawn,
  }
}

/** Words of 256 that are read with one call. */
const wordsAtOnce = 512

/** What a registry says of a batch; throws where it cannot be read or never knew the batch. */
export async function readStatuses(
  chain: Chain,
  { chainId, registry: at }: Place,
  { issuer, root, size }: AnchoredBatch,
): Promise<Statuses> {
  const { number } = await readLatestBlock(chain, chainId)
  const read = (name: string, ...args: unknown[]) =>
    readView(chain.provider, at, registry, name, [issuer, root, ...args], number)
  const [record] = await read('anchorOf')
  if (record.anchoredAt === 0n) {
    throw new InvalidInputError(
      'batch_unknown',
      `${issuer} never anchored batch ${root} there: a batch that nobody could verify needs no migration, issue it again`,
    )
  }
  const indexesOf = async (name: 'revocations' | 'suspensions') => {
    const indexes = new Set<number>()
    for (let first = 0; first < Math.ceil(size / 256); first += wordsAtOnce) {
      const count = Math.min(wordsAtOnce, Math.ceil(size / 256) - first)
      const [words] = await read(name, first, count)
      for (const [w, word] of Array.from(words as Iterable<bigint>).entries()) {
        for (let bit = 0; word >> BigInt(bit) > 0n; bit++) {
          if ((word >> BigInt(bit)) & 1n) indexes.add((first + w) * 256 + bit)
        }
      }
    }
    return indexes
  }
  return {
    revoked: await indexesOf('revocations'),
    suspended: await indexesOf('suspensions'),
    withdrawn: record.withdrawnAt > 0n,
  }
}

/** A file `{"revoked":[3,17],"suspended":[40],"withdrawn":false}`; throws `InvalidInputError` where it says anything else. */
export async function readStatusFile(path: string, size: number): Promise<Statuses> {
  const text = await readFile(path)
  try {
    const file = parseJson(text)
    const names = ['revoked', 'suspended', 'withdrawn']
    if (!isObject(file) || Object.keys(file).some((name) => !names.includes(name))) {
      throw malformed(`expected an object of ${names.join(', ')}`, '')
    }
    const withdrawn = file['withdrawn'] ?? false
    if (typeof withdrawn !== 'boolean') throw malformed('expected true or false', '/withdrawn')
    return {
      revoked: parseIndexes(file['revoked'] ?? [], size, '/revoked'),
      suspended: parseIndexes(file['suspended'] ?? [], size, '/suspended'),
      withdrawn,
    }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, `${path}: ${messageOf(thrown)}`, thrown.pointer)
  }
}

function parseIndexes(value: unknown, size: number, pointer: string): ReadonlySet<number> {
  const isIndex = (index: unknown) =>
    Number.isInteger(index) && Number(index) >= 0 && Number(index) < size
  if (Array.isArray(value) && value.every(isIndex)) return new Set(value as readonly number[])
  throw malformed(`expected a list of status indexes below ${size}`, pointer)
}

function malformed(message: string, pointer: string): InvalidInputError {
  return new InvalidInputError('status_file_malformed', message, pointer)
}

/** Calls that bring a registry from what it has to what it should have; what ended there stays so. */
export function callsToCarry(
  wanted: Statuses,
  found: Statuses,
  { issuer, root }: AnchoredBatch,
  to: string,
): readonly Call[] {
  if (found.withdrawn) return []
  if (wanted.withdrawn) {
    return [{ to, data: registry.encodeFunctionData('withdraw', [issuer, root]) }]
  }
  const revoked = wanted.revoked.difference(found.revoked)
  const over = found.revoked.union(wanted.revoked)
  const suspended = wanted.suspended.difference(found.suspended).difference(over)
  return [
    ...(['revoke', 'suspend'] as const).flatMap((verb) =>
      packStatusWords([...(verb === 'revoke' ? revoked : suspended)]).map(
        ({ firstWord, words }) => ({
          to,
          data: registry.encodeFunctionData(verb, [issuer, root, firstWord, words]),
        }),
      ),
    ),
  ]
}
