import type { Achievement, Issuer } from '../../core/achievement.ts'
import type { HolderName } from '../../core/holder-list.ts'
import type { RosterProblem } from '../../core/learner.ts'

/** Who is signed in, and where batches are anchored. */
export interface Session {
  readonly kind: 'issuer' | 'admin'
  readonly endsAt: string
  readonly issuer?: {
    readonly slug: string
    readonly did: string
    readonly profile: Issuer
    readonly account: string
  }
  readonly chain: {
    readonly chainId: number
    readonly registry: string
    readonly managed: boolean
  }
}

export type BatchState =
  | 'building'
  | 'built'
  | 'submitted'
  | 'included'
  | 'safe'
  | 'finalized'
  | 'failed'

export interface Batch {
  readonly id: string
  readonly name: string
  readonly state: BatchState
  readonly reason?: string
  readonly managed: boolean
  readonly root?: string
  readonly size: number
  readonly chainId: number
  readonly issuerAccount: string
  readonly built?: number
  readonly transaction?: string
  readonly anchor?: {
    readonly anchoredAt: string
    readonly sequence: number
    readonly withdrawnAt?: string
  }
  readonly createdAt: string
}

export type Status = 'active' | 'suspended' | 'revoked'

export interface Credential {
  readonly id: string
  readonly statusIndex: number
  readonly holder: string
  readonly status: Status
  readonly batch?: string
  readonly validUntil?: string
  readonly batchName?: string
  readonly withdrawn?: boolean
}

export interface Counts {
  readonly revoked: number
  readonly suspended: number
  readonly expired: number
  readonly pending: number
}

/** What a change of statuses came to, or would. */
export interface Ordered {
  readonly named: number
  readonly changed: number
  readonly recorded: boolean
  /** Of a whole batch: how many are beyond this request. */
  readonly left?: number
  readonly cost: { readonly transactions: number; readonly gas: number; readonly fee: string }
}

/** Credentials that names are of, each by the place of its name. */
export interface Lookup {
  readonly found: readonly {
    readonly item: number
    readonly statusIndex: number
    readonly status: Status
    readonly chainStatus: Status
  }[]
  readonly problems: readonly {
    readonly item: number
    readonly code: string
    readonly message: string
  }[]
}

/** A refusal of the service, or its silence (status 0). */
export class ConsoleError extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly RosterProblem[]

  constructor(status: number, code: string, detail: string, errors: readonly RosterProblem[] = []) {
    super(detail)
    this.status = status
    this.code = code
    this.errors = errors
  }
}

/** Where the service is: the page is its `console`, with a slash at the end or without. */
const base = new URL(location.pathname.endsWith('/') ? '..' : '.', location.href).pathname
export const pathOf = (path: string) => `${base}${path}`

export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const text = await askText(path, init)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

async function askText(path: string, init: RequestInit = {}): Promise<string> {
  let response: Response
  try {
    response = await fetch(pathOf(path), {
      ...init,
      credentials: 'same-origin',
      cache: 'no-store',
      // The service takes changes from nobody who cannot set this.
      headers: { accept: 'application/json', 'rootmark-session': '1', ...init.headers },
    })
  } catch {
    throw new ConsoleError(0, 'unreachable', '')
  }
  const text = await response.text()
  if (response.ok) return text
  const problem = parseProblem(text)
  throw new ConsoleError(
    response.status,
    problem.code ?? '',
    problem.detail ?? `HTTP ${response.status}`,
    problem.errors,
  )
}

interface Problem {
  readonly code?: string
  readonly detail?: string
  readonly errors?: readonly RosterProblem[]
}

function parseProblem(text: string): Problem {
  try {
    return JSON.parse(text) as Problem
  } catch {
    return {}
  }
}

export const posted = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
export const query = (values: Readonly<Record<string, string | number | undefined>>) => {
  const set = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
  return new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()
}

export const signIn = (key: string) => ask<Session>('session', posted({ key }))
export const whoami = () => ask<Session>('session')
export const signOut = () => ask<void>('session', { method: 'DELETE' })

export const listBatches = (slug: string, before?: string) =>
  ask<{ batches: Batch[]; next?: string }>(`issuers/${slug}/batches?${query({ before })}`)
export const search = (slug: string, text: string, batch?: string) =>
  ask<{ credentials: Credential[]; complete: boolean }>(
    `issuers/${slug}/credentials?${query({ search: text, batch })}`,
  )
export const getBatch = (id: string) => ask<Batch>(`batches/${id}`)
export const getCounts = (id: string) => ask<Counts>(`batches/${id}/statuses`)
export const listCredentials = (id: string, after?: number) =>
  ask<{ credentials: Credential[]; next?: number }>(
    `batches/${id}/credentials?${query({ after, limit: 100 })}`,
  )
/** Makes a secret link for every holder of a batch, in the order of its credentials. */
export async function makeLinks(
  id: string,
): Promise<readonly { readonly holder: string; readonly id: string; readonly url: string }[]> {
  const lines = await askText(`batches/${id}/links`, {
    method: 'POST',
    headers: { accept: 'application/x-ndjson' },
  })
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}
export const anchor = (id: string) => ask<Batch>(`batches/${id}/anchor`, { method: 'POST' })
export const lookUp = (id: string, names: readonly HolderName[]) =>
  ask<Lookup>(`batches/${id}/lookup`, posted({ names }))
/** As lines, of which a request may have more than of JSON. */
export const changeStatuses = (
  id: string,
  status: Status,
  statusIndexes: readonly number[],
  dryRun: boolean,
) =>
  ask<Ordered>(`batches/${id}/statuses?${query({ status, dryRun: String(dryRun) })}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: statusIndexes.join('\n'),
  })
export const changeWhole = (id: string, status: Status, dryRun: boolean) =>
  ask<Ordered>(
    `batches/${id}/statuses?${query({ dryRun: String(dryRun) })}`,
    posted({ status, all: true }),
  )

/** Hands in a roster; the same `key` makes one batch, however often it is asked. */
export function issue(
  slug: string,
  achievement: Achievement,
  roster: File,
  validUntil: string | undefined,
  key: string,
): Promise<Batch> {
  const form = new FormData()
  form.append('achievement', JSON.stringify(achievement))
  if (validUntil !== undefined) form.append('validUntil', validUntil)
  form.append('roster', roster)
  return ask(`issuers/${slug}/batches`, {
    method: 'POST',
    headers: { 'idempotency-key': key },
    body: form,
  })
}

/** Tells of a batch whenever it changes, until it is final or stopped. Returns what ends it. */
export function followBatch(id: string, tell: (batch: Batch) => void): () => void {
  const events = new EventSource(pathOf(`batches/${id}/events`))
  events.addEventListener('batch', (event) => {
    const batch = JSON.parse((event as MessageEvent<string>).data) as Batch
    if (batch.state === 'finalized' || batch.state === 'failed') events.close()
    tell(batch)
  })
  events.addEventListener('gone', () => events.close())
  return () => events.close()
}
