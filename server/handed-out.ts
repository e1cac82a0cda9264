import type { Kysely } from 'kysely'
import type { JsonObject } from '../core/canonical.ts'
import { isAnchored } from './batch-state.ts'
import { credentialWithProof, findCredential, type StoredCredential } from './credentials.ts'
import { HttpProblem } from './problem.ts'
import type { Service } from './service.ts'
import type { Tables } from './tables.ts'

/** The credential that a link opens, as its holder gets it in any form; throws as `anchoredCredential` does. */
export async function handedOut(service: Service, id: string): Promise<JsonObject> {
  return withProof(service, await anchoredCredential(service.database.db, id))
}

/** A stored credential with the proofs that its holder gets. */
export function withProof(
  { database: { db }, secretBox, trees }: Service,
  stored: StoredCredential,
): Promise<JsonObject> {
  return credentialWithProof({ db, box: secretBox }, trees, stored)
}

/** A stored credential whose batch is anchored; throws `HttpProblem` (404 `credential_unknown`, 409 `credential_not_anchored`, `batch_failed`). */
export async function anchoredCredential(
  db: Kysely<Tables>,
  id: string,
): Promise<StoredCredential> {
  const stored = await findCredential(db, id)
  if (!stored) {
    throw new HttpProblem(404, 'credential_unknown', 'There is no such credential here.')
  }
  if (stored.batch.state === 'failed') {
    throw new HttpProblem(
      409,
      'batch_failed',
      'The credential is issued, but its batch could not be anchored: the registry holds its root with another number of credentials, or refused the transaction. Waiting does not help; its issuer finds the reason at GET /batches/{id}.',
    )
  }
  if (!isAnchored(stored.batch.state)) {
    throw new HttpProblem(
      409,
      'credential_not_anchored',
      'The credential is issued, but its batch is not anchored yet; try again in a minute.',
    )
  }
  return stored
}
