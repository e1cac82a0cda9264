import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { parseAchievement } from '../core/achievement.ts'
import { didPkh } from '../core/did.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import { type Pathway, parsePathway, pathwayText } from '../core/pathway/pathway.ts'
import { didOf } from './issuer-did.ts'
import type { IssuerRow } from './issuers.ts'
import type { Tables } from './tables.ts'

/** Publishes a pathway at an address of its own, which becomes its id. It never changes: another version is another pathway. */
export async function publishPathway(
  db: Kysely<Tables>,
  baseUrl: string,
  issuer: IssuerRow,
  body: unknown,
): Promise<Pathway> {
  if (isObject(body as never) && (body as Record<string, unknown>)['id'] !== undefined) {
    throw new InvalidInputError(
      'pathway_id_given',
      'leave the id out: it becomes the address at which the pathway is published',
      '/id',
    )
  }
  const id = randomUUID()
  const pathway = parsePathway({
    ...(body as object),
    id: `${baseUrl.replace(/\/+$/, '')}/pathways/${id}`,
  })
  parseAchievement(pathway.achievement, '/achievement')
  await db
    .insertInto('pathways')
    .values({ id, issuer_id: issuer.id, document: pathwayText(pathway) })
    .execute()
  return pathway
}

/** The text of a published pathway, byte for byte what awards bind the digest of. */
export async function findPathwayText(db: Kysely<Tables>, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('pathways')
    .select('document')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.document
}

/** The pathways of an issuer, the newest first. */
export async function listPathways(
  db: Kysely<Tables>,
  issuer: IssuerRow,
): Promise<readonly Pathway[]> {
  const rows = await db
    .selectFrom('pathways')
    .select('document')
    .where('issuer_id', '=', issuer.id)
    .orderBy('created_at', 'desc')
    .limit(1000)
    .execute()
  return rows.map(({ document }) => parsePathway(parseJson(document)))
}

/** A published pathway in brief, and who published it: by slug, and by the DIDs that credentials name. */
export interface PublishedPathway {
  readonly id: string
  readonly name: string
  readonly issuer: { readonly slug: string; readonly id: string; readonly account: string }
}

/** The newest pathways of all issuers, who anchor on the chain of this id. */
export async function listPublished(
  db: Kysely<Tables>,
  chainId: number,
): Promise<readonly PublishedPathway[]> {
  const rows = await db
    .selectFrom('pathways')
    .innerJoin('issuers', 'issuers.id', 'pathways.issuer_id')
    .select(['pathways.document', 'issuers.slug', 'issuers.account', 'issuers.profile'])
    .orderBy('pathways.created_at', 'desc')
    .limit(500)
    .execute()
  return rows.map(({ document, slug, account: address, profile }) => {
    const { id, name } = parseJson(document) as { readonly id: string; readonly name: string }
    const issuer = { profile, account: address }
    const account = didPkh({ chainId, address })
    return { id, name, issuer: { slug, id: didOf(issuer, chainId), account } }
  })
}

/** A pathway as a request names it: by the address of one that is published here, or in full. Throws `InvalidInputError`. */
export async function namedPathway(
  db: Kysely<Tables>,
  baseUrl: string,
  value: unknown,
): Promise<Pathway> {
  if (typeof value !== 'string') return within('/pathway', () => parsePathway(value))
  const prefix = `${baseUrl.replace(/\/+$/, '')}/pathways/`
  const id = value.startsWith(prefix) ? value.slice(prefix.length) : ''
  const text = /^[0-9a-f-]{36}$/.test(id) ? await findPathwayText(db, id) : undefined
  if (text !== undefined) return parsePathway(parseJson(text))
  throw new InvalidInputError(
    'pathway_unknown',
    `no pathway is published here as ${value.slice(0, 200)}; give the whole pathway instead`,
    '/pathway',
  )
}

/** Places within the pathway become places within the request. */
export function within<T>(pointer: string, parse: () => T): T {
  try {
    return parse()
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, thrown.message, pointer + thrown.pointer)
  }
}
