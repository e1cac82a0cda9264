import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../../server/config.ts'
import { startEmbeddedChain } from '../../server/embedded-chain.ts'
import { readTls } from '../../server/tls.ts'
import { selfSigned } from './certificate.ts'
import { openStage } from './stage.ts'
import { openDirectory } from './storages.ts'

let folder: string
const pair = selfSigned()
const other = selfSigned()
const path = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rootmark-tls-'))
  await writeFile(path('cert.pem'), pair.cert)
  await writeFile(path('chain.pem'), pair.cert + other.cert)
  await writeFile(path('reversed.pem'), other.cert + pair.cert)
  await writeFile(path('key.pem'), pair.key)
  await writeFile(path('other-key.pem'), other.key)
  await writeFile(path('empty.pem'), '')
  await writeFile(path('text.pem'), 'no certificate\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function settings(cert: string, key: string) {
  return parseConfig({ TLS_CERT: path(cert), TLS_KEY: path(key) })
}

async function refusalOf(cert: string, key: string): Promise<string> {
  try {
    await readTls(settings(cert, key))
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.message
    throw thrown
  }
  return 'taken'
}

describe('a certificate of the tests', () => {
  it('is one for localhost and 127.0.0.1 that its own key made', () => {
    const certificate = new X509Certificate(pair.cert)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.checkHost('localhost')).toBe('localhost')
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
  })
})

describe('TLS_CERT and TLS_KEY', () => {
  it('are read as a pair, also with a chain after the own certificate', async () => {
    expect(String((await readTls(settings('cert.pem', 'key.pem')))?.cert)).toBe(pair.cert)
    expect(await readTls(settings('chain.pem', 'key.pem'))).toBeDefined()
  })

  it('may be absent', async () => {
    expect(await readTls(parseConfig({}))).toBeUndefined()
  })

  it('make https the scheme of the default PUBLIC_BASE_URL', () => {
    expect(settings('cert.pem', 'key.pem').PUBLIC_BASE_URL).toBe('https://127.0.0.1:3000')
  })

  it.each([
    ['missing.pem', 'key.pem', /^TLS_CERT .*missing\.pem cannot be read: .*ENOENT/],
    ['cert.pem', 'missing.pem', /^TLS_KEY .*missing\.pem cannot be read: .*ENOENT/],
    ['.', 'key.pem', /^TLS_CERT .* cannot be read: .*EISDIR/],
    ['empty.pem', 'key.pem', /^TLS_CERT .*empty\.pem does not hold a certificate/],
    ['text.pem', 'key.pem', /^TLS_CERT .*text\.pem does not hold a certificate/],
    ['key.pem', 'cert.pem', /^TLS_CERT .*key\.pem does not hold a certificate/],
    ['cert.pem', 'cert.pem', /^TLS_KEY .*cert\.pem does not hold a private key/],
    ['cert.pem', 'other-key.pem', /is not the key of the first certificate in TLS_CERT/],
    ['reversed.pem', 'key.pem', /is not the key of the first certificate in TLS_CERT/],
  ])('%s and %s are refused with one sentence', async (cert, key, sentence) => {
    const said = await refusalOf(cert, key)
    expect(said).toMatch(sentence)
    expect(said).toMatch(/^[^\n]+\.$/)
    expect(said).not.toContain('BEGIN')
  })

  it.each([
    [{ TLS_CERT: './cert.pem' }, 'TLS_KEY is missing; set it beside TLS_CERT'],
    [{ TLS_KEY: './key.pem' }, 'TLS_CERT is missing; set it beside TLS_KEY'],
    [
      { TLS_CERT: './c.pem', TLS_KEY: './k.pem', PUBLIC_BASE_URL: 'http://credentials.example' },
      'PUBLIC_BASE_URL begins with http:',
    ],
  ])('half of it, or http beside it, is refused: %j', (env, sentence) => {
    expect(() => parseConfig(env)).toThrow(sentence)
  })
})

describe('a service with a certificate', () => {
  it('serves https, and nothing to who speaks plain http', async () => {
    const chain = await startEmbeddedChain(0)
    const storage = await openDirectory()
    const stage = await openStage(chain, storage, {
      TLS_CERT: path('cert.pem'),
      TLS_KEY: path('key.pem'),
    })
    try {
      const url = await stage.listen()
      expect(url).toMatch(/^https:/)
      const { status, headers, body } = await ask(`${url}/healthz`, pair.cert)
      expect(status).toBe(200)
      expect(JSON.parse(body)).toEqual({ status: 'ok' })
      expect(headers['strict-transport-security']).toMatch(/max-age=/)
      await expect(ask(`${url}/healthz`, other.cert)).rejects.toThrow(
        /self-signed|unable to verify/,
      )
      expect(await speakPlainly(Number(new URL(url).port))).not.toContain('200 OK')
    } finally {
      await stage.close()
      await chain.close()
      await storage.remove()
    }
  })
})

function ask(url: string, ca: string) {
  return new Promise<{
    status: number | undefined
    headers: NodeJS.Dict<string | string[]>
    body: string
  }>((resolve, reject) => {
    get(url, { ca, agent: false }, async (response) => {
      resolve({
        status: response.statusCode,
        headers: response.headers,
        body: await text(response),
      })
    }).on('error', reject)
  })
}

function speakPlainly(port: number): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    })
    socket.on('data', (chunk) => {
      said += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(said))
  })
}
