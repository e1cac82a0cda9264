import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Batch, credentialAt } from '../core/batch.ts'
import { batchLines } from '../core/batch-file.ts'
import type { Output } from './output.ts'

/** Where a batch was written. */
export interface BatchFolder {
  readonly folder: string
  readonly batch: string
  readonly credentials: string
}

/**
 * Writes `<out>/<batch id>/batch.ndjson` and `credentials/<uuid>.json`, for the owner's eyes only.
 *
 * The folder appears when it is complete: what fails or is killed half-way leaves no batch behind.
 */
export async function writeBatch(batch: Batch, out: string, output: Output): Promise<BatchFolder> {
  const partial = join(out, `.${batch.id}.partial`)
  const folder = join(out, batch.id)
  const created = await mkdir(out, { recursive: true })
  try {
    await mkdir(join(partial, 'credentials'), { recursive: true, mode: 0o700 })
    await pipeline(
      Readable.from(batchLines(batch)),
      createWriteStream(join(partial, 'batch.ndjson'), { mode: 0o600, flush: true }),
    )
    await writeCredentials(batch, join(partial, 'credentials'), output)
    await rename(partial, folder)
  } catch (thrown) {
    await rm(partial, { recursive: true, force: true })
    if (created) await rmdir(out).catch(() => {}) // Somebody else wrote there meanwhile: it stays.
    throw thrown
  }
  return {
    folder,
    batch: join(folder, 'batch.ndjson'),
    credentials: join(folder, 'credentials'),
  }
}

async function writeCredentials(batch: Batch, folder: string, output: Output): Promise<void> {
  const progress = output.progress('Credentials', batch.entries.length)
  try {
    for (const statusIndex of batch.entries.keys()) {
      const credential = credentialAt(batch, statusIndex)
      const uuid = String(credential['id']).replace('urn:uuid:', '')
      await writeFile(join(folder, `${uuid}.json`), `${JSON.stringify(credential, null, 2)}\n`, {
        mode: 0o600,
      })
      progress.step()
    }
  } finally {
    progress.stop()
  }
}
