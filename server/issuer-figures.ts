import { type Kysely, sql } from 'kysely'
import { didOf } from './issuer-did.ts'
import type { Tables } from './tables.ts'

/** The issuers of this service by their short names, each with its figures; `after` is the last one of the page before. */
export async function listIssuers(
  db: Kysely<Tables>,
  chainId: number,
  after: string,
  limit: number,
) {
  const rows = await db
    .selectFrom('issuers')
    .selectAll()
    .where('slug', '>', after)
    .orderBy('slug')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const ids = page.map(({ id }) => id)
  const [figures, keys] = await Promise.all([figuresOf(db, ids), keysOf(db, ids)])
  const issuers = page.map((issuer) => ({
    slug: issuer.slug,
    did: didOf(issuer, chainId),
    name: issuer.profile.name,
    account: issuer.account,
    createdAt: issuer.created_at.toISOString(),
    ...(figures.get(issuer.id) ?? { batches: 0, credentials: 0, anchored: 0 }),
    keys: [...(keys.get(issuer.id) ?? [])],
  }))
  const next = rows.length > limit ? page.at(-1)?.slug : undefined
  return { issuers, ...(next !== undefined && { next }) }
}

async function figuresOf(db: Kysely<Tables>, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>()
  const rows = await db
    .selectFrom('batches')
    .select(['issuer_id'])
    .select(({ fn }) => fn.countAll<string>().as('batches'))
    .select(sql<string>`coalesce(sum(size), 0)`.as('credentials'))
    .select(
      sql<string>`coalesce(sum(size) filter (where state in ('included', 'safe', 'finalized')), 0)`.as(
        'anchored',
      ),
    )
    .where('issuer_id', 'in', ids)
    .groupBy('issuer_id')
    .execute()
  return new Map(
    rows.map(({ issuer_id, batches, credentials, anchored }) => [
      issuer_id,
      { batches: Number(batches), credentials: Number(credentials), anchored: Number(anchored) },
    ]),
  )
}

async function keysOf(db: Kysely<Tables>, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>()
  const rows = await db
    .selectFrom('api_keys')
    .select(['id', 'issuer_id', 'created_at'])
    .where('issuer_id', 'in', ids)
    .orderBy('created_at')
    .execute()
  const keys = Map.groupBy(rows, ({ issuer_id }) => issuer_id)
  return new Map(
    [...keys].map(([issuerId, some]) => [
      issuerId,
      some.map(({ id, created_at }) => ({ id, createdAt: created_at.toISOString() })),
    ]),
  )
}
