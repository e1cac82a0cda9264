import { type Kysely, type Selectable, sql } from 'kysely'
import { type BatchFacts, moveBatches, noteOnBatches } from './batch-state.ts'
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
const retrySeconds = 30
/** So often may the anchor of one batch be paid for and revert before somebody has to look at it. */
const mostReverts = 3

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

/** A block holds it: whatever else was signed for its nonce is void. `onSuccess` writes down in the same breath what it brought about. */
export async function recordIncluded(
  db: Kysely<Tables>,
  included: TransactionRow,
  receipt: { readonly reverted: boolean; readonly gasUsed: bigint; readonly feePaid: bigint },
  onSuccess: (db: Kysely<Tables>, batchIds: readonly string[]) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const other of await rivalsOf(transaction, included)) {
      if (other.id !== included.id) await setState(transaction, other, 'dropped')
    }
    await transaction
      .updateTable('transactions')
      .set({ state: 'dropped' })
      .where('operator', '=', included.operator)
      .where('chain_id', '=', included.chain_id)
      .where('nonce', '=', included.nonce)
      .where('state', '=', 'included')
      .execute()
    await transaction
      .updateTable('transactions')
      .set({
        state: 'included',
        reverted: receipt.reverted,
        gas_used: Number(receipt.gasUsed),
        fee_paid: String(receipt.feePaid),
        updated_at: new Date(),
      })
      .where('id', '=', included.id)
      .execute()
    killPoint('settle.recording')
    const batchIds = await batchesOf(transaction, included)
    if (included.purpose === 'anchor') {
      await noteOnBatches(transaction, batchIds, 'submitted', { transaction_hash: included.hash })
    }
    killPoint('settle.releasing')
    await releaseBatches(transaction, included, 'another transaction took the nonce of its anchor')
    if (!receipt.reverted) return onSuccess(transaction, batchIds)
    if (included.purpose === 'anchor') await recordRevert(transaction, included, batchIds)
  })
  killPoint('settle.included')
}

/** Batches that wait for a transaction of this nonce which will never come go back to `built`. */
async function releaseBatches(
  db: Kysely<Tables>,
  { operator, chain_id, nonce }: TransactionRow,
  reason: string,
): Promise<void> {
  const waiting = await db
    .selectFrom('batches')
    .innerJoin('transactions', 'transactions.hash', 'batches.transaction_hash')
    .select('batches.id')
    .where('transactions.operator', '=', operator)
    .where('transactions.chain_id', '=', chain_id)
    .where('transactions.nonce', '=', nonce)
    .where('transactions.state', '=', 'dropped')
    .where('batches.state', '=', 'submitted')
    .execute()
  await backToBuilt(
    db,
    waiting.map(({ id }) => id),
    reason,
  )
}

async function recordRevert(
  db: Kysely<Tables>,
  { hash }: TransactionRow,
  batchIds: readonly string[],
): Promise<void> {
  const reason = `transaction ${hash} was included and reverted`
  for (const id of batchIds) {
    const { reverts } = await db
      .selectFrom('transaction_batches')
      .innerJoin('transactions', 'transactions.id', 'transaction_id')
      .select((select) => select.fn.countAll<number>().as('reverts'))
      .where('batch_id', '=', id)
      .where('purpose', '=', 'anchor')
      .where('reverted', '=', true)
      .executeTakeFirstOrThrow()
    if (Number(reverts) < mostReverts) await backToBuilt(db, [id], reason)
    else await moveBatches(db, [id], 'submitted', 'failed', { reason, transaction_hash: null })
  }
}

/**
 * Gives a transaction up that was never taken or can never be included. Its nonce is free, and the next transaction takes it: should the
 * old one live on somewhere, one of the two at most can be included.
 */
export async function dropTransaction(
  db: Kysely<Tables>,
  row: TransactionRow,
  reason: string,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await setState(transaction, row, 'dropped')
    killPoint('send.dropping')
    const [before] = (await rivalsOf(transaction, row)).filter(({ state }) => state === 'replaced')
    if (before) {
      // A refused replacement leaves the one that it should have replaced.
      await setState(transaction, before, 'broadcast')
      if (before.purpose === 'status') return
      const batchIds = await batchesOf(transaction, before)
      await noteOnBatches(transaction, batchIds, 'submitted', { transaction_hash: before.hash })
      return
    }
    await releaseBatches(transaction, row, reason)
  })
  killPoint('send.dropped')
}

/**
 * After a reorganisation: what was included with a nonce that the chain has not reached is on its way again. `undo` takes back what its
 * inclusion had brought about.
 */
export async function reopenTransactions(
  db: Kysely<Tables>,
  { operator, chainId }: Account,
  nextNonce: number,
  undo: (db: Kysely<Tables>, row: TransactionRow, batchIds: readonly string[]) => Promise<void>,
): Promise<number> {
  const forgotten = await db
    .selectFrom('transactions')
    .selectAll()
    .where('operator', '=', operator)
    .where('chain_id', '=', chainId)
    .where('state', '=', 'included')
    .where('nonce', '>=', nextNonce)
    .execute()
  for (const row of forgotten) {
    await db.transaction().execute(async (transaction) => {
      for (const other of await rivalsOf(transaction, row)) {
        if (other.state === 'signed' || other.state === 'broadcast') {
          await setState(transaction, other, 'dropped')
        }
      }
      await transaction
        .updateTable('transactions')
        .set({
          state: 'broadcast',
          reverted: false,
          created_at: new Date(),
          updated_at: new Date(),
        })
        .where('id', '=', row.id)
        .execute()
      const batchIds = await batchesOf(transaction, row)
      if (row.purpose === 'anchor') {
        const facts = { transaction_hash: row.hash, submitted_at: new Date() }
        await moveBatches(transaction, batchIds, 'built', 'submitted', facts)
        await releaseBatches(transaction, row, 'the chain turned back')
      }
      killPoint('settle.reopening')
      await undo(transaction, row, batchIds)
    })
    killPoint('settle.reopened')
  }
  return forgotten.length
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

/** Has batches wait a while, and says why. */
export async function backToBuilt(
  db: Kysely<Tables>,
  ids: readonly string[],
  reason: string,
): Promise<void> {
  const facts: BatchFacts = {
    reason,
    transaction_hash: null,
    retry_at: new Date(Date.now() + retrySeconds * 1000),
  }
  await moveBatches(db, ids, 'submitted', 'built', facts)
}

async function setState(
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
