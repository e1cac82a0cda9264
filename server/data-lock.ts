import { open, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ConfigError } from './config.ts'

const held = new Set<string>()

/**
 * Takes a data directory for this process; returns what gives it back.
 *
 * A lock that a killed process left behind is taken over. Throws a sentence where a live process holds it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const file = join(resolve(directory), 'lock')
  if (held.has(file)) throw inUse(directory, process.pid)
  for (let attempt = 0; attempt < 2; attempt++) {
    const handle = await open(file, 'wx', 0o600).catch(refuseUnlessExists)
    if (handle) {
      await handle.writeFile(String(process.pid))
      await handle.close()
      held.add(file)
      return async () => {
        held.delete(file)
        await rm(file, { force: true })
      }
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''))
    if (isAlive(owner)) throw inUse(directory, owner)
    await rm(file, { force: true })
  }
  throw new ConfigError(
    `DATA_DIR ${directory} is being opened by another process; start one at a time.`,
  )
}

function refuseUnlessExists(thrown: NodeJS.ErrnoException): undefined {
  if (thrown.code !== 'EEXIST') throw thrown
}

/** A process id of ours in a lock that we do not hold was ours in an earlier life, as it happens in containers. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function inUse(directory: string, pid: number): ConfigError {
  return new ConfigError(
    `DATA_DIR ${directory} is in use by process ${pid}; stop that one, or name another directory.`,
  )
}
