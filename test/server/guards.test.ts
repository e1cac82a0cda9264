import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anchoredBatch, openStage, refusal, type Stage, setStage } from './stage.ts'
import { openDirectory } from './storages.ts'

const origin = 'https://employer.example'
let stage: Stage
let credential: string
beforeAll(async () => {
  stage = await setStage({ settings: { PUBLIC_RPC_URL: 'http://rpc.example:8545/path' } })
  const { credentials } = await anchoredBatch(stage, 2)
  credential = `/credentials/${credentials[0]}`
})
afterAll(() => stage?.close())

describe('other sites', () => {
  it('may ask what is public', async () => {
    const lines = [
      `GET ${credential}`,
      `GET ${credential}/proof`,
      'GET /config.json',
      'GET /openapi.json',
    ]
    for (const line of lines) {
      const { headers, status } = await stage.ask(line, { headers: { origin } })
      expect(status, line).toBe(200)
      expect(headers['access-control-allow-origin'], line).toBe('*')
    }
    const { headers } = await stage.ask('POST /verify', { json: {}, headers: { origin } })
    expect(headers['access-control-allow-origin']).toBe('*')
  })

  it('get a preflight for what is public', async () => {
    const { status, headers } = await stage.ask('OPTIONS /verify', {
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect(status).toBe(204)
    expect(headers['access-control-allow-headers']).toContain('Content-Type')
    expect(headers['access-control-allow-headers']).not.toContain('Authorization')
  })

  it.each([
    'GET /issuers/northfield',
    'POST /issuers',
    'POST /issuers/northfield/batches',
    'GET /batches/00000000-0000-4000-8000-000000000000',
    'POST /credentials/00000000-0000-4000-8000-000000000000/revoke',
    'GET /metrics',
    'GET /readyz',
  ])('may not ask %s', async (line) => {
    const [method = '', path] = line.split(' ')
    const asked = await stage.ask(line, { key: stage.key, headers: { origin } })
    expect(asked.headers).not.toHaveProperty('access-control-allow-origin')
    const preflight = await stage.ask(`OPTIONS ${path}`, {
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization',
      },
    })
    expect(preflight.headers).not.toHaveProperty('access-control-allow-origin')
    expect(preflight.status).toBe(404)
  })
})

describe('headers', () => {
  it('let the page do its work and nothing else', async () => {
    const { headers } = await stage.ask('GET /')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(policy).toMatch(/connect-src 'self' https: [^;]*http:\/\/rpc\.example:8545(;|$)/)
    expect(policy).not.toContain('unsafe-inline')
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers).not.toHaveProperty('strict-transport-security')
  })
})

describe('refusals', () => {
  it('are problem details, also for what is not served', async () => {
    const { status, headers, body } = await stage.ask('GET /nothing/here')
    expect(status).toBe(404)
    expect(headers['content-type']).toBe('application/problem+json')
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: expect.stringContaining('/docs'),
      code: 'not_found',
    })
  })

  it('keep what went wrong inside in the log', async () => {
    const directory = await openDirectory()
    const broken = await openStage(stage.chain, directory)
    await broken.service.database.close()
    const { status, body } = await broken.ask(`GET ${credential}`)
    expect(status).toBe(500)
    expect(body).toMatchObject({ code: 'internal', requestId: expect.any(String) })
    expect(JSON.stringify(body)).not.toMatch(/PGlite|closed|stack|select/i)
    expect(refusal(await broken.ask('GET /readyz'))).toBe('503 database_unready')
    await broken.service.watcher.stop()
    await directory.remove()
  })
})

describe('limits', () => {
  it('count verifications and everything else apart, and leave health alone', async () => {
    const directory = await openDirectory()
    const { ask, close } = await openStage(stage.chain, directory, {
      RATE_LIMIT: '6',
      VERIFY_RATE_LIMIT: '3',
    })
    const verifications = []
    for (let i = 0; i < 4; i++) verifications.push(await ask('POST /verify', { json: {} }))
    expect(verifications.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    expect(refusal(verifications[3] as never)).toBe('429 rate_limited')
    expect(verifications[3]?.headers['retry-after']).toBeDefined()
    const reads = []
    for (let i = 0; i < 7; i++) reads.push((await ask('GET /openapi.json')).status)
    expect(reads).toEqual([200, 200, 200, 200, 200, 200, 429])
    for (let i = 0; i < 10; i++) expect((await ask('GET /healthz')).status).toBe(200)
    await close()
    await directory.remove()
  })

  it('follow the settings for bodies and batches', async () => {
    const directory = await openDirectory()
    const { ask, close } = await openStage(stage.chain, directory, {
      BODY_LIMIT: '2048',
      VERIFY_RATE_LIMIT: '2',
    })
    expect(refusal(await ask('POST /verify', { raw: `{"a":"${'x'.repeat(3000)}"}` }))).toBe(
      '413 too_large',
    )
    await ask('POST /verify', { json: {} })
    expect(refusal(await ask('POST /verify', { json: {} }))).toBe('429 rate_limited')
    for (let i = 0; i < 20; i++) expect((await ask('GET /openapi.json')).status).toBe(200)
    await close()
    await directory.remove()
  })

  it('see the client behind a proxy only where TRUST_PROXY says so', async () => {
    for (const [trusted, statuses] of [
      ['true', [200, 200, 200]],
      ['false', [200, 200, 429]],
    ] as const) {
      const directory = await openDirectory()
      const { ask, close } = await openStage(stage.chain, directory, {
        RATE_LIMIT: '2',
        TRUST_PROXY: trusted,
      })
      const seen = []
      for (let i = 0; i < 3; i++) {
        const headers = { 'x-forwarded-for': `198.51.100.${i}` }
        seen.push((await ask('GET /openapi.json', { headers })).status)
      }
      expect(seen).toEqual(statuses)
      await close()
      await directory.remove()
    }
  })
})
