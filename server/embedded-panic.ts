import process from 'node:process'
import type { PGlite } from '@electric-sql/pglite'
import { messageOf } from '../core/error.ts'

/**
 * Ends this process where the embedded database cannot go on, as where its write-ahead log finds no space on the disk.
 *
 * After a PANIC, PGlite would answer the next statement never and keep the process busy for ever, deaf to signals. What was committed
 * is on disk, and the next process recovers it.
 */
export function endOnPanic(pglite: PGlite): void {
  // Every statement passes here, and none comes after it before this one has failed.
  const run = pglite.execProtocolStream.bind(pglite)
  pglite.execProtocolStream = async (...statement) => {
    try {
      return await run(...statement)
    } catch (thrown) {
      if ((thrown as { readonly severity?: string }).severity !== 'PANIC') throw thrown
      process.stderr.write(
        `The embedded database cannot go on: ${messageOf(thrown)}. Nothing that was stored is lost: mend the cause, such as a full disk, and start again.\n`,
      )
      process.exit(1)
    }
  }
}
