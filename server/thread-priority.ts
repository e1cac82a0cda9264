import { setPriority } from 'node:os'

/** Behind threads that answer requests, and before nothing else. */
const behind = 10

/**
 * Puts the thread that calls behind the others, where the platform has that: work for minutes takes what requests leave.
 * On Linux a priority is a thread's own, elsewhere that of the whole process.
 */
export function standBehind(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(0, behind)
  } catch {
    // Not allowed here: the work is done as anything else is.
  }
}
