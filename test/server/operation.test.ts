import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractAddresses } from '../../core/deployment.ts'
import { parseTrust } from '../../core/trust.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { sendToRegistry } from './chain-calls.ts'
import {
  anchoredBatch,
  named,
  openStage,
  refusal,
  type Stage,
  setStage,
  verdictOf,
} from './stage.ts'
import { openDirectory } from './storages.ts'

let stage: Stage
let credential: string
beforeAll(async () => {
  stage = await setStage()
  credential = (await anchoredBatch(stage, 2)).credentials[0] as string
})
afterAll(() => stage?.close())

describe('health', () => {
  it('is told while database and chain answer', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect((await stage.ask(`GET ${path}`)).body).toEqual({ status: 'ok' })
    }
  })
})

describe('metrics', () => {
  it('count verdicts and batches, and name routes without ids', async () => {
    await verdictOf(stage, credential)
    const { text, headers } = await stage.ask('GET /metrics')
    expect(headers['content-type']).toContain('text/plain')
    expect(text).toMatch(/rootmark_verdicts_total\{verdict="valid"\} [1-9]/)
    expect(text).toContain('rootmark_batches{state="finalized"} 1')
    expect(text).toContain('rootmark_transactions{state="included"} 1')
    expect(text).toMatch(/^rootmark_fees_paid_ether [0-9.e-]*[1-9]/m)
    expect(text).toContain('route="/credentials/:id"')
    expect(text).not.toContain(credential)
  })
})

describe('config.json', () => {
  it('tells the page what it needs to verify by itself', async () => {
    const { body } = await stage.ask('GET /config.json')
    expect(body.contracts).toEqual(stage.chain.contracts)
    expect(body.chains).toEqual({ 31337: { rpcUrl: stage.chain.url } })
    const trust = parseTrust(body.trust, body.contracts)
    expect(trust.chains.get(31337)?.registries).toEqual([stage.chain.contracts.registry])
    expect(trust.chains.get(1)?.rootAccreditors).toEqual([])
    expect(body.demo).toEqual([])
  })

  it('does not tell an endpoint that may hold a secret', async () => {
    const storage = await openDirectory()
    const { ask, close } = await openStage(
      stage.chain,
      storage,
      named(stage.chain, `${stage.chain.url}/?key=secret`),
    )
    const { text } = await ask('GET /config.json')
    expect(text).not.toContain('secret')
    expect(JSON.parse(text).chains).toEqual({})
    await close()
    await storage.remove()
  })
})

describe('the page', () => {
  it.each(['/', '/check', '/check?credential=/credentials/x'])('answers at %s', async (path) => {
    const { status, headers, text } = await stage.ask(`GET ${path}`)
    // Where the page is not built, that is said.
    if (status === 200) expect(headers['content-type']).toContain('text/html')
    else expect(text).toContain('not built')
    expect([200, 503]).toContain(status)
  })

  it('does not serve files beside its own', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json']) {
      expect((await stage.ask(`GET ${path}`)).status).toBeGreaterThanOrEqual(400)
    }
  })
})

describe('new issuers', () => {
  it('are refused where no administrator key is set', async () => {
    const storage = await openDirectory()
    const { ask, close } = await openStage(stage.chain, storage, { ADMIN_KEY: '' })
    const answer = await ask('POST /issuers', { key: 'anything', json: {} })
    expect(refusal(answer)).toBe('403 admin_disabled')
    expect(answer.body.detail).toContain('ADMIN_KEY')
    await close()
    await storage.remove()
  })
})

describe('the watcher', () => {
  it('works by itself once it is started, and ends when it is stopped', async () => {
    const storage = await openDirectory()
    const { service, close } = await openStage(stage.chain, storage, { WATCH_INTERVAL_MS: '100' })
    service.watcher.start()
    service.watcher.nudge()
    await new Promise((resolve) => setTimeout(resolve, 350))
    await close()
    await service.watcher.round()
    await storage.remove()
  })
})

describe('what others do on chain', () => {
  it('shows on a batch that was final already, and is not undone', async () => {
    const { id, credentials } = await anchoredBatch(stage, 3)
    const { body: batch } = await stage.ask(`GET /batches/${id}`, { key: stage.key })
    expect(batch.state).toBe('finalized')
    const { issuer } = demoAccounts
    const call = ['revokeInBatch', [batch.root, 1]] as const
    await sendToRegistry(stage.chain, issuer.address, ...call)
    await stage.service.catchUp()
    const page = await stage.ask(`GET /batches/${id}/credentials`, { key: stage.key })
    expect(page.body.credentials.map(({ status }: { status: string }) => status)).toEqual([
      'active',
      'revoked',
      'active',
    ])
    expect(await verdictOf(stage, credentials[1] as string)).toBe('invalid revoked')
    await sendToRegistry(stage.chain, issuer.address, 'withdraw', [issuer.address, batch.root])
    await stage.service.catchUp()
    const { body: after } = await stage.ask(`GET /batches/${id}`, { key: stage.key })
    expect(after.anchor.withdrawnAt).toMatch(/Z$/)
    const { text } = await stage.ask('GET /metrics')
    expect(text).toContain('rootmark_chain_blocks_behind 0')
    expect(text).toContain('rootmark_chain_reorgs_total 0')
  })
})

describe('contract addresses', () => {
  it('default to the ones that are the same on every chain', async () => {
    const { parseConfig } = await import('../../server/config.ts')
    expect(parseConfig({}).REGISTRY_ADDRESS).toBe(contractAddresses.registry)
  })
})
