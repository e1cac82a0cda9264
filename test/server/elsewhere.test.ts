import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { credentialsV2 } from '../../core/contexts.ts'
import { selfSigned } from './certificate.ts'
import { plainCredential } from './issuing-stage.ts'
import { type Program, startProgram } from './program.ts'
import { adminKey, quiet } from './stage.ts'
import { freePort, openDirectory, type Storage } from './storages.ts'

// A wallet's own way: the credential in hand, everything else over https from the service.

let directory: string
let storage: Storage
let service: Program
let url: string
const { cert, key } = selfSigned()

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rootmark-elsewhere-'))
  storage = await openDirectory()
  await writeFile(join(directory, 'cert.pem'), cert)
  await writeFile(join(directory, 'key.pem'), key)
  const port = String(await freePort())
  url = `https://127.0.0.1:${port}`
  service = await startProgram('server/main.ts', {
    ...quiet,
    ...storage.settings,
    PORT: port,
    EMBEDDED_CHAIN_PORT: '0',
    TLS_CERT: join(directory, 'cert.pem'),
    TLS_KEY: join(directory, 'key.pem'),
  })
})
afterAll(async () => {
  await service?.end('SIGTERM')
  await storage?.remove()
  await rm(directory, { recursive: true, force: true })
})

async function post(path: string, json: unknown, bearer: string) {
  const response = await new Promise<AsyncIterable<Uint8Array>>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` }
    const call = request(`${url}${path}`, { method: 'POST', ca: cert, headers }, resolve)
    call.once('error', reject)
    call.end(JSON.stringify(json))
  })
  return JSON.parse(await text(response as Parameters<typeof text>[0]))
}

const program = `
  import { text } from 'node:stream/consumers'
  import { verifyCredential } from '@digitalcredentials/verifier-core'
  const credential = JSON.parse(await text(process.stdin))
  const { log, errors } = await verifyCredential({ credential, knownDIDRegistries: [] })
  process.stdout.write(JSON.stringify({ log, errors }))
`

/** What @digitalcredentials/verifier-core says, in a process that trusts the certificate: each step that it takes. */
async function stepsElsewhere(credential: JsonObject): Promise<Readonly<Record<string, boolean>>> {
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(directory, 'cert.pem') }
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdin.end(JSON.stringify(credential))
  const { log = [], errors = [] } = JSON.parse(await text(child.stdout))
  if (errors.length > 0) return { [errors[0].name]: false }
  return Object.fromEntries(
    log.map((step: { id: string; valid: boolean }) => [step.id, step.valid]),
  )
}

describe.each(['web', 'key'])('a credential of an issuer with a did:%s', (did) => {
  let issuer: { slug: string; did: string; key: { key: string } }
  let credential: JsonObject
  beforeAll(async () => {
    const account = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
    const profile = { name: 'Harbour College', url: 'https://harbour.example' }
    issuer = await post('/issuers', { slug: `harbour-${did}`, did, account, profile }, adminKey)
    const path = `/issuers/${issuer.slug}/credentials/issue`
    // The one context that the library brings along.
    const common = { '@context': [credentialsV2], type: ['VerifiableCredential'] }
    const plain = plainCredential(issuer.did, common)
    const issued = await post(path, { credential: plain }, issuer.key.key)
    credential = issued.verifiableCredential
  })

  it('is taken, with its key, its signature and its status', async () => {
    expect(await stepsElsewhere(credential)).toMatchObject({
      valid_signature: true,
      revocation_status: true,
      expiration: true,
    })
  })

  it('is refused when a word of it was altered', async () => {
    const altered = { ...credential, credentialSubject: { id: 'did:example:other' } }
    expect(await stepsElsewhere(altered)).not.toMatchObject({ valid_signature: true })
  })

  it('is found revoked once it is', async () => {
    const json = {
      credentialId: credential['id'],
      credentialStatus: credential['credentialStatus'],
    }
    await post(`/issuers/${issuer.slug}/credentials/status`, json, issuer.key.key)
    expect(await stepsElsewhere(credential)).toMatchObject({
      valid_signature: true,
      revocation_status: false,
    })
  })
})
