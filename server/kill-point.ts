import process from 'node:process'

const passed = new Map<string, number>()

/**
 * Ends this process at once, without any clean-up, where the environment variable `KILL_AT` names this point: `name`, or `name 7` for the
 * seventh time that it is passed.
 *
 * Tests prove with it that a batch survives a power cut anywhere; a service that is not under test has no such variable.
 */
export function killPoint(name: string): void {
  const chosen = process.env['KILL_AT']
  if (chosen === undefined) return
  const times = (passed.get(name) ?? 0) + 1
  passed.set(name, times)
  if (chosen === name || chosen === `${name} ${times}`) process.kill(process.pid, 'SIGKILL')
}
