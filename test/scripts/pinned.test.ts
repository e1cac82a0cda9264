import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { makeSigningKey } from '../../core/signing-key.ts'
import { encodeStatusList, makeStatusListCredential, statusBits } from '../../core/status-list.ts'
import { badgeBy, sign } from '../core/signers.ts'
import { hardhatJson } from './command.ts'

// Names under .invalid resolve nowhere (RFC 6761): what is read of them comes from the folder.
const did = 'did:web:issuer.invalid'
const listUrl = 'https://issuer.invalid/status/3'

let folder: string
let badge: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rootmark-check-'))
  const key = await makeSigningKey(new Uint8Array(32).fill(11))
  const signer = { verificationMethod: `${did}#key-1`, sign: key.sign }
  const write = (name: string, value: JsonObject) =>
    writeFile(join(folder, name), JSON.stringify(value))
  await write('did.json', {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [
      { id: `${did}#key-1`, type: 'Multikey', controller: did, publicKeyMultibase: key.multikey },
    ],
    assertionMethod: [`${did}#key-1`],
  })
  const list = makeStatusListCredential({
    id: listUrl,
    issuer: did,
    purpose: 'revocation',
    encodedList: await encodeStatusList(statusBits([7])),
    validFrom: '2026-05-01T00:00:00Z',
    validUntil: '2100-01-01T00:00:00Z',
    ttl: 60_000,
  })
  await write('list.json', await sign(list, signer))
  await write('index.json', {
    'https://issuer.invalid/.well-known/did.json': 'did.json',
    [listUrl]: 'list.json',
  })
  for (const index of [7, 8]) {
    const credentialStatus = {
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(index),
      statusListCredential: listUrl,
    }
    await write(`badge-${index}.json`, await sign(badgeBy(did, { credentialStatus }), signer))
  }
  badge = join(folder, 'badge-8.json')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const check = (file: string, directory?: string) =>
  hardhatJson(['check', file], directory ? { env: { PINNED_DOCUMENTS_DIR: directory } } : {})

describe('check with PINNED_DOCUMENTS_DIR', () => {
  it("verifies another issuer's badge without any network: its key, its signature, its status", async () => {
    const { code, json } = await check(badge, folder)
    expect([code, json.verdict]).toEqual([0, 'valid'])
    const outcomes = Object.fromEntries(
      json.checks.map(({ name, outcome }: Record<string, string>) => [name, outcome]),
    )
    expect(outcomes).toMatchObject({ signature: 'valid', issuer: 'valid', status: 'valid' })
    const revoked = await check(join(folder, 'badge-7.json'), folder)
    expect([revoked.code, revoked.json.reason]).toEqual([1, 'revoked'])
  })

  it('leaves the verdict open without them', async () => {
    const { code, json } = await check(badge)
    expect([code, json.verdict]).toEqual([2, 'indeterminate'])
  })

  it('says what is wrong with the folder, and nothing about the credential', async () => {
    const broken = await mkdtemp(join(folder, 'broken-'))
    await writeFile(join(broken, 'index.json'), '{"https://issuer.invalid/":"../badge-8.json"}')
    for (const directory of [broken, join(folder, 'nowhere')]) {
      const { code, json } = await check(badge, directory)
      expect([code, json.error.code]).toEqual([2, 'pinned_documents_malformed'])
    }
  })
})
