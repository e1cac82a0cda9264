import { randomInt, randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { minimumEntries } from '../core/status-list.ts'
import type { Tables } from './tables.ts'

/** Where the status of a credential that was issued by itself is kept. */
export interface AllottedStatus {
  readonly listId: string
  readonly statusIndex: number
}

/** A half-full list is full: an index is found by guessing, and tells nothing about the order of issuing. */
const perList = minimumEntries / 2

/**
 * Gives a credential that is to be issued a status of its own; durable once it returns.
 *
 * Nothing of the credential is kept but its id. An index that is not used in the end is lost, and harmless.
 */
export async function allotStatus(
  db: Kysely<Tables>,
  issuerId: string,
  credential: { readonly id: string | undefined; readonly suspendable: boolean },
): Promise<AllottedStatus> {
  const listId = await takePlace(db, issuerId)
  for (;;) {
    const statusIndex = randomInt(minimumEntries)
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('issued_credentials')
      .values({
        id: randomUUID(),
        issuer_id: issuerId,
        credential_id: credential.id ?? null,
        list_id: listId,
        status_index: statusIndex,
        suspendable: credential.suspendable,
        revoked_at: null,
        suspended_at: null,
      })
      .onConflict((conflict) => conflict.columns(['list_id', 'status_index']).doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows) return { listId, statusIndex }
  }
}

/** A list of the issuer's with a place that is now taken; a new list where all are full. Safe for several at once. */
async function takePlace(db: Kysely<Tables>, issuerId: string): Promise<string> {
  for (;;) {
    const taken = await db
      .updateTable('status_lists')
      .set({ taken: sql`taken + 1` })
      .where('issuer_id', '=', issuerId)
      .where('taken', '<', perList)
      .where('number', '=', (query) =>
        query
          .selectFrom('status_lists')
          .select(sql<number>`max(number)`.as('last'))
          .where('issuer_id', '=', issuerId),
      )
      .returning('id')
      .executeTakeFirst()
    if (taken) return taken.id
    await db
      .insertInto('status_lists')
      .columns(['id', 'issuer_id', 'number'])
      .expression((query) =>
        query
          .selectFrom('status_lists')
          .select([
            sql<string>`${randomUUID()}::uuid`.as('id'),
            sql<string>`${issuerId}::uuid`.as('issuer_id'),
            sql<number>`coalesce(max(number), 0) + 1`.as('number'),
          ])
          .where('issuer_id', '=', issuerId)
          // Whoever comes second finds a list that is not full.
          .having(sql<boolean>`coalesce(bool_and(taken >= ${sql.lit(perList)}), true)`),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

export const endings = { revocation: 'revoked_at', suspension: 'suspended_at' } as const
export type Ending = keyof typeof endings

/** Which of an issuer's issued credentials are meant: by their own id, by their place in a list, or both. */
export interface IssuedSelection {
  readonly credentialId?: string | undefined
  readonly listId?: string | undefined
  readonly statusIndex?: number | undefined
}

/** What is kept of the credentials that are meant. */
export function findIssued(db: Kysely<Tables>, issuerId: string, selection: IssuedSelection) {
  const { credentialId, listId, statusIndex } = selection
  return db
    .selectFrom('issued_credentials')
    .select(['id', 'suspendable', 'revoked_at'])
    .where('issuer_id', '=', issuerId)
    .$if(credentialId !== undefined, (query) =>
      query.where('credential_id', '=', credentialId as string),
    )
    .$if(listId !== undefined, (query) => query.where('list_id', '=', listId as string))
    .$if(statusIndex !== undefined, (query) =>
      query.where('status_index', '=', statusIndex as number),
    )
    .execute()
}

/** Ends credentials, or lifts their suspension; durable once it returns, and safe to repeat. */
export async function setEnding(
  db: Kysely<Tables>,
  ids: readonly string[],
  ending: Ending,
  isSet: boolean,
): Promise<void> {
  const column = endings[ending]
  await db
    .updateTable('issued_credentials')
    .set({ [column]: isSet ? sql`coalesce(${sql.ref(column)}, now())` : null })
    .where('id', 'in', ids)
    .execute()
}

/** A status list with its issuer; `undefined` where there is none. */
export async function findStatusList(db: Kysely<Tables>, id: string) {
  return db
    .selectFrom('status_lists')
    .innerJoin('issuers', 'issuers.id', 'status_lists.issuer_id')
    .select(['issuers.id', 'issuers.profile', 'issuers.did_kind'])
    .where('status_lists.id', '=', id)
    .executeTakeFirst()
}

/** The indexes of a list whose credentials have ended so. */
export async function endedIndexes(
  db: Kysely<Tables>,
  listId: string,
  ending: Ending,
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('issued_credentials')
    .select('status_index')
    .where('list_id', '=', listId)
    .where(endings[ending], 'is not', null)
    .execute()
  return rows.map(({ status_index }) => status_index)
}
