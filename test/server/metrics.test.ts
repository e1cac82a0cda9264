import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEndpoint, passOn } from './endpoint.ts'
import {
  anchoredBatch,
  issueBatch,
  named,
  openStage,
  refusal,
  type Stage,
  setStage,
} from './stage.ts'
import { openDirectory } from './storages.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.close())

const figures = async ({ ask }: Pick<Stage, 'ask'>) => (await ask('GET /metrics')).text
const figure = async (on: Pick<Stage, 'ask'>, name: string) => {
  const line = (await figures(on)).split('\n').find((text) => text.startsWith(`${name} `))
  return Number(line?.slice(name.length + 1))
}

describe('metrics', () => {
  it('tell how long the oldest batch waits, by who anchors it', async () => {
    const { db } = stage.service.database
    const managed = 'rootmark_oldest_unfinalized_batch_seconds{managed="true"}'
    const own = 'rootmark_oldest_unfinalized_batch_seconds{managed="false"}'
    await anchoredBatch(stage, 2)
    expect(await figure(stage, managed)).toBe(0)
    const id = await issueBatch(stage, 1)
    await sql`update batches set created_at = now() - interval '1 hour' where id = ${id}`.execute(
      db,
    )
    expect(await figure(stage, own)).toBeGreaterThanOrEqual(3600)
    expect(await figure(stage, managed)).toBe(0)
  })

  it('tell how far behind the chain the service is', async () => {
    await stage.service.catchUp()
    expect(await figure(stage, 'rootmark_chain_head_age_seconds')).toBeLessThan(600)
    expect(await figure(stage, 'rootmark_watch_round_age_seconds')).toBeLessThan(60)
  })

  it('count the failures of an endpoint by method', async () => {
    let fails = false
    const endpoint = await openEndpoint((body, method) =>
      fails && method === 'eth_getBlockByNumber' ? 'no JSON' : passOn(stage.chain.url, body),
    )
    const storage = await openDirectory()
    const stage2 = await openStage(stage.chain, storage, named(stage.chain, endpoint.url))
    await stage2.service.catchUp()
    expect(await figures(stage2)).not.toContain('rootmark_rpc_errors_total{')
    fails = true
    await expect(stage2.service.catchUp()).rejects.toThrow()
    const name = 'rootmark_rpc_errors_total{method="eth_getBlockByNumber"}'
    expect(await figure(stage2, name)).toBe(1)
    expect(await figure(stage2, name)).toBe(1)
    await stage2.close()
    await endpoint.close()
    await storage.remove()
  })

  it('are the ones that the dashboard shows and the manual explains', async () => {
    const own = (text: string) =>
      new Set((text.match(/\brootmark_[a-z_]+/g) ?? []).map((name) => name.replace(/_bucket$/, '')))
    const described = (await figures(stage)).split('\n').filter((line) => line.startsWith('# TYPE'))
    const names = own(described.join('\n'))
    expect(own(await readFile('docs/grafana.json', 'utf8'))).toEqual(names)
    const manual = await readFile('docs/operations.md', 'utf8')
    const table = manual.split('\n').filter((line) => line.startsWith('| `rootmark_'))
    expect(own(table.join('\n'))).toEqual(names)
  })
})

describe('readiness', () => {
  it('is refused while the chain cannot be reached, and names it', async () => {
    const storage = await openDirectory()
    const down = named(stage.chain, 'http://127.0.0.1:1')
    const { ask, close } = await openStage(stage.chain, storage, down)
    const answer = await ask('GET /readyz')
    expect(refusal(answer)).toBe('503 chain_unready')
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.body.detail).toContain('chain')
    await close()
    await storage.remove()
  })

  it('is refused while nobody watches the chain, and comes back with a round', async () => {
    const storage = await openDirectory()
    const { ask, service, close } = await openStage(stage.chain, storage, {
      WATCH_STALE_MS: '1000',
    })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const answer = await ask('GET /readyz')
    expect(refusal(answer)).toBe('503 watcher_stale')
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.body.detail).toContain('compared with the chain')
    await service.catchUp()
    expect((await ask('GET /readyz')).status).toBe(200)
    await close()
    await storage.remove()
  })
})
