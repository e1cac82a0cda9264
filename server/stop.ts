import process from 'node:process'

/** Finishes what is under way; whoever insists a second later ends the process at once. */
export function stopOnSignal(stop: () => Promise<unknown>): void {
  let stoppingSince: number | undefined
  const end = () => {
    const now = performance.now()
    if (stoppingSince !== undefined) {
      // A terminal and a wrapper may both pass one Ctrl+C on.
      if (now - stoppingSince > 1000) process.exit(130)
      return
    }
    stoppingSince = now
    stop().then(
      () => process.exit(0),
      (thrown: unknown) => {
        console.error(thrown)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
}
