import type { ColumnType, Generated } from 'kysely'
import type { Issuer } from '../core/achievement.ts'
import type { BatchState } from './batch-state.ts'

export const credentialStatuses = ['active', 'suspended', 'revoked'] as const
export type CredentialStatus = (typeof credentialStatuses)[number]

export interface IssuerTable {
  readonly id: string
  readonly slug: string
  /** JSON text of a core `Issuer`. */
  readonly profile: ColumnType<Issuer, string>
  /** Account that anchors, with its EIP-55 checksum. */
  readonly account: string
  readonly did_kind: Generated<DidKind>
  readonly created_at: Generated<Date>
}

/** `web` is served here, `key` is its own key, `pkh` is the account; `external` stands in the profile and is not ours. */
export const didKinds = ['web', 'key', 'pkh'] as const
export type DidKind = (typeof didKinds)[number] | 'external'

/** One row: tells whether a secret is the one that the keys in this database are sealed with. */
export interface SigningSecretTable {
  readonly salt: Uint8Array
  readonly sealed: Uint8Array
}

/** An Ed25519 key that an issuer signs with, or signed with. */
export interface IssuerKeyTable {
  readonly id: string
  readonly issuer_id: string
  /** As a Multikey: multibase base58btc. */
  readonly public_key: string
  /** The private part, encrypted; destroyed when the key is retired. */
  sealed: Uint8Array | null
  readonly created_at: Generated<Date>
  /** Nothing it signed later counts. */
  retired_at: Date | null
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
  /** The batch tree, 32 bytes a node, leaves first; where it has subtrees, the tree above their roots. */
  nodes: Uint8Array
  /** Levels of a whole subtree; `null` for a tree that is not cut. */
  readonly subtree_height: number | null
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
  /** `anchorIdOf` account and root, once the watcher asked for it: what logs name the batch by. */
  anchor_id: Generated<Uint8Array | null>
  readonly idempotency_key: string | null
  readonly request_hash: Uint8Array | null
  readonly created_at: Generated<Date>
}

export interface CredentialTable {
  /** The UUID of the credential's `urn:uuid:` id. */
  readonly id: string
  readonly batch_id: string
  readonly status_index: number
  /** JSON text of the credential without its proof; `null` where it is a filled template. */
  readonly document: string | null
  /** Which template of the batch it fills. */
  readonly shape: number | null
  /** What it fills the template with, a line each. */
  readonly filled: string | null
  readonly salt: Uint8Array
  /** JSON text of the issuer's proof over the document, made when it is first handed out. */
  signature: Generated<string | null>
  /** What the issuer asked for. */
  status: Generated<CredentialStatus>
  /** What the chain says, as far as was seen. */
  chain_status: Generated<CredentialStatus>
  /** Counts the requests for a status, so that only the latest can be taken back. */
  status_request: Generated<number>
}

/** What a batch under construction is made from; gone once it is built. */
export interface BuildTable {
  readonly batch_id: string
  /** Every secret of the batch follows from it. */
  readonly seed: Uint8Array
  /** JSON text of core `BatchTerms`. */
  readonly terms: string
  /** The attempt to deal the learners to the subtrees that counts; `null` until one is done. */
  deal: number | null
}

/** A roster that is being handed in, or that a batch under construction is made from; it has the id of its batch. */
export interface RosterTable {
  readonly id: string
  touched_at: Generated<Date>
}

export interface RosterPartTable {
  readonly roster_id: string
  readonly part: number
  /** A learner a line, as JSON, in the order of the roster. */
  readonly rows: string
}

/** The learners of one subtree of a batch under construction. */
export interface SubtreeRosterTable {
  readonly batch_id: string
  /** Which of several attempts to deal the learners out it belongs to. */
  readonly deal: number
  readonly subtree: number
  readonly part: number
  /** A learner a line: the status index, a tab, and JSON. */
  readonly rows: string
}

/** A subtree of a batch tree that is built: the leaves with the same upper bits of their status index. */
export interface SubtreeTable {
  readonly batch_id: string
  readonly subtree: number
  /** 32 bytes a node, leaves first. */
  readonly nodes: Uint8Array
}

/** What the credentials of one shape of a batch share. */
export interface CredentialTemplateTable {
  readonly batch_id: string
  readonly shape: number
  /** JSON text of core `Segments`. */
  readonly document: string
}

/** Credentials that are stored of a batch under construction. */
export interface BuildChunkTable {
  readonly batch_id: string
  /** Status index of the first. */
  readonly first: number
  readonly size: number
}

export interface WatchRoundTable {
  readonly chain_id: number
  readonly registry: string
  ended_at: Date
}

