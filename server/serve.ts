import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { refuseBusyPort } from './busy-port.ts'
import { ConfigError, parseConfig } from './config.ts'
import { demoExamples, seedDemo } from './demo.ts'
import { type EmbeddedChain, onEmbeddedChain, startEmbeddedChain } from './embedded-chain.ts'
import type { ServiceConfig } from './service.ts'
import { stopOnSignal } from './stop.ts'
import { describeDemo, describeService } from './welcome.ts'

async function main(): Promise<void> {
  const config = parseConfig(process.env)
  await refuseBusyPort('PORT', config.HOST, config.PORT, config.SHARE_PORT)
  if (config.CHAIN_RPC_URL !== undefined) {
    // parseConfig made sure that CHAIN_ID comes with CHAIN_RPC_URL.
    return serve(config as ServiceConfig)
  }
  const chain = await startEmbeddedChain(config.EMBEDDED_CHAIN_PORT)
  return serveDemo(onEmbeddedChain(config, chain), chain)
}

async function serve(config: ServiceConfig): Promise<void> {
  const { app, service } = await buildApp(config)
  if (config.WORKER === 'in-process') await service.start()
  const url = await listen(app, config)
  stopOnSignal(() => app.close())
  console.log(describeService(url))
}

async function serveDemo(config: ServiceConfig, chain: EmbeddedChain): Promise<void> {
  const { app, service } = await buildApp(config, demoExamples)
  const demo = await seedDemo(service)
  await service.start()
  const url = await listen(app, config)
  stopOnSignal(async () => {
    await app.close()
    await chain.close()
  })
  console.log(describeDemo(url, chain.url, demo))
}

/** Listens; returns the URL to tell a person. */
async function listen(app: FastifyInstance, config: ServiceConfig): Promise<string> {
  const { HOST: host, PORT: port, SHARE_PORT: reusePort, PUBLIC_BASE_URL } = config
  const place = { host, port, reusePort } // Fastify passes on what its types do not name.
  const address = await app.listen(place)
  return port === 0 ? address : PUBLIC_BASE_URL
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof ConfigError ? thrown.message : thrown)
  process.exit(1)
})
