import { type Kysely, sql } from 'kysely'
import { addressWord, checksumAddress } from '../core/abi.ts'
import { fromHex } from '../core/bytes.ts'
import type { ServiceChain } from './chains.ts'
import { anchorIdOf, type LogHints } from './registry-logs.ts'
import type { Tables } from './tables.ts'

// What shall be looked at on the chain next. A mark says nothing about what is found there.

/** What of ours logs were about. */
export interface Touched {
  readonly batches: readonly string[]
  /** Whether an issuer of ours gave or took an operator's roles. */
  readonly operators: boolean
  /** Whether an issuer of ours was accredited, or lost an accreditation. */
  readonly accreditations: boolean
}

const rowsPerStatement = 1000
const anchoredStates = ['included', 'safe', 'finalized'] as const

/** Marks the batches that logs up to `block` are about: their anchors are read with the next round, and what may have changed with them. */
export async function markByLogs(
  db: Kysely<Tables>,
  service: ServiceChain,
  hints: LogHints,
  block: number,
): Promise<Touched> {
  const { anchored, changed } = hints
  if (anchored.size + changed.size > 0) await nameBatches(db, service)
  const all = await batchesNamed(db, service, [...anchored, ...changed])
  await readSoon(db, [...all.values()].flat())
  await markBatches(
    db,
    [...changed].flatMap((id) => all.get(id) ?? []),
    block,
  )
  const isIssuer = (accounts: ReadonlySet<string>) => hasIssuer(db, [...accounts])
  return {
    batches: [...new Set([...all.values()].flat())],
    operators: await isIssuer(hints.operatorsOf),
    accreditations: await isIssuer(hints.accredited),
  }
}

/** Has the statuses of batches read; state older than `block` does not count. */
export async function markBatches(
  db: Kysely<Tables>,
  ids: readonly string[],
  block: number,
): Promise<void> {
  for (let first = 0; first < ids.length; first += rowsPerStatement) {
    await db
      .insertInto('watched_statuses')
      .values(ids.slice(first, first + rowsPerStatement).map((batch_id) => ({ batch_id, block })))
      .onConflict((conflict) =>
        conflict.column('batch_id').doUpdateSet({
          block: sql<number>`greatest(watched_statuses.block, excluded.block)`,
          marks: sql<number>`watched_statuses.marks + 1`,
        }),
      )
      .execute()
  }
}

/** The same for every batch that was seen anchored: what happened to them is not known. */
export async function markAnchored(
  db: Kysely<Tables>,
  service: ServiceChain,
  block: number,
): Promise<void> {
  await sql`
    insert into watched_statuses (batch_id, block)
      select id, ${block}::bigint from batches
        where chain_id = ${service.chainId} and registry = ${service.registry}
          and state in (${sql.join(anchoredStates)})
      on conflict (batch_id) do update
        set block = excluded.block, marks = watched_statuses.marks + 1`.execute(db)
}

/** What was learned from blocks after `ancestor` counts no more: these batches are looked at again. */
export async function markSince(
  db: Kysely<Tables>,
  service: ServiceChain,
  ancestor: number,
): Promise<void> {
  const ours = db
    .selectFrom('batches')
    .select('id')
    .where('chain_id', '=', service.chainId)
    .where('registry', '=', service.registry)
  await db
    .updateTable('watched_statuses')
    .set({ block: ancestor, marks: sql<number>`marks + 1` })
    .where('block', '>', ancestor)
    .where('batch_id', 'in', ours)
    .execute()
  await db
    .updateTable('batches')
    .set({ watched_at: null })
    .where('state', 'in', ['submitted', 'included', 'safe'])
    .where('id', 'in', ours)
    .execute()
}

/** Writes down by which id logs name each batch, where that was not done yet. A batch is stored before it can be anchored. */
async function nameBatches(db: Kysely<Tables>, service: ServiceChain): Promise<void> {
  for (;;) {
    const rows = await db
      .selectFrom('batches')
      .select(['id', 'account', 'root'])
      .where('anchor_id', 'is', null)
      .where('chain_id', '=', service.chainId)
      .where('registry', '=', service.registry)
      .where('state', '<>', 'building')
      // A build that failed has no root yet.
      .where('root', '<>', new Uint8Array(32))
      .limit(rowsPerStatement)
      .execute()
    for (const { id, account, root } of rows) {
      const anchor_id = anchorIdOf(addressWord(account), Uint8Array.from(root))
      await db.updateTable('batches').set({ anchor_id }).where('id', '=', id).execute()
    }
    if (rows.length < rowsPerStatement) return
  }
}

/** Ids of our batches by the ids in logs. */
async function batchesNamed(
  db: Kysely<Tables>,
  service: ServiceChain,
  anchorIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  for (let first = 0; first < anchorIds.length; first += rowsPerStatement) {
    const some = anchorIds.slice(first, first + rowsPerStatement).map((id) => fromHex(id))
    const rows = await db
      .selectFrom('batches')
      .select(['id', sql<string>`'0x' || encode(anchor_id, 'hex')`.as('name')])
      .where('chain_id', '=', service.chainId)
      .where('registry', '=', service.registry)
      .where('anchor_id', 'in', some)
      .execute()
    for (const { id, name } of rows) found.set(name, [...(found.get(name) ?? []), id])
  }
  return found
}

async function readSoon(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  for (let first = 0; first < ids.length; first += rowsPerStatement) {
    await db
      .updateTable('batches')
      .set({ watched_at: null })
      .where('id', 'in', ids.slice(first, first + rowsPerStatement))
      .execute()
  }
}

/** `accounts` come from logs, and may be any number of anybody's. */
async function hasIssuer(db: Kysely<Tables>, accounts: readonly string[]): Promise<boolean> {
  for (let first = 0; first < accounts.length; first += rowsPerStatement) {
    const some = accounts.slice(first, first + rowsPerStatement).map((a) => checksumAddress(a))
    const row = await db
      .selectFrom('issuers')
      .select('id')
      .where('account', 'in', some)
      .executeTakeFirst()
    if (row) return true
  }
  return false
}
