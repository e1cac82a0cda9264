import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { numberOf, type OpenContender } from '../contender.ts'
import { copyChunks, copyTable } from '../copy-chunks.ts'

/** Credentials as plain documents into a PostgreSQL server, as fast as it takes them. */
export const open: OpenContender = async (task) => {
  const client = new pg.Client({ connectionString: String(task['url']) })
  await client.connect()
  const rows = numberOf(task, 'rows')
  const chunks = copyChunks(rows)
  return {
    async run() {
      await client.query(copyTable.anew)
      for (const chunk of chunks) {
        const stream = client.query(copyFrom(`${copyTable.statement} from stdin (format binary)`))
        stream.end(chunk)
        await finished(stream)
      }
      return rows
    },
  }
}
