import { execFile } from 'node:child_process'
import { chmod, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A file system of its own that can be full. */
export interface SmallDisk {
  readonly directory: string
  /** Leaves not a byte. */
  readonly fill: () => Promise<void>
  readonly free: () => Promise<void>
  readonly remove: () => Promise<void>
}

/** Mounts one in memory; `undefined` where this account may not mount, which tests say instead of passing. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'rootmark-disk-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory])
  } catch {
    await rm(directory, { recursive: true, force: true })
    return undefined
  }
  await chmod(directory, 0o755) // PostgreSQL runs as another account where this one is root.
  const ballast = join(directory, 'ballast')
  return {
    directory,
    async fill() {
      const file = await open(ballast, 'a')
      try {
        for (let piece = 1 << 22; piece > 0; piece >>= 1) {
          const bytes = Buffer.alloc(piece, 1)
          while (await fits(() => file.appendFile(bytes)));
        }
      } finally {
        await file.close()
      }
    },
    free: () => rm(ballast, { force: true }),
    async remove() {
      await run('umount', ['-l', directory])
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function fits(write: () => Promise<void>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw thrown
  }
}
