import { existsSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { InvalidInputError } from '../core/error.ts'

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Fills a new folder, for the owner's eyes only: it appears when it is complete, and what fails or is interrupted half-way leaves nothing
 * behind.
 */
export async function fillFolder<T>(
  folder: string,
  fill: (partial: string) => Promise<T>,
): Promise<T> {
  const out = dirname(folder)
  if (existsSync(folder)) {
    throw new InvalidInputError('folder_taken', `${folder} is there already: name another place`)
  }
  const created = await mkdir(out, { recursive: true })
  const partial = await mkdtemp(join(out, `.${basename(folder)}.partial-`))
  const end = (signal: NodeJS.Signals) => {
    stopWatching()
    rmSync(partial, { recursive: true, force: true })
    process.kill(process.pid, signal)
  }
  const stopWatching = () => {
    for (const signal of endings) process.removeListener(signal, end)
  }
  for (const signal of endings) process.on(signal, end)
  try {
    const filled = await fill(partial)
    await rename(partial, folder)
    return filled
  } catch (thrown) {
    await rm(partial, { recursive: true, force: true })
    if (created) await rmdir(out).catch(() => {}) // Somebody else wrote there meanwhile: it stays.
    throw isFull(thrown) ? full(out) : thrown
  } finally {
    stopWatching()
  }
}

function isFull(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
}

function full(out: string): InvalidInputError {
  return new InvalidInputError(
    'disk_full',
    `there is no room left in ${out}, and nothing was kept: free some, or name another place with --out; --gzip takes a tenth`,
  )
}
