import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** A credential is corrected a few times at most; more would be a circle. */
const mostSteps = 100

/** The first of the credentials that replaced one another up to this one: links belong to it. */
export async function firstOf(db: Kysely<Tables>, id: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with recursive line (id, step) as (
      select ${id}::uuid, 0
      union all
      select reissues.old_id, step + 1 from line join reissues on reissues.new_id = line.id
      where step < ${sql.lit(mostSteps)}
    ) select id from line order by step desc limit 1`.execute(db)
  return rows[0]?.id ?? id
}

/** The last of the credentials that replaced one another from this one on, of those that are anchored. */
export async function newestOf(db: Kysely<Tables>, id: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with recursive line (id, step) as (
      select ${id}::uuid, 0
      union all
      select reissues.new_id, step + 1 from line join reissues on reissues.old_id = line.id
        join batches on batches.id = reissues.batch_id
      where step < ${sql.lit(mostSteps)} and batches.state in ('included', 'safe', 'finalized')
    ) select id from line order by step desc limit 1`.execute(db)
  return rows[0]?.id ?? id
}
