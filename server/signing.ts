import type { Kysely } from 'kysely'
import type { JsonObject } from '../core/canonical.ts'
import { addProof, type Signer } from '../core/data-integrity.ts'
import { formatSeconds } from '../core/time.ts'
import { findSigningKey } from './issuer-keys.ts'
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
  /** XSD dateTimeStamp; never after the end of the key. */
  readonly created: string
}

/** `undefined` where nobody could find the issuer's key by its DID: issuers named by their account, or elsewhere. */
export async function signerOf(
  { db, box }: KeyStore,
  issuer: Pick<IssuerRow, 'id' | 'profile' | 'did_kind'>,
): Promise<IssuerSigner | undefined> {
  if (issuer.did_kind !== 'web' && issuer.did_kind !== 'key') return undefined
  const key = await findSigningKey(db, box, issuer.id)
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
