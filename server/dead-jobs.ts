import { type Kysely, sql } from 'kysely'
import type { JobKind } from './jobs.ts'
import type { Tables } from './tables.ts'

// Reads the tables of pg-boss, schema `pgboss`: a job that is given up is copied into its queue `dead`.

export const jobStates = ['waiting', 'retrying', 'active', 'dead'] as const
export type JobState = (typeof jobStates)[number]

/** A job as whoever runs the service sees it. */
export interface JobRow {
  readonly id: string
  readonly kind: JobKind
  readonly batch: string
  readonly state: JobState
  /** How often it was tried. */
  readonly attempts: number
  /** Why the last try failed. */
  readonly reason: string | null
  readonly createdAt: Date
  /** When it is tried again. */
  readonly nextAt: Date | null
}

const state = sql<JobState>`case when name = 'dead' then 'dead' when state = 'created' then 'waiting'
  when state = 'retry' then 'retrying' else 'active' end`
const kind = sql<JobKind>`case when name = 'dead' then source_name else name end`
const isOpen = sql`name in ('dead', 'build', 'subtree', 'anchor', 'status') and state in ('created', 'retry', 'active')`

/** Jobs in a state, the newest first. */
export async function listJobs(
  db: Kysely<Tables>,
  wanted: JobState,
  limit: number,
): Promise<readonly JobRow[]> {
  const { rows } = await sql<JobRow>`
    select id, ${kind} as kind, data->>'batch' as batch, ${state} as state,
      case when name = 'dead' then source_retry_count + 1
        when state = 'active' then retry_count + 1 else retry_count end as attempts,
      coalesce(said->>'message', said->'value'->>'message') as reason,
      created_on as "createdAt",
      case when state = 'retry' then start_after end as "nextAt"
    from pgboss.job,
      lateral (select case when name = 'dead' then source_output else output end as said) as last
    where ${isOpen} and ${state} = ${wanted}
    order by created_on desc limit ${limit}`.execute(db)
  return rows
}

/** How many jobs there are of each kind and state; those without any are left out. */
export async function countJobs(
  db: Kysely<Tables>,
): Promise<
  readonly { readonly kind: JobKind; readonly state: JobState; readonly count: number }[]
> {
  const { rows } = await sql<{ kind: JobKind; state: JobState; count: number }>`
    select ${kind} as kind, ${state} as state, count(*)::int as count
    from pgboss.job where ${isOpen} group by 1, 2`.execute(db)
  return rows
}

/** Which of these batches have a job of that kind that was given up. */
export async function jobsWithoutHope(
  db: Kysely<Tables>,
  of: JobKind,
  batchIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (batchIds.length === 0) return new Set()
  const { rows } = await sql<{ batch: string }>`
    select data->>'batch' as batch from pgboss.job
    where name = 'dead' and state = 'created' and source_name = ${of}
      and data->>'batch' in (${sql.join(batchIds)})`.execute(db)
  return new Set(rows.map(({ batch }) => batch))
}

/** Somebody asked for the same again: what was given up is history. */
export async function forgetDeadJobs(
  db: Kysely<Tables>,
  of: JobKind,
  batchIds: readonly string[],
): Promise<void> {
  if (batchIds.length === 0) return
  await sql`
    delete from pgboss.job
    where name = 'dead' and state = 'created' and source_name = ${of}
      and data->>'batch' in (${sql.join(batchIds)})`.execute(db)
}

/** What a job that was given up was for; `undefined` where there is none with this id. */
export async function reviveDeadJob(
  db: Kysely<Tables>,
  id: string,
): Promise<{ readonly kind: JobKind; readonly batch: string } | undefined> {
  const { rows } = await sql<{ kind: JobKind; batch: string }>`
    select source_name as kind, data->>'batch' as batch from pgboss.job
    where name = 'dead' and state = 'created' and id = ${id}`.execute(db)
  return rows[0]
}

/** Has all jobs that count as under way tried again at once. */
export async function freeActiveJobs(db: Kysely<Tables>): Promise<void> {
  await sql`
    update pgboss.job set state = 'retry', start_after = now()
    where name in ('build', 'subtree', 'anchor', 'status') and state = 'active'`.execute(db)
}
