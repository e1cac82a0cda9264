import type { Kysely } from 'kysely'
import type { JsonObject } from '../core/canonical.ts'
import { type Account, didWebUrl } from '../core/did.ts'
import { listIssuerKeys, type PublicKey } from './issuer-keys.ts'
import type { IssuerRow } from './issuers.ts'
import type { Tables } from './tables.ts'

/** The did:web whose document this service serves for an issuer; `undefined` where its address cannot have one, such as one without https. */
export function ownDidWeb(baseUrl: string, slug: string): string | undefined {
  const { host, pathname } = new URL(baseUrl)
  const path = pathname.split('/').filter((part) => part !== '')
  const did = ['did:web', host.replace(':', '%3A'), ...path, 'issuers', slug].join(':')
  return didWebUrl(did) === `${new URL(baseUrl).href.replace(/\/$/, '')}/issuers/${slug}/did.json`
    ? did
    : undefined
}

/** The did:web of the whole host; `undefined` where the service lies under a path, or without https. */
export function hostDidWeb(baseUrl: string): string | undefined {
  const { host, protocol, pathname } = new URL(baseUrl)
  const did = `did:web:${host.replace(':', '%3A')}`
  return protocol === 'https:' && pathname === '/' && didWebUrl(did) ? did : undefined
}

// Inline, so that nobody has to fetch a context for the two terms of the account.
const accountTerms = {
  EcdsaSecp256k1RecoveryMethod2020:
    'https://identity.foundation/EcdsaSecp256k1RecoverySignature2020#EcdsaSecp256k1RecoveryMethod2020',
  blockchainAccountId: 'https://w3id.org/security#blockchainAccountId',
}

/**
 * A DID document that lists keys and accounts for assertions. DID Core §5.
 *
 * A key that has ended stays listed, with the time of its end, for what it signed before.
 */
export function didDocument(
  did: string,
  {
    keys,
    accounts,
  }: { readonly keys: readonly PublicKey[]; readonly accounts: readonly Account[] },
): JsonObject {
  const ofKeys = keys.map(({ publicKeyMultibase, expires }) => ({
    id: `${did}#${publicKeyMultibase}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase,
    ...(expires && { expires: timeOf(expires) }),
  }))
  const ofAccounts = accounts.map(({ chainId, address }) => ({
    id: `${did}#eip155-${chainId}-${address}`,
    type: 'EcdsaSecp256k1RecoveryMethod2020',
    controller: did,
    blockchainAccountId: `eip155:${chainId}:${address}`,
  }))
  const methods = [...ofKeys, ...ofAccounts]
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      accountTerms,
    ],
    id: did,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
    authentication: ofKeys.filter((method) => !('expires' in method)).map(({ id }) => id),
  }
}

/** The DID document of a did:web issuer of ours as of now. `chainId` is the chain that the service works on. */
export async function issuerDidDocument(
  db: Kysely<Tables>,
  issuer: IssuerRow,
  chainId: number,
  did = issuer.profile.id as string,
): Promise<JsonObject> {
  const keys = await listIssuerKeys(db, issuer.id)
  // Batches stay on the chain that they were anchored on, also where the service has moved to another one.
  const batches = await db
    .selectFrom('batches')
    .select('chain_id')
    .distinct()
    .where('issuer_id', '=', issuer.id)
    .execute()
  const chainIds = [...new Set([chainId, ...batches.map(({ chain_id }) => chain_id)])]
  return didDocument(did, {
    keys,
    accounts: chainIds.map((id) => ({ chainId: id, address: issuer.account })),
  })
}

function timeOf(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z')
}
