import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { at } from './place.mjs'

const file = at('cache', 'bootstrap.lock')
const owner = `${hostname()} ${process.pid}`
const beatMs = 5_000
const silentMs = 60_000

/** Runs `task` while no other process installs or builds in this clone. What a killed process left locked is taken over. */
export async function withLock(task) {
  await acquire()
  const beat = setInterval(touch, beatMs)
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await task()
  } finally {
    clearInterval(beat)
    process.off('exit', release)
    release()
  }
}

async function acquire() {
  mkdirSync(at('cache'), { recursive: true })
  for (let told = false; !take(); ) {
    if (isStale()) {
      discard()
    } else {
      if (!told)
        process.stderr.write('Waiting for another process that installs or builds here …\n')
      told = true
      await sleep(300)
    }
  }
}

function touch() {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {} // Somebody removed it: nothing to keep alive.
}

function take() {
  try {
    writeFileSync(file, owner, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw new Error(`${file} cannot be written (${error.code}): make the clone writable for you`)
  }
}

/** Its process is gone, or nobody has touched it for a minute (a process of another machine or container). */
function isStale() {
  try {
    const [host, pid] = readFileSync(file, 'utf8').split(' ')
    if (host === hostname() && pid && !isAlive(Number(pid))) return true
    return Date.now() - statSync(file).mtimeMs > silentMs
  } catch {
    return false
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Of several processes that find the lock stale, one moves it away. */
function discard() {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    rmSync(aside, { force: true })
  } catch {}
}
