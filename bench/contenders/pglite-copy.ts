import { PGlite } from '@electric-sql/pglite'
import { numberOf, type OpenContender } from '../contender.ts'
import { copyChunks, copyTable } from '../copy-chunks.ts'

/** The same into a PGlite database in a directory. */
export const open: OpenContender = async (task) => {
  const pglite = await PGlite.create(String(task['directory']))
  const rows = numberOf(task, 'rows')
  const chunks = copyChunks(rows)
  return {
    async run() {
      await pglite.exec(copyTable.anew)
      for (const chunk of chunks) {
        await pglite.query(`${copyTable.statement} from '/dev/blob' (format binary)`, [], {
          blob: new Blob([chunk]),
        })
      }
      return rows
    },
  }
}
