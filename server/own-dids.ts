import type { JsonObject } from '../core/canonical.ts'
import { hostDidWeb, issuerDidDocument, ownDidWeb } from './did-documents.ts'
import { findIssuer } from './issuers.ts'
import type { Service } from './service.ts'

type Place = Pick<Service, 'config' | 'database' | 'chain'>

/** The DID document of the issuer with this slug; `undefined` where it has no did:web at the address of this service. */
export async function slugDidDocument(
  { config, database, chain }: Place,
  slug: string,
): Promise<JsonObject | undefined> {
  const issuer = await findIssuer(database.db, slug)
  const did = ownDidWeb(config.PUBLIC_BASE_URL, slug)
  if (issuer?.did_kind !== 'web' || issuer.profile.id !== did) return undefined
  return issuerDidDocument(database.db, issuer, chain.chainId)
}

/** The DID document of the host: that of its only issuer under a shorter name; `undefined` where there are several. */
export async function hostDidDocument({
  config,
  database,
  chain,
}: Place): Promise<JsonObject | undefined> {
  const did = hostDidWeb(config.PUBLIC_BASE_URL)
  const issuers = await database.db.selectFrom('issuers').selectAll().limit(2).execute()
  const [issuer, second] = issuers
  if (!did || !issuer || second || issuer.did_kind !== 'web') return undefined
  const document = await issuerDidDocument(database.db, issuer, chain.chainId, did)
  return { ...document, alsoKnownAs: [issuer.profile.id as string] }
}

/** The document of a did:web that this service serves, without asking itself over the network. */
export async function ownDidDocument(place: Place, did: string): Promise<JsonObject | undefined> {
  const { PUBLIC_BASE_URL } = place.config
  if (did === hostDidWeb(PUBLIC_BASE_URL)) return hostDidDocument(place)
  const slug = did.split(':').at(-1) ?? ''
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(slug) && ownDidWeb(PUBLIC_BASE_URL, slug) === did
    ? slugDidDocument(place, slug)
    : undefined
}
