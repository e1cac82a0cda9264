import { readFileSync } from 'node:fs'

/** Memory of a process as the operating system counts it, in megabytes of 10^6 bytes. */
export interface Resident {
  readonly now: number
  /** The most it ever was. */
  readonly peak: number
}

/** Throws a sentence on a system without /proc. */
export function residentOf(pid: number | 'self'): Resident {
  let status: string
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch (thrown) {
    throw new Error('memory is read from /proc, which this system or this process does not have', {
      cause: thrown,
    })
  }
  const read = (field: string) =>
    (Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6
  return { now: read('VmRSS'), peak: read('VmHWM') }
}
