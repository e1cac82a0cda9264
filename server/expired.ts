import { type Kysely, sql } from 'kysely'
import { fill, type Segments } from '../core/credential-template.ts'
import type { Tables } from './tables.ts'

/** Place of `validUntil` among the values of a credential, core/credential-template.ts; of those that are packed it is the eighth. */
const untilSlot = 9
const untilLine = 8
/** Values that make a document of any template. */
const anyValues = ['0', 'urn:uuid:', '', '', '', '', '0', '', '', '']

/** Credentials of a batch that neither ended on the chain nor are to end there, and whose time is over. */
export async function countExpired(
  db: Kysely<Tables>,
  batchId: string,
  now = new Date(),
): Promise<number> {
  const templates = await db
    .selectFrom('credential_templates')
    .select(['shape', 'document'])
    .where('batch_id', '=', batchId)
    .execute()
  const over: number[] = []
  const own: number[] = []
  for (const { shape, document } of templates) {
    const segments = JSON.parse(document) as Segments
    if (segments.slots.includes(untilSlot)) own.push(shape)
    else {
      const { validUntil } = JSON.parse(fill(segments, anyValues)) as { validUntil?: string }
      if (validUntil !== undefined && Date.parse(validUntil) < now.getTime()) over.push(shape)
    }
  }
  if (over.length + own.length === 0) return 0
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from credentials
    where batch_id = ${batchId} and chain_status = 'active' and status = 'active'
      and case
        when shape = any(string_to_array(${over.join()}, ',')::smallint[]) then true
        when not shape = any(string_to_array(${own.join()}, ',')::smallint[]) then false
        -- PostgreSQL has no year 0.
        when split_part(filled, chr(10), ${sql.lit(untilLine)}) like '0000%' then true
        else split_part(filled, chr(10), ${sql.lit(untilLine)})::timestamptz < ${now}
      end`.execute(db)
  return rows[0]?.count ?? 0
}
