import { createServer } from 'node:net'
import { ConfigError } from './config.ts'

/** Throws `ConfigError` where nothing can listen on the port, before anything else is begun. A shared port may have others that share it. */
export function refuseBusyPort(
  setting: string,
  host: string,
  port: number,
  isShared = false,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (thrown: NodeJS.ErrnoException) => {
      reject(
        new ConfigError(
          `${setting} ${port} on ${host} cannot be used (${thrown.code}); stop what listens there, or set another one.`,
        ),
      )
    })
    probe.listen({ port, host, reusePort: isShared }, () => probe.close(() => resolve()))
  })
}
