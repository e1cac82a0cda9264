import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../../server/config.ts'
import { openDocuments, ownDocuments } from '../../server/documents.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../server/embedded-chain.ts'
import { openStage } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rootmark-documents-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const none = () => undefined

async function pin(index: unknown): Promise<string> {
  await writeFile(join(folder, 'index.json'), JSON.stringify(index))
  return folder
}

describe('PINNED_DOCUMENTS_DIR', () => {
  it('is asked before the network', async () => {
    await writeFile(join(folder, 'did.json'), '{"id":"did:web:issuer.invalid"}')
    const directory = await pin({ 'https://issuer.invalid/.well-known/did.json': 'did.json' })
    const read = await openDocuments(parseConfig({ PINNED_DOCUMENTS_DIR: directory }), none)
    expect(await read('https://issuer.invalid/.well-known/did.json')).toEqual({
      id: 'did:web:issuer.invalid',
    })
    await expect(read('https://issuer.invalid/other.json')).rejects.toThrow()
  })

  it('leaves the guard in place for everything else', async () => {
    const read = await openDocuments(parseConfig({ PINNED_DOCUMENTS_DIR: await pin({}) }), none)
    for (const url of [
      'https://127.0.0.1:9/did.json',
      'https://169.254.169.254/latest/meta-data',
    ]) {
      await expect(read(url)).rejects.toThrow('is not a public host')
    }
    await expect(read('http://issuer.invalid/did.json')).rejects.toThrow('only https is read')
  })

  it.each([
    [[], 'must be an object that maps URLs'],
    [{ 'https://issuer.invalid/did.json': '../x.json' }, 'cannot be read'],
    [{ 'issuer.invalid': 'did.json' }, 'at /issuer.invalid: '],
  ])('stops the start with one sentence: %j', async (index, sentence) => {
    const config = parseConfig({ PINNED_DOCUMENTS_DIR: await pin(index) })
    const thrown = await openDocuments(config, none).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(ConfigError)
    const { message } = thrown as ConfigError
    expect(message).toMatch(/^PINNED_DOCUMENTS_DIR .* cannot be used.*[^\n]+\.$/)
    expect(message).toContain(sentence)
  })

  it('stops the start where there is no such folder', async () => {
    const config = parseConfig({ PINNED_DOCUMENTS_DIR: join(folder, 'nowhere') })
    await expect(openDocuments(config, none)).rejects.toThrow(/ENOENT.*correct its index\.json/)
  })
})

describe('own URLs', () => {
  const app = Fastify()
  app.get('/did.json', async ({ query }) => ({ query }))
  app.get('/fails', async () => {
    throw new Error('internal')
  })
  const text = async (base: string, url: string) => {
    const bytes = await ownDocuments(app, base, 'own')(new URL(url))
    return bytes && Buffer.from(bytes).toString()
  }

  it('are answered by the routes, with no network', async () => {
    expect(await text('https://own.invalid', 'https://own.invalid/did.json?v=1')).toBe(
      '{"query":{"v":"1"}}',
    )
    expect(await text('http://own.invalid:81', 'http://own.invalid:81/did.json')).toBe(
      '{"query":{}}',
    )
  })

  it('may lie below a path', async () => {
    expect(
      await text('https://own.invalid/rootmark', 'https://own.invalid/rootmark/did.json'),
    ).toBe('{"query":{}}')
    for (const path of [
      '/did.json',
      '/rootmarked/did.json',
      '/rootmark/../did.json',
      '/rootmark',
    ]) {
      expect(
        await text('https://own.invalid/rootmark', `https://own.invalid${path}`),
      ).toBeUndefined()
    }
  })

  it('are not those of others', async () => {
    for (const url of [
      'https://own.invalid:8443/did.json',
      'http://own.invalid/did.json',
      'https://own.invalid.evil.invalid/did.json',
      'https://own.invalid@evil.invalid/did.json',
    ]) {
      expect(await text('https://own.invalid', url)).toBeUndefined()
    }
  })

  it('say where they cannot be had', async () => {
    const own = 'https://own.invalid'
    await expect(text(own, `${own}/nothing`)).rejects.toThrow('answered with HTTP 404')
    await expect(text(own, `${own}/fails`)).rejects.toThrow('answered with HTTP 500')
  })
})

describe('a service that reads its own documents', () => {
  let chain: EmbeddedChain
  let storage: Storage
  beforeAll(async () => {
    chain = await startEmbeddedChain(0)
    storage = await openDirectory()
  })
  afterAll(async () => {
    await chain?.close()
    await storage?.remove()
  })

  it('is not held up by the rate limit that others have', async () => {
    const stage = await openStage(chain, storage, {
      PUBLIC_BASE_URL: 'https://127.0.0.1:49999',
      RATE_LIMIT: '2',
    })
    const { document } = stage.service.readers
    for (let i = 0; i < 5; i++) {
      expect(await document('https://127.0.0.1:49999/openapi.json')).toMatchObject({
        openapi: expect.any(String),
      })
    }
    const statuses: number[] = []
    for (let i = 0; i < 3; i++) statuses.push((await stage.ask('GET /openapi.json')).status)
    expect(statuses).toEqual([200, 200, 429])
    await stage.close()
  })
})
