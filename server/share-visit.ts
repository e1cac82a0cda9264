import { type Kysely, sql } from 'kysely'
import { countView, findLink, type Link, linkUnknown } from './share.ts'
import { drawToken, hashToken } from './share-token.ts'
import type { Tables } from './tables.ts'

/** Whoever opened a link with counted views may fetch the other forms of the credential so long, without being counted again. */
const visitMinutes = 60

/** Lets a visitor in: counts the view, and gives a pass for what else is fetched of a link whose views are limited. */
export async function openVisit(
  db: Kysely<Tables>,
  link: Link,
): Promise<{ readonly link: Link; readonly pass: string | undefined }> {
  const counted = await countView(db, link)
  if (counted.view_limit === null) return { link: counted, pass: undefined }
  const { token, hash } = drawToken()
  await db
    .deleteFrom('visits')
    .where('link_id', '=', link.id)
    .where('ends_at', '<', sql<Date>`now()`)
    .execute()
  const ends_at = new Date(Date.now() + visitMinutes * 60_000)
  await db.insertInto('visits').values({ hash, link_id: link.id, ends_at }).execute()
  return { link: counted, pass: token }
}

/**
 * The link that a form of the credential is fetched by: with a pass it is not counted again, also where the view was the last one.
 * Throws `HttpProblem` 404 `link_unknown`.
 */
export async function revisit(
  db: Kysely<Tables>,
  token: string,
  pass: string | undefined,
): Promise<{ readonly link: Link; readonly isCounted: boolean }> {
  const hash = hashToken(token)
  const passHash = hashToken(pass ?? '')
  if (!hash) throw linkUnknown()
  if (passHash) {
    const link = await db
      .selectFrom('visits')
      .innerJoin('links', 'links.id', 'visits.link_id')
      .select([
        'links.id',
        'links.credential_id',
        'links.kind',
        'links.label',
        'links.created_at',
        'links.ends_at',
        'links.view_limit',
        'links.views',
        'links.revoked_at',
      ])
      .where('visits.hash', '=', passHash)
      .where('links.hash', '=', hash)
      .where('visits.ends_at', '>', sql<Date>`now()`)
      // A holder who takes the link back ends the visits, too.
      .where('links.revoked_at', 'is', null)
      .where(sql<boolean>`(links.ends_at is null or links.ends_at > now())`)
      .executeTakeFirst()
    if (link) return { link, isCounted: true }
  }
  return { link: await findLink(db, token), isCounted: false }
}
