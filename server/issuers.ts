import { randomUUID } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import type { Issuer } from '../core/achievement.ts'
import { insertIssuerKey, type NewIssuerKey } from './issuer-keys.ts'
import type { DidKind, IssuerTable, Tables } from './tables.ts'

export type IssuerRow = Selectable<IssuerTable>

/** Records an issuer with its signing key, if it has one; `undefined` where the slug is taken. Durable once it returns. */
export async function createIssuer(
  db: Kysely<Tables>,
  issuer: {
    readonly slug: string
    readonly profile: Issuer
    readonly account: string
    readonly didKind?: DidKind
    readonly key?: NewIssuerKey | undefined
  },
): Promise<IssuerRow | undefined> {
  const { slug, profile, account, didKind = 'pkh', key } = issuer
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .insertInto('issuers')
      .values({
        id: randomUUID(),
        slug,
        profile: JSON.stringify(profile),
        account,
        did_kind: didKind,
      })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (row && key) await insertIssuerKey(transaction, row.id, key)
    return row
  })
}

export async function findIssuer(db: Kysely<Tables>, slug: string): Promise<IssuerRow | undefined> {
  return db.selectFrom('issuers').selectAll().where('slug', '=', slug).executeTakeFirst()
}

export async function findIssuerById(
  db: Kysely<Tables>,
  id: string,
): Promise<IssuerRow | undefined> {
  return db.selectFrom('issuers').selectAll().where('id', '=', id).executeTakeFirst()
}
