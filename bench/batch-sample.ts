import { assembleBatch, credentialAt as credentialWithProof } from '../core/batch.ts'
import type { JsonObject } from '../core/canonical.ts'
import type { BatchTerms } from '../core/credential.ts'
import { digestOf } from '../core/digest.ts'
import { credentialAt, drawnAt, terms } from './sample.ts'

/** A batch whose credentials are ready to be handed out, and the root that stands on the chain for it. */
export function issuedSample(
  size: number,
  place: Pick<BatchTerms, 'account' | 'registry'> = terms,
): {
  readonly root: string
  readonly credentials: readonly JsonObject[]
} {
  const entries = Array.from({ length: size }, (_, row) => {
    const credential = credentialAt(row, place)
    const salt = drawnAt(row).subarray(32, 64)
    return { credential, salt, digest: digestOf(credential, salt) }
  })
  const { account, registry } = place
  const target = { chainId: account.chainId, registry, issuer: account.address }
  const batch = assembleBatch(terms.batchId, target, entries)
  return { root: batch.root, credentials: entries.map((_, i) => credentialWithProof(batch, i)) }
}
