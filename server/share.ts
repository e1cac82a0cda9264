import { randomUUID } from 'node:crypto'
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import { HttpProblem } from './problem.ts'
import { firstOf } from './reissued.ts'
import { drawToken, hashToken, linkUrl } from './share-token.ts'
import type { LinkTable, Tables } from './tables.ts'

export type Link = Omit<Selectable<LinkTable>, 'hash'>

/** What a holder limits a share by; without either it ends when the holder revokes it. */
export interface ShareLimits {
  readonly label?: string | undefined
  readonly endsAt?: Date | undefined
  readonly views?: number | undefined
}

/** A link as it is told once; afterwards only the hash of its token is known. */
export interface NewLink {
  readonly id: string
  readonly url: string
}

/** Shares that live at once; a holder has no need for more, and whoever found the holder's link cannot fill the database. */
const mostShares = 100
const mostHolderLinks = 20

const columns = [
  'id',
  'credential_id',
  'kind',
  'label',
  'created_at',
  'ends_at',
  'view_limit',
  'views',
  'revoked_at',
] as const

/** One answer for what never was, was revoked, has ended or is spent: a guess learns nothing. */
export function linkUnknown(): HttpProblem {
  return new HttpProblem(
    404,
    'link_unknown',
    'This link leads to nothing: it was cut off when it was copied, has ended, or was taken back. Ask whoever gave it to you for another one.',
  )
}

/** The link of a token, while it holds; throws `HttpProblem` 404 `link_unknown`. The token is untrusted. */
export async function findLink(db: Kysely<Tables>, token: string): Promise<Link> {
  const hash = hashToken(token)
  const link =
    hash &&
    (await db
      .selectFrom('links')
      .select(columns)
      .where('hash', '=', hash)
      .where(lives)
      .executeTakeFirst())
  if (link) return link
  throw linkUnknown()
}

/** The same where it is the holder's own. */
export async function findHolderLink(db: Kysely<Tables>, token: string): Promise<Link> {
  const link = await findLink(db, token)
  if (link.kind === 'holder') return link
  throw linkUnknown()
}

const lives = sql<boolean>`(revoked_at is null and (ends_at is null or ends_at > now())
  and (view_limit is null or views < view_limit))`

/** Counts a view. Of several at once no more are let in than are left: the others get `link_unknown`. */
export async function countView(db: Kysely<Tables>, { id }: Link): Promise<Link> {
  const counted = await db
    .updateTable('links')
    .set({ views: sql`views + 1` })
    .where('id', '=', id)
    .where(lives)
    .returning(columns)
    .executeTakeFirst()
  if (counted) return counted
  throw linkUnknown()
}

/** A link for the holder, which the issuer hands over. Those made before go on working, up to twenty. */
export async function makeHolderLink(
  db: Kysely<Tables>,
  baseUrl: string,
  credentialId: string,
): Promise<NewLink> {
  const { id, row, url } = drawLink(baseUrl, await firstOf(db, credentialId))
  return insertLink(db, { ...row, kind: 'holder' }, mostHolderLinks, { id, url })
}

/** Links for the holders of many credentials that replaced none, in their order. */
export async function makeHolderLinks(
  db: Kysely<Tables>,
  baseUrl: string,
  credentialIds: readonly string[],
): Promise<readonly string[]> {
  const drawn = credentialIds.map((id) => drawLink(baseUrl, id))
  await db
    .insertInto('links')
    .values(drawn.map(({ row }) => ({ ...row, kind: 'holder' as const })))
    .execute()
  return drawn.map(({ url }) => url)
}

/** A link for others to the credential that the holder's link is of. */
export async function makeShare(
  db: Kysely<Tables>,
  baseUrl: string,
  { credential_id }: Link,
  { label, endsAt, views }: ShareLimits,
): Promise<NewLink> {
  const { id, row, url } = drawLink(baseUrl, credential_id)
  const share = { label: label ?? null, ends_at: endsAt ?? null, view_limit: views ?? null }
  return insertLink(db, { ...row, ...share, kind: 'share' }, mostShares, { id, url })
}

/** The shares of a credential that were not revoked, those that have ended or are spent included; the newest first. */
export async function listShares(
  db: Kysely<Tables>,
  { credential_id }: Link,
): Promise<readonly Link[]> {
  return db
    .selectFrom('links')
    .select(columns)
    .where('credential_id', '=', credential_id)
    .where('kind', '=', 'share')
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(1000)
    .execute()
}

/** Ends a share at once; whether there was one. */
export async function revokeShare(
  db: Kysely<Tables>,
  { credential_id }: Link,
  id: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('links')
    .set({ revoked_at: sql`now()` })
    .where('id', '=', id)
    .where('credential_id', '=', credential_id)
    .where('kind', '=', 'share')
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The same where the number of links does not matter, such as in a mail; its address. */
export async function drawHolderLink(
  db: Kysely<Tables>,
  baseUrl: string,
  credentialId: string,
): Promise<string> {
  const { row, url } = drawLink(baseUrl, await firstOf(db, credentialId))
  await db
    .insertInto('links')
    .values({ ...row, kind: 'holder' })
    .execute()
  return url
}

/** A new link for a holder whose link may be known to others: all links of the holder's end, those that were shared stay. */
export async function replaceHolderLink(
  db: Kysely<Tables>,
  baseUrl: string,
  { credential_id }: Link,
): Promise<NewLink> {
  const { id, row, url } = drawLink(baseUrl, credential_id)
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('links')
      .set({ revoked_at: sql`now()` })
      .where('credential_id', '=', credential_id)
      .where('kind', '=', 'holder')
      .where('revoked_at', 'is', null)
      .execute()
    await transaction
      .insertInto('links')
      .values({ ...row, kind: 'holder' })
      .execute()
  })
  return { id, url }
}

function drawLink(baseUrl: string, credential_id: string) {
  const { token, hash } = drawToken()
  const id = randomUUID()
  const unlimited = { label: null, ends_at: null, view_limit: null, revoked_at: null }
  return { id, url: linkUrl(baseUrl, token), row: { id, hash, credential_id, ...unlimited } }
}

async function insertLink(
  db: Kysely<Tables>,
  row: Insertable<LinkTable>,
  most: number,
  made: NewLink,
): Promise<NewLink> {
  const { count } = await db
    .selectFrom('links')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('credential_id', '=', row.credential_id)
    .where('kind', '=', row.kind)
    .where(lives)
    .executeTakeFirstOrThrow()
  if (count >= most) {
    throw new HttpProblem(
      409,
      'links_too_many',
      `The credential has ${count} such links that work; revoke one first, or use one of them.`,
    )
  }
  await db.insertInto('links').values(row).execute()
  return made
}
