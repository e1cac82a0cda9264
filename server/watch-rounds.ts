import { type Kysely, sql } from 'kysely'
import type { ServiceChain } from './chains.ts'
import type { Tables } from './tables.ts'

// Kept in the database, by its clock, so that every process knows whether any watches.

/** Notes that the stored batches were compared with the chain just now. */
export async function recordRound(db: Kysely<Tables>, chain: ServiceChain): Promise<void> {
  await db
    .insertInto('watch_rounds')
    .values({ chain_id: chain.chainId, registry: chain.registry, ended_at: sql<Date>`now()` })
    .onConflict((conflict) =>
      conflict.columns(['chain_id', 'registry']).doUpdateSet({ ended_at: sql<Date>`now()` }),
    )
    .execute()
}

/** Seconds since that was last noted, by any process; `undefined` where it never was. */
export async function secondsSinceRound(
  db: Kysely<Tables>,
  chain: ServiceChain,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('watch_rounds')
    .select(sql<number>`extract(epoch from now() - ended_at)::float8`.as('seconds'))
    .where('chain_id', '=', chain.chainId)
    .where('registry', '=', chain.registry)
    .executeTakeFirst()
  return row && Math.max(0, Number(row.seconds))
}
