/** What the driver asked for and what it was promised; the service is held to it. */
export interface Ledger {
  readonly batches: SoakBatch[]
  readonly credentials: Map<string, SoakCredential>
  readonly faults: Map<string, number>
  /** Kinds of faults that this machine does not allow. */
  readonly leftOut: string[]
  /** Named places at which a process ended itself. */
  readonly killedAt: Set<string>
  readonly violations: string[]
  restarts: number
  reorgs: number
  samples: number
  /** Answers about finality that were compared with the chain. */
  claims: number
  requests: number
  failedRequests: number
}

export type Wanted = 'valid' | 'revoked' | 'suspended'

export interface SoakBatch {
  readonly key: string
  readonly issuer: number
  readonly size: number
  /** Unknown until a request was answered. */
  id: string | undefined
  root: string
  credentials: readonly string[]
  isAsked: boolean
}

export interface SoakCredential {
  readonly id: string
  readonly batch: SoakBatch
  wanted: Wanted
  /** Whether a status was ever asked for. */
  wasChanged: boolean
  /** Whether an answer confirmed that the service took the wish. */
  isSettled: boolean
  /** How often the chain had turned back when an answer said that the chain shows the status. */
  shownAt: number | undefined
}

export function newLedger(): Ledger {
  return {
    batches: [],
    credentials: new Map(),
    faults: new Map(),
    leftOut: [],
    killedAt: new Set(),
    violations: [],
    restarts: 0,
    reorgs: 0,
    samples: 0,
    claims: 0,
    requests: 0,
    failedRequests: 0,
  }
}

export function countFault(ledger: Ledger, kind: string): void {
  ledger.faults.set(kind, (ledger.faults.get(kind) ?? 0) + 1)
}

/** Notes which credentials a batch has. */
export function noteCredentials(ledger: Ledger, batch: SoakBatch, ids: readonly string[]): void {
  batch.credentials = ids
  for (const id of ids) {
    ledger.credentials.set(id, {
      id,
      batch,
      wanted: 'valid',
      wasChanged: false,
      isSettled: true,
      shownAt: undefined,
    })
  }
}
