import { type Kysely, type Selectable, sql } from 'kysely'
import { moveBatches, noteOnBatches } from './batch-state.ts'
import { killPoint } from './kill-point.ts'
import { SendError } from './send-error.ts'
import type { Tables, TransactionPurpose, TransactionTable } from './tables.ts'

// The memory of what was signed. Written before a transaction leaves, so that no crash makes it be paid twice.

export type TransactionRow = Selectable<TransactionTable>

/** Whose transactions: one key on one chain has one sequence of nonces. */
export interface Account {
  readonly operator: string
  readonly chainId: number
}

/** A transaction as it was signed. Fees are wei a gas. */
export interface SignedTransaction {
  readonly nonce: number
  readonly hash: string
  readonly raw: string
  readonly maxFee: bigint
  readonly maxPriorityFee: bigint
  readonly purpose: TransactionPurpose
}

const onTheirWay = ['signed', 'broadcast'] as const

/** Transactions whose fate is open, by nonce. */
export function pendingTransactions(
  db: Kysely<Tables>,
  { operator, chainId }: Account,
): Promise<TransactionRow[]> {
  return db
    .selectFrom('transactions')
    .selectAll()
    .where('operator', '=', operator)
    .where('chain_id', '=', chainId)
    .where('state', 'in', onTheirWay)
    .orderBy('nonce')
    .execute()
}

/** Those that stand or stood for a nonce and are in no block, newest first: any of them may turn up. */
export function rivalsOf(
  db: Kysely<Tables>,
  { operator, chain_id, nonce }: TransactionRow,
): Promise<TransactionRow[]> {
  return db
    .selectFrom('transactions')
    .selectAll()
    .where('operator', '=', operator)
    .where('chain_id', '=', chain_id)
    .where('nonce', '=', nonce)
    .where('state', '<>', 'included')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
}

/** Which of these batches a transaction is under way for. */
export async function batchesOnTheirWay(
  db: Kysely<Tables>,
  ids: readonly string[],
  purpose: TransactionPurpose = 'anchor',
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('transaction_batches')
    .innerJoin('transactions', 'transactions.id', 'transaction_id')
    .select('batch_id')
    .where('batch_id', 'in', ids)
    .where('purpose', '=', purpose)
    .where('state', 'in', onTheirWay)
    .execute()
  return new Set(rows.map(({ batch_id }) => batch_id))
}

/** Without those that another process has moved on, or that a transaction is on its way for. */
export async function stillBuilt<Batch extends { readonly id: string }>(
  db: Kysely<Tables>,
  batches: readonly Batch[],
): Promise<readonly Batch[]> {
  const ids = batches.map(({ id }) => id)
  const onTheirWay = await batchesOnTheirWay(db, ids)
  const rows = await db
    .selectFrom('batches')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '=', 'built')
    .execute()
  const built = new Set(rows.map(({ id }) => id))
  return batches.filter(({ id }) => built.has(id) && !onTheirWay.has(id))
}

/**
 * Writes a signed transaction down, with its batches moved to `submitted` where it anchors: all of it or nothing, durable once
 * it returns. Only then may it leave.
 */
export async function recordSigned(
  db: Kysely<Tables>,
  { operator, chainId }: Account,
  signed: SignedTransaction,
  batchIds: readonly string[],
): Promise<TransactionRow> {
  return db.transaction().execute(async (transaction) => {
    const row = await insertSigned(transaction, { operator, chainId }, signed, batchIds)
    killPoint('send.storing')
    if (signed.purpose === 'anchor') {
      const facts = { transaction_hash: signed.hash, submitted_at: new Date(), reason: null }
      const moved = await moveBatches(transaction, batchIds, 'built', 'submitted', facts)
      if (moved.length < batchIds.length) {
        throw new SendError('transaction_pending', 'another process was faster')
      }
    }
    return row
  })
}

/** The same for a transaction that takes the nonce of an earlier one over. */
export async function recordReplacement(
  db: Kysely<Tables>,
  replaced: TransactionRow,
  signed: SignedTransaction,
): Promise<TransactionRow> {
  const account = { operator: replaced.operator, chainId: replaced.chain_id }
  return db.transaction().execute(async (transaction) => {
    const batchIds = await batchesOf(transaction, replaced)
    await setState(transaction, replaced, 'replaced')
    killPoint('replace.storing')
    const row = await insertSigned(transaction, account, signed, batchIds)
    if (signed.purpose === 'anchor') {
      await noteOnBatches(transaction, batchIds, 'submitted', { transaction_hash: signed.hash })
    }
    return row
  })
}

async function insertSigned(
  db: Kysely<Tables>,
  { operator, chainId }: Account,
  { maxFee, maxPriorityFee, ...signed }: SignedTransaction,
  batchIds: readonly string[],
): Promise<TransactionRow> {
  const row = await db
    .insertInto('transactions')
    .values({
      ...signed,
      operator,
      chain_id: chainId,
      max_fee: String(maxFee),
      max_priority_fee: String(maxPriorityFee),
    })
    // Signatures are deterministic: the same transaction, signed for a chain that began anew or after a refusal, is the same row.
    .onConflict((conflict) =>
      conflict.columns(['chain_id', 'hash']).doUpdateSet({
        state: 'signed',
        reverted: false,
        created_at: sql<Date>`now()`,
        updated_at: sql<Date>`now()`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  if (batchIds.length > 0) {
    await db
      .insertInto('transaction_batches')
      .values(batchIds.map((batch_id) => ({ transaction_id: row.id, batch_id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return row
}

/** An endpoint has it. Changes nothing where its fate is known already. */
export async function recordBroadcast(db: Kysely<Tables>, { id }: TransactionRow): Promise<void> {
  await db
    .updateTable('transactions')
    .set({ state: 'broadcast', updated_at: new Date() })
    .where('id', '=', id)
    .where('state', '=', 'signed')
    .execute()
}

/** The chain began anew: nothing that was signed for it counts. */
export async function forgetTransactions(db: Kysely<Tables>, chainId: number): Promise<void> {
  await db
    .updateTable('transactions')
    .set({ state: 'dropped', updated_at: new Date() })
    .where('chain_id', '=', chainId)
    .where('state', '<>', 'dropped')
    .execute()
}

export async function batchesOf(
  db: Kysely<Tables>,
  { id }: Pick<TransactionRow, 'id'>,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('transaction_batches')
    .select('batch_id')
    .where('transaction_id', '=', id)
    .execute()
  return rows.map(({ batch_id }) => batch_id)
}

/** Gives a transaction another state, unless a block holds it. */
export async function setState(
  db: Kysely<Tables>,
  { id }: TransactionRow,
  state: TransactionRow['state'],
): Promise<void> {
  await db
    .updateTable('transactions')
    .set({ state, updated_at: new Date() })
    .where('id', '=', id)
    .where('state', '<>', 'included')
    .execute()
}
