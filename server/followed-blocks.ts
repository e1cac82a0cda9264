import type { Kysely } from 'kysely'
import type { ServiceChain } from './chains.ts'
import type { Tables } from './tables.ts'

// How far the logs of a chain were read, and by which hashes it is known again. Durable, so that any process goes on from there.

/** A block that logs were read up to. */
export interface KnownBlock {
  readonly number: number
  readonly hash: string
}

/** Where following stands. */
export interface Cursor {
  /** Newest first; at least one. The newest is the one that logs were read up to, the oldest the last final one. */
  readonly blocks: readonly KnownBlock[]
  readonly genesis: string | null
  readonly range: number
}

/** Blocks whose hashes are kept, beside the last final one. */
const mostBlocks = 256

export function newestOf({ blocks }: Cursor): KnownBlock {
  return blocks[0] as KnownBlock
}

/** The block that nothing turns back beyond. */
export function finalOf({ blocks }: Cursor): KnownBlock {
  return blocks.at(-1) as KnownBlock
}

/** The newest of the blocks that may count as final where the chain does not say which is. */
export function oldestOfMany({ blocks }: Cursor): KnownBlock {
  return blocks[mostBlocks] ?? (blocks.at(-1) as KnownBlock)
}

export async function readCursor(
  db: Kysely<Tables>,
  service: ServiceChain,
): Promise<Cursor | undefined> {
  const row = await db
    .selectFrom('followed_chains')
    .select(['genesis', 'range'])
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .executeTakeFirst()
  if (!row) return undefined
  const blocks = await db
    .selectFrom('followed_blocks')
    .select(['number', 'hash'])
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .orderBy('number', 'desc')
    .execute()
  return blocks.length === 0 ? undefined : { ...row, blocks }
}

/** Begins at a block, as if nothing had been followed before; the count of reorganisations stays. */
export async function begin(
  db: Kysely<Tables>,
  service: ServiceChain,
  base: KnownBlock,
  genesis: string | null,
  range: number,
): Promise<Cursor> {
  const { chainId: chain_id, registry } = service
  const { number, hash } = base
  const place = { number, finalized: number, head: number, genesis, range }
  await deleteBlocks(db, service)
  await db
    .insertInto('followed_chains')
    .values({ chain_id, registry, ...place })
    .onConflict((conflict) => conflict.columns(['chain_id', 'registry']).doUpdateSet(place))
    .execute()
  await db.insertInto('followed_blocks').values({ chain_id, registry, number, hash }).execute()
  return { blocks: [{ number, hash }], genesis, range }
}

/** Goes on to a block; `isFinal` where everything up to it was read when it was final. */
export async function advance(
  db: Kysely<Tables>,
  service: ServiceChain,
  cursor: Cursor,
  { number, hash }: KnownBlock,
  isFinal: boolean,
): Promise<Cursor> {
  const { chainId: chain_id, registry } = service
  await db
    .insertInto('followed_blocks')
    .values({ chain_id, registry, number, hash })
    .onConflict((conflict) =>
      conflict.columns(['chain_id', 'registry', 'number']).doUpdateSet({ hash }),
    )
    .execute()
  const next = { ...cursor, blocks: [{ number, hash }, ...cursor.blocks] }
  if (isFinal) return confirm(db, service, next, { number, hash })
  await note(db, service, { number })
  const kept = [
    ...next.blocks.slice(0, mostBlocks + 1),
    ...next.blocks.slice(mostBlocks + 1).slice(-1),
  ]
  await keepBlocks(db, service, kept)
  return { ...next, blocks: kept }
}

/** Everything up to a block was read when it was final: what is below need not be known any more. */
export async function confirm(
  db: Kysely<Tables>,
  service: ServiceChain,
  cursor: Cursor,
  final: KnownBlock,
): Promise<Cursor> {
  const { chainId: chain_id, registry } = service
  const above = cursor.blocks.filter(({ number }) => number > final.number)
  const blocks = [...above, { number: final.number, hash: final.hash }]
  await db
    .insertInto('followed_blocks')
    .values({ chain_id, registry, number: final.number, hash: final.hash })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await keepBlocks(db, service, blocks)
  await note(db, service, {
    number: newestOf({ ...cursor, blocks }).number,
    finalized: final.number,
  })
  return { ...cursor, blocks }
}

/** Goes back to a block that the chain still has. */
export async function rollBack(
  db: Kysely<Tables>,
  service: ServiceChain,
  cursor: Cursor,
  ancestor: KnownBlock,
): Promise<Cursor> {
  const blocks = cursor.blocks.filter(({ number }) => number <= ancestor.number)
  await keepBlocks(db, service, blocks)
  await note(db, service, { number: ancestor.number })
  await countReorg(db, service)
  return { ...cursor, blocks }
}

export async function countReorg(db: Kysely<Tables>, service: ServiceChain): Promise<void> {
  await db
    .updateTable('followed_chains')
    .set((row) => ({ reorgs: row('reorgs', '+', 1) }))
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .execute()
}

/** Records facts about following; durable once it returns. */
export async function note(
  db: Kysely<Tables>,
  service: ServiceChain,
  facts: Partial<Readonly<Record<'number' | 'finalized' | 'head' | 'range', number>>>,
): Promise<void> {
  await db
    .updateTable('followed_chains')
    .set(facts)
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .execute()
}

/** How far a chain was followed, for metrics and health; `undefined` before the first time. */
export function readFollowing(db: Kysely<Tables>, service: ServiceChain) {
  return db
    .selectFrom('followed_chains')
    .select(['number', 'finalized', 'head', 'reorgs'])
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
    .executeTakeFirst()
}

async function keepBlocks(
  db: Kysely<Tables>,
  service: ServiceChain,
  kept: readonly KnownBlock[],
): Promise<void> {
  await deleteBlocks(
    db,
    service,
    kept.map(({ number }) => number),
  )
}

async function deleteBlocks(
  db: Kysely<Tables>,
  service: ServiceChain,
  except: readonly number[] = [],
): Promise<void> {
  const ours = db
    .deleteFrom('followed_blocks')
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
  await (except.length > 0 ? ours.where('number', 'not in', except) : ours).execute()
}
