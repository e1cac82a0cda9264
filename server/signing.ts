import type { Kysely } from 'kysely'
import type { JsonObject } from '../core/canonical.ts'
import { addProof, type Signer } from '../core/data-integrity.ts'
import { formatSeconds } from '../core/time.ts'
import { findSigningKey, holdSigningKey } from './issuer-keys.ts'
import type { IssuerRow } from './issuers.ts'
import type { SecretBox } from './secret-box.ts'
import type { Tables } from './tables.ts'

/** Where signing keys are and what opens them. */
export interface KeyStore {
  readonly db: Kysely<Tables>
  readonly box: SecretBox
}

/** What signs in the name of an issuer, and the time to date a signature with. */
export interface IssuerSigner {
  readonly signer: Signer
  /** XSD dateTimeStamp. */
  readonly created: string
}

type Issuer = Pick<IssuerRow, 'id' | 'profile' | 'did_kind'>

/**
 * The signer for what is dated back anyhow, such as lists that are made anew over and over.
 *
 * `undefined` where nobody could find the issuer's key by its DID: issuers named by their account, or elsewhere.
 */
export function signerOf(keys: KeyStore, issuer: Issuer): Promise<IssuerSigner | undefined> {
  return findSigner(keys, issuer, findSigningKey)
}

/** The signer for what stays as it is: its date is never after the end of its key. `undefined` as above. */
export function lastingSignerOf(keys: KeyStore, issuer: Issuer): Promise<IssuerSigner | undefined> {
  return findSigner(keys, issuer, holdSigningKey)
}

async function findSigner(
  { db, box }: KeyStore,
  issuer: Issuer,
  find: typeof findSigningKey,
): Promise<IssuerSigner | undefined> {
  if (issuer.did_kind !== 'web' && issuer.did_kind !== 'key') return undefined
  const key = await find(db, box, issuer.id)
  if (!key) throw new Error(`the issuer ${issuer.id} has no signing key`)
  const verificationMethod = `${issuer.profile.id}#${key.publicKeyMultibase}`
  return {
    signer: { verificationMethod, sign: key.sign },
    created: formatSeconds(key.now.getTime() / 1000),
  }
}

export const issueCryptosuites = ['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const
export type IssueCryptosuite = (typeof issueCryptosuites)[number]

/** The document with a proof of the issuer's, for assertions, beside the proofs it has. */
export async function signDocument(
  { signer, created }: IssuerSigner,
  document: JsonObject,
  cryptosuite: IssueCryptosuite = 'eddsa-rdfc-2022',
): Promise<JsonObject> {
  return addProof(document, { cryptosuite, signer, created, proofPurpose: 'assertionMethod' })
}