/** A transaction that this service signed; it outlives every process, and its fate is always looked for. */
export interface TransactionTable {
  readonly id: Generated<number>
  readonly operator: string
  readonly chain_id: number
  readonly nonce: number
  readonly hash: string
  /** As it is broadcast, in hex. */
  readonly raw: string
  /** Wei a gas, decimal digits. */
  readonly max_fee: string
  readonly max_priority_fee: string
  readonly purpose: TransactionPurpose
  state: Generated<TransactionState>
  reverted: Generated<boolean>
  gas_used: number | null
  /** Wei, decimal digits. */
  fee_paid: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/**
 * `signed` and `broadcast` are on their way, and one at most of these has a nonce; `included` is in a block of the present chain;
 * `replaced` and `dropped` are not wanted any more, though either may still turn up in a block.
 */
export type TransactionState = 'signed' | 'broadcast' | 'included' | 'replaced' | 'dropped'
export type TransactionPurpose = 'anchor' | 'status'

export interface TransactionBatchTable {
  readonly transaction_id: number
  readonly batch_id: string
}

/** How far a chain's logs were read. Block numbers. */
export interface FollowedChainTable {
  readonly chain_id: number
  readonly registry: string
  /** Logs were read up to here. */
  number: number
  /** Up to here they were read once more when the blocks were final, and nothing turns back further. */
  finalized: number
  /** The newest block there was. */
  head: number
  /** Hash of block 0, where the endpoint tells. */
  readonly genesis: string | null
  /** Blocks asked for at once. */
  range: number
  /** Reorganisations noticed so far. */
  reorgs: Generated<number>
}

/** Hashes of blocks up to which logs were read: the last final one and newer ones. */
export interface FollowedBlockTable {
  readonly chain_id: number
  readonly registry: string
  readonly number: number
  readonly hash: string
}

/** Batches whose statuses are read from the chain again: at once where there are more `marks` than were `seen`. */
export interface WatchedStatusTable {
  readonly batch_id: string
  /** State before this block is too old. */
  block: number
  marks: Generated<number>
  seen: Generated<number>
  looked_at: Date | null
}

/** A list of statuses of credentials that were issued one by one. */
export interface StatusListTable {
  readonly id: string
  readonly issuer_id: string
  /** From 1; an issuer gets the next list when half of the last is taken. */
  readonly number: number
  taken: Generated<number>
  readonly created_at: Generated<Date>
}

/** What is kept of a credential that was issued by itself: enough to end it, and nothing of what it says. */
export interface IssuedCredentialTable {
  readonly id: string
  readonly issuer_id: string
  /** As the credential names itself. */
  readonly credential_id: string | null
  readonly list_id: string
  readonly status_index: number
  /** Whether it names the list of suspensions too. */
  readonly suspendable: boolean
  revoked_at: Date | null
  suspended_at: Date | null
  readonly created_at: Generated<Date>
}

/** A secret link to a credential: the holder's own, or one that the holder made for others. */
export interface LinkTable {
  readonly id: string
  /** SHA-256 of the token; the token itself is never kept. */
  readonly hash: Uint8Array
  /** The first of those that replaced one another. */
  readonly credential_id: string
  readonly kind: 'holder' | 'share'
  readonly label: string | null
  readonly created_at: Generated<Date>
  readonly ends_at: Date | null
  readonly view_limit: number | null
  views: Generated<number>
  revoked_at: Date | null
}

/** Lets whoever has opened a link with counted views fetch the credential's other forms, too. */
export interface VisitTable {
  readonly hash: Uint8Array
  readonly link_id: string
  readonly ends_at: Date
}

/** A one-time link that proves control of the e-mail; gone once it is used. */
export interface ClaimTable {
  readonly hash: Uint8Array
  readonly credential_id: string
  readonly ends_at: Date
}

/** A mail on its way, encrypted; gone once it is sent. */
export interface MailTable {
  readonly id: string
  readonly sealed: Uint8Array
  /** Sent when this batch is anchored. */
  readonly batch_id: string | null
  attempts: Generated<number>
  retry_at: Generated<Date>
  readonly created_at: Generated<Date>
}

/** A credential that was replaced by a corrected one. */
export interface ReissueTable {
  readonly old_id: string
  readonly new_id: string
  /** Batch of the new one. */
  readonly batch_id: string
  readonly request_hash: Uint8Array
  /** Whether this service revokes the old one; else its issuer does. */
  readonly revokes: boolean
  /** When the revocation was asked for. */
  revoked_at: Date | null
  readonly created_at: Generated<Date>
}

/** A browser that is signed in: with an API key, whose end is its own, or with the administrator's key. */
export interface SessionTable {
  /** SHA-256 of the cookie; the cookie itself is never kept. */
  readonly hash: Uint8Array
  readonly key_id: string | null
  /** SHA-256 of ADMIN_KEY: with another one the session is over. */
  readonly admin_hash: Uint8Array | null
  readonly ends_at: Date
  readonly created_at: Generated<Date>
}

/** Pathways as their issuers published them, which never change. */
export interface PathwayTable {
  readonly id: string
  readonly issuer_id: string
  /** Canonical JSON, whose digest awards bind. */
  readonly document: string
  readonly created_at: Generated<Date>
}

export interface Tables {
  readonly issuers: IssuerTable
  readonly api_keys: ApiKeyTable
  readonly signing_secret: SigningSecretTable
  readonly issuer_keys: IssuerKeyTable
  readonly status_lists: StatusListTable
  readonly issued_credentials: IssuedCredentialTable
  readonly batches: BatchTable
  readonly credentials: CredentialTable
  readonly watch_rounds: WatchRoundTable
  readonly builds: BuildTable
  readonly build_chunks: BuildChunkTable
  readonly rosters: RosterTable
  readonly roster_parts: RosterPartTable
  readonly subtree_rosters: SubtreeRosterTable
  readonly subtrees: SubtreeTable
  readonly credential_templates: CredentialTemplateTable
  readonly transactions: TransactionTable
  readonly transaction_batches: TransactionBatchTable
  readonly followed_chains: FollowedChainTable
  readonly followed_blocks: FollowedBlockTable
  readonly watched_statuses: WatchedStatusTable
  readonly links: LinkTable
  readonly visits: VisitTable
  readonly claims: ClaimTable
  readonly mails: MailTable
  readonly reissues: ReissueTable
  readonly pathways: PathwayTable
  readonly sessions: SessionTable
}
