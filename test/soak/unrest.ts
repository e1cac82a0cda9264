/**
 * When the service owes what it says about anchors.
 *
 * Promised: a credential is handed out only while the service has seen its anchor on the chain. A reorganisation takes an anchor away
 * without telling; until a round of the watcher has looked again, the service answers what it saw before. So after a
 * reorganisation it is excused for `graceMs` in which nothing else stood in its way; faults stop that clock. At any other time
 * a credential that is handed out and that the chain does not hold is a violation.
 */
export interface Unrest {
  /** How often the chain turned back so far. */
  readonly reorgs: () => number
  readonly isExcused: () => boolean
  /** Runs a fault. */
  readonly during: <T>(fault: () => Promise<T>) => Promise<T>
  readonly turnBack: (reorg: () => Promise<unknown>) => Promise<void>
  readonly end: () => void
}

const tickMs = 50

export function watchUnrest(graceMs: number): Unrest {
  let faults = 0
  let reorgs = 0
  let excused = 0
  const timer = setInterval(() => {
    if (faults === 0) excused = Math.max(0, excused - tickMs)
  }, tickMs)
  const during = async <T>(fault: () => Promise<T>): Promise<T> => {
    faults += 1
    try {
      return await fault()
    } finally {
      faults -= 1
    }
  }
  return {
    reorgs: () => reorgs,
    isExcused: () => excused > 0,
    during,
    turnBack: (reorg) =>
      during(async () => {
        // Counted before and after: a sample that overlaps either way is not judged.
        reorgs += 1
        excused = graceMs
        await reorg()
        reorgs += 1
        excused = graceMs
      }),
    end: () => clearInterval(timer),
  }
}
