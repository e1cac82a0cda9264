import { randomUUID } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import type { Issuer } from '../core/achievement.ts'
import type { IssuerTable, Tables } from './tables.ts'

export type IssuerRow = Selectable<IssuerTable>

/** Records an issuer; `undefined` where the slug is taken. Durable once it returns. */
export async function createIssuer(
  db: Kysely<Tables>,
  issuer: { readonly slug: string; readonly profile: Issuer; readonly account: string },
): Promise<IssuerRow | undefined> {
  return db
    .insertInto('issuers')
    .values({ id: randomUUID(), ...issuer, profile: JSON.stringify(issuer.profile) })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function findIssuer(db: Kysely<Tables>, slug: string): Promise<IssuerRow | undefined> {
  return db.selectFrom('issuers').selectAll().where('slug', '=', slug).executeTakeFirst()
}
