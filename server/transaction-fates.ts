import type { Kysely } from 'kysely'
import { type BatchFacts, moveBatches, noteOnBatches } from './batch-state.ts'
import { killPoint } from './kill-point.ts'
import { undoStatusCall } from './statuses.ts'
import type { Tables } from './tables.ts'
import { type Account, batchesOf, rivalsOf, setState, type TransactionRow } from './transactions.ts'

// What became of a transaction that was signed here, and of its batches with it.

const retrySeconds = 30
/** So often may the anchor of one batch be paid for and revert before somebody has to look at it. */
const mostReverts = 3

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
    await displaceIncluded(transaction, included)
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

/**
 * The chain turned back between two looks at it, and this transaction took the nonce of one that was included: what that one had brought
 * about is undone. (An anchor that is gone is missed by the watcher, which reads the state; nobody reads the statuses.)
 */
async function displaceIncluded(
  db: Kysely<Tables>,
  { id, operator, chain_id, nonce }: TransactionRow,
): Promise<void> {
  const displaced = await db
    .updateTable('transactions')
    .set({ state: 'dropped', updated_at: new Date() })
    .where('operator', '=', operator)
    .where('chain_id', '=', chain_id)
    .where('nonce', '=', nonce)
    .where('state', '=', 'included')
    .where('id', '<>', id)
    .returningAll()
    .execute()
  for (const row of displaced) {
    if (row.purpose === 'status' && !row.reverted) {
      await undoStatusCall(db, row.raw, await batchesOf(db, row))
    }
  }
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
