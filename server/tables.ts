import type { ColumnType, Generated } from 'kysely'
import type { Issuer } from '../core/achievement.ts'

/** `building → built → submitted → included → safe → finalized`; a step back is possible when the chain forgets an anchor. */
export const batchStates = [
  'building',
  'built',
  'submitted',
  'included',
  'safe',
  'finalized',
] as const
export type BatchState = (typeof batchStates)[number]

export const credentialStatuses = ['active', 'suspended', 'revoked'] as const
export type CredentialStatus = (typeof credentialStatuses)[number]

export interface IssuerTable {
  readonly id: string
  readonly slug: string
  /** JSON text of a core `Issuer`. */
  readonly profile: ColumnType<Issuer, string>
  /** Account that anchors, with its EIP-55 checksum. */
  readonly account: string
  readonly created_at: Generated<Date>
}

export interface ApiKeyTable {
  readonly id: string
  readonly issuer_id: string
  /** SHA-256 of the key; the key itself is never kept. */
  readonly hash: Uint8Array
  readonly created_at: Generated<Date>
}

export interface BatchTable {
  readonly id: string
  readonly issuer_id: string
  state: Generated<BatchState>
  /** Why the last attempt to anchor was refused, as a sentence. */
  reason: string | null
  readonly name: string
  /** 32 zero bytes while the batch is being built. */
  root: Uint8Array
  readonly size: number
  readonly chain_id: number
  readonly registry: string
  readonly account: string
  /** The batch tree, 32 bytes a node, leaves first. */
  nodes: Uint8Array
  /** Whether this service shall anchor it with its operator key. */
  managed: Generated<boolean>
  transaction_hash: string | null
  submitted_at: Date | null
  /** Not to be sent again before this time. */
  retry_at: Date | null
  /** Last time the chain was asked. */
  watched_at: Date | null
  anchored_at: Date | null
  withdrawn_at: Date | null
  sequence: number | null
  readonly idempotency_key: string | null
  readonly request_hash: Uint8Array | null
  readonly created_at: Generated<Date>
}

export interface CredentialTable {
  /** The UUID of the credential's `urn:uuid:` id. */
  readonly id: string
  readonly batch_id: string
  readonly status_index: number
  /** JSON text of the credential without its proof. */
  readonly document: string
  readonly salt: Uint8Array
  /** What the issuer asked for. */
  status: Generated<CredentialStatus>
  /** What this service brought onto the chain so far. */
  chain_status: Generated<CredentialStatus>
}

/** What a batch under construction is made from; gone once it is built. */
export interface BuildTable {
  readonly batch_id: string
  /** Every secret of the batch follows from it. */
  readonly seed: Uint8Array
  /** JSON text of a core `BatchRequest`. */
  readonly request: string
}

/** Leaves of the credentials that are stored of a batch under construction. */
export interface BuildChunkTable {
  readonly batch_id: string
  /** Status index of the first. */
  readonly first: number
  readonly leaves: Uint8Array
}

export interface WatchRoundTable {
  readonly chain_id: number
  readonly registry: string
  ended_at: Date
}

export interface Tables {
  readonly issuers: IssuerTable
  readonly api_keys: ApiKeyTable
  readonly batches: BatchTable
  readonly credentials: CredentialTable
  readonly watch_rounds: WatchRoundTable
  readonly builds: BuildTable
  readonly build_chunks: BuildChunkTable
}
