import type { Issuer } from '../../core/achievement.ts'
import { ask, posted, query } from './service.ts'

// What the service does for whoever is signed in with its own key.

/** An issuer as the administrator sees it. */
export interface ListedIssuer {
  readonly slug: string
  readonly name: string
  readonly did: string
  readonly account: string
  readonly createdAt: string
  readonly batches: number
  readonly credentials: number
  readonly anchored: number
  readonly keys: readonly { readonly id: string; readonly createdAt: string }[]
}

export interface NewIssuer {
  readonly slug: string
  readonly account: string
  readonly did?: string
  readonly profile: Issuer
}

export interface Job {
  readonly id: string
  readonly kind: JobKind
  readonly batch: string
  readonly state: JobState
  readonly attempts: number
  readonly reason?: string
  readonly createdAt: string
  readonly nextAt?: string
}

export type JobKind = 'build' | 'subtree' | 'anchor' | 'status'
export type JobState = 'waiting' | 'retrying' | 'active' | 'dead'

export interface Jobs {
  readonly counts: readonly {
    readonly kind: JobKind
    readonly state: JobState
    readonly count: number
  }[]
  readonly jobs: readonly Job[]
}

export const listIssuers = (after?: string) =>
  ask<{ issuers: ListedIssuer[]; next?: string }>(`admin/issuers?${query({ after })}`)
export const createIssuer = (issuer: NewIssuer) =>
  ask<{ slug: string; did: string; key: { key: string } }>('issuers', posted(issuer))
export const listJobs = (state: JobState) => ask<Jobs>(`admin/jobs?${query({ state })}`)
export const retryJob = (id: string) => ask<unknown>(`admin/jobs/${id}/retry`, { method: 'POST' })
/** Throws `ConsoleError` with what is wrong where the service is not ready. */
export const readiness = () => ask<unknown>('readyz')
