import { createServer } from 'node:net'
import { ConfigError } from './config.ts'

/** Throws `ConfigError` where nothing can listen on the port, before anything else is begun. */
export function refuseBusyPort(setting: string, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (thrown: NodeJS.ErrnoException) => {
      reject(
        new ConfigError(
          `${setting} ${port} on ${host} cannot be used (${thrown.code}); stop what listens there, or set another one.`,
        ),
      )
    })
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}
