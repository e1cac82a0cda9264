import type { Kysely } from 'kysely'
import { toHex } from '../core/bytes.ts'
import type { JsonObject } from '../core/canonical.ts'
import { parseDidPkh } from '../core/did.ts'
import { digestOf } from '../core/digest.ts'
import { parseCredential } from '../core/format.ts'
import { isObject } from '../core/i-json.ts'
import { type AnchorProof, attachAnchorProof } from '../core/proof.ts'
import { encodeVerify, verifySignature } from '../core/registry.ts'
import { type BatchRow, batchColumns } from './batches.ts'
import { documentText, documentTexts, selectDocuments } from './credential-documents.ts'
import { findIssuerById } from './issuers.ts'
import { type KeyStore, lastingSignerOf, signDocument } from './signing.ts'
import type { CredentialStatus, Tables } from './tables.ts'
import type { Trees } from './trees.ts'

/** A stored credential with its batch. */
export interface StoredCredential {
  readonly id: string
  readonly statusIndex: number
  readonly document: JsonObject
  readonly salt: Uint8Array
  /** The issuer's own proof; `undefined` until it is handed out. */
  readonly signature: JsonObject | undefined
  readonly status: CredentialStatus
  readonly chainStatus: CredentialStatus
  readonly batch: BatchRow
}

export async function findCredential(
  db: Kysely<Tables>,
  id: string,
): Promise<StoredCredential | undefined> {
  const row = await selectDocuments(db)
    .innerJoin('batches', 'batches.id', 'credentials.batch_id')
    .select(batchColumns)
    .select([
      'credentials.id as credential_id',
      'credentials.salt',
      'credentials.signature',
      'credentials.status',
      'credentials.chain_status',
    ])
    .where('credentials.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const {
    credential_id,
    status_index,
    document,
    filled,
    template,
    salt,
    signature,
    status,
    chain_status,
    ...batch
  } = row
  const text = documentText({ id: credential_id, status_index, document, filled, template })
  return {
    id: credential_id,
    statusIndex: status_index,
    document: JSON.parse(text),
    salt: Uint8Array.from(salt),
    signature: signature === null ? undefined : JSON.parse(signature),
    status,
    chainStatus: chain_status,
    batch,
  }
}

/** What the anchor proof of a credential holds. */
async function proofOf(trees: Trees, stored: StoredCredential): Promise<AnchorProof> {
  const { batch, statusIndex, salt } = stored
  return {
    chainId: batch.chain_id,
    registry: batch.registry,
    issuer: batch.account,
    statusIndex,
    salt,
    siblings: await trees.siblings(batch, statusIndex),
  }
}

/** The credential as its holder gets it: with the issuer's signature, where it has a key, and with its anchor proof. */
export async function credentialWithProof(
  keys: KeyStore,
  trees: Trees,
  stored: StoredCredential,
): Promise<JsonObject> {
  const signature = await ensureSignature(keys, stored)
  const signed = signature ? { ...stored.document, proof: [signature] } : stored.document
  return attachAnchorProof(signed, await proofOf(trees, stored))
}

/** The issuer's proof, made once: of several who hand the credential out at once, all give the one that was stored first. */
async function ensureSignature(
  keys: KeyStore,
  stored: StoredCredential,
): Promise<JsonObject | undefined> {
  if (stored.signature) return stored.signature
  if (isNamedByAccount(stored.document)) return undefined
  const issuer = await findIssuerById(keys.db, stored.batch.issuer_id)
  const signer = issuer && (await lastingSignerOf(keys, issuer))
  if (!signer) return undefined
  const { proof } = await signDocument(signer, stored.document)
  const { numUpdatedRows } = await keys.db
    .updateTable('credentials')
    .set({ signature: JSON.stringify(proof) })
    .where('id', '=', stored.id)
    .where('signature', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return proof as JsonObject
  return (await findCredential(keys.db, stored.id))?.signature
}

/** Such an issuer has no key here; to know it without asking the database keeps reading credentials quick. */
function isNamedByAccount({ issuer }: JsonObject): boolean {
  return isObject(issuer) && parseDidPkh(String(issuer['id'])) !== undefined
}

/** The proof as a contract call: arguments, call data, and a command for Foundry's `cast`. */
export async function contractCall(trees: Trees, stored: StoredCredential, rpcUrl: string) {
  const { chainId, registry, issuer, statusIndex, siblings } = await proofOf(trees, stored)
  const digest = digestOf(stored.document, stored.salt)
  const hexSiblings = siblings.map(toHex)
  const returns = '(uint8,bytes32,(uint40,uint40,uint32,uint32))'
  return {
    chainId,
    to: registry,
    signature: verifySignature,
    args: {
      issuer,
      digest: toHex(digest),
      statusIndex: String(statusIndex),
      siblings: hexSiblings,
    },
    calldata: encodeVerify({ issuer, digest, statusIndex, siblings }),
    cast: `cast call ${registry} "${verifySignature}${returns}" ${issuer} ${toHex(digest)} ${statusIndex} "[${hexSiblings.join(',')}]" --rpc-url ${rpcUrl}`,
  }
}

/** A page of a batch in status index order; `after` is the last index of the page before, -1 for the first. */
export async function listCredentials(
  db: Kysely<Tables>,
  batchId: string,
  after: number,
  limit: number,
) {
  const rows = await selectDocuments(db)
    .select('credentials.status')
    .where('credentials.batch_id', '=', batchId)
    .where('credentials.status_index', '>', after)
    .orderBy('credentials.status_index')
    .limit(limit)
    .execute()
  const facts = listedFacts(rows)
  return rows.map(({ id, status_index, status }, i) => ({
    id,
    statusIndex: status_index,
    ...(facts[i] as ListedFacts),
    status,
  }))
}

/** What a list tells of a credential out of its document. */
export interface ListedFacts {
  readonly holder: string
  /** As the credential has it. */
  readonly validUntil?: string
}

/** What stored credentials say of themselves, in their order. */
export function listedFacts(rows: Parameters<typeof documentTexts>[0]): readonly ListedFacts[] {
  return documentTexts(rows).map((document) => {
    const { holder = '', validUntil } = parseCredential(JSON.parse(document)).summary
    return { holder, ...(validUntil !== undefined && { validUntil }) }
  })
}
