import process from 'node:process'

/**
 * Ends this process at once, without any clean-up, where the environment variable `KILL_AT` names this point.
 *
 * Tests prove with it that a batch survives a power cut anywhere; a service that is not under test has no such variable.
 */
export function killPoint(name: string): void {
  if (process.env['KILL_AT'] === name) process.kill(process.pid, 'SIGKILL')
}
