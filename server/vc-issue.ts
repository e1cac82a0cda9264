import type { Json, JsonObject } from '../core/canonical.ts'
import { credentialsV1, credentialsV2, dataIntegrityV2 } from '../core/contexts.ts'
import { checkDataModel } from '../core/data-model/credential.ts'
import { type Problem, problem } from '../core/data-model/problem.ts'
import { isObject } from '../core/i-json.ts'
import { badgeKindOf, checkOpenBadge } from '../core/open-badges/badge.ts'
import { allotStatus, type Ending } from './issued.ts'
import { listUrl } from './issued-list.ts'
import type { IssuerRow } from './issuers.ts'
import { HttpProblem } from './problem.ts'
import type { Service } from './service.ts'
import { type IssueCryptosuite, lastingSignerOf, signDocument } from './signing.ts'

/** How a credential is issued by itself. */
export interface IssueOptions {
  readonly cryptosuite?: IssueCryptosuite | undefined
  /** Which statuses it can get; only credentials of version 2.0 that bring none along. */
  readonly statusPurposes?: readonly Ending[] | undefined
}

/** The credential with the issuer's proof, or everything that keeps it from being issued. */
export type Issued = { readonly credential: JsonObject } | { readonly problems: readonly Problem[] }

/**
 * Issues a credential by itself: no batch, no anchor, a signature. It is untrusted, and checked by the data model.
 *
 * Throws `HttpProblem` 409 where the issuer has no key that its DID leads to.
 */
export async function issueOne(
  service: Pick<Service, 'config' | 'database' | 'secretBox'>,
  issuer: IssuerRow,
  credential: unknown,
  options: IssueOptions = {},
): Promise<Issued> {
  const keys = { db: service.database.db, box: service.secretBox }
  const signer = await lastingSignerOf(keys, issuer)
  if (!signer) throw withoutKey()
  const problems = await checkIssue(issuer, credential)
  if (problems.length > 0) return { problems }
  const prepared = await addStatus(service, issuer, credential as JsonObject, options)
  const document = addContext(prepared)
  return { credential: await signDocument(signer, document, options.cryptosuite) }
}

async function checkIssue(issuer: IssuerRow, credential: unknown): Promise<readonly Problem[]> {
  const problems = await checkDataModel(credential)
  if (problems.length > 0) return problems
  const document = credential as JsonObject
  const { issuer: named, proof } = document
  const id = isObject(named) ? named['id'] : named
  if (id !== issuer.profile.id) {
    const message = `the issuer must be ${issuer.profile.id}, which this key signs for`
    return [problem('issuer_mismatch', message, isObject(named) ? '/issuer/id' : '/issuer')]
  }
  if (proof !== undefined) {
    return [problem('proof_present', 'it is signed already; send it without proof', '/proof')]
  }
  return badgeKindOf(document) ? checkOpenBadge(document) : []
}

async function addStatus(
  { config, database }: Pick<Service, 'config' | 'database'>,
  issuer: IssuerRow,
  credential: JsonObject,
  { statusPurposes = ['revocation'] }: IssueOptions,
): Promise<JsonObject> {
  const [context] = contextsOf(credential)
  const hasStatus = credential['credentialStatus'] !== undefined
  if (context !== credentialsV2 || hasStatus || statusPurposes.length === 0) return credential
  const { id } = credential
  const { listId, statusIndex } = await allotStatus(database.db, issuer.id, {
    id: typeof id === 'string' ? id : undefined,
    suspendable: statusPurposes.includes('suspension'),
  })
  const entries = statusPurposes.map((purpose) => {
    const url = listUrl(config.PUBLIC_BASE_URL, listId, purpose)
    return {
      id: `${url}#${statusIndex}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: purpose,
      statusListIndex: String(statusIndex),
      statusListCredential: url,
    }
  })
  // Open Badges' own schema takes one entry, not a list of one.
  const [entry] = entries
  return { ...credential, credentialStatus: entries.length === 1 ? (entry as Json) : entries }
}

/** The contexts of version 1.1 do not know the terms of a proof; those of 2.0 do. */
function addContext(credential: JsonObject): JsonObject {
  const contexts = contextsOf(credential)
  return contexts[0] === credentialsV1 && !contexts.includes(dataIntegrityV2)
    ? { ...credential, '@context': [...contexts, dataIntegrityV2] }
    : credential
}

function contextsOf(credential: JsonObject): readonly Json[] {
  const context = credential['@context'] as Json
  return [context].flat() as readonly Json[]
}

function withoutKey(): HttpProblem {
  return new HttpProblem(
    409,
    'signing_key_none',
    'This issuer is named by its account or by a DID elsewhere, so this service signs nothing for it; issue in batches, or record an issuer with did: web or key.',
  )
}
