import { buildApp } from './app.ts'
import { ConfigError, parseConfig } from './config.ts'
import type { ServiceConfig } from './service.ts'
import { stopOnSignal } from './stop.ts'

/** Builds batches, sends, and follows the chain, for API processes that share the database; any number may run. */
async function main(): Promise<void> {
  const config = parseConfig(process.env)
  if (config.DATABASE_URL === undefined || config.CHAIN_RPC_URL === undefined) {
    throw new ConfigError(
      'A worker shares DATABASE_URL and CHAIN_RPC_URL with the other processes; set both, or let "npm start" do everything.',
    )
  }
  // The app listens nowhere: its log and its order of closing are what a worker needs.
  const { app, service } = await buildApp({ ...config, WORKER: 'in-process' } as ServiceConfig)
  await service.start()
  stopOnSignal(() => app.close())
  console.log('Rootmark works on the chain. Stop with Ctrl+C.')
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof ConfigError ? thrown.message : thrown)
  process.exit(1)
})
