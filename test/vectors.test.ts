import { readdirSync, readFileSync } from 'node:fs'
import { Interface } from 'ethers'
import { network } from 'hardhat'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentialAt } from '../core/batch.ts'
import { parseBatchFile } from '../core/batch-file.ts'
import type { Hex } from '../core/bytes.ts'
import type { Eip1193Provider } from '../core/chain.ts'
import { deployContracts } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { registryAbi } from '../core/registry.ts'
import { packStatusWords } from '../core/status.ts'
import { parseTrust } from '../core/trust.ts'
import { verifyBytes } from '../core/verify.ts'

interface Expected {
  readonly now: string
  readonly chainId: number
  readonly issuer: string
  readonly registry: string
  readonly root: string
  readonly size: number
  readonly revoked: readonly number[]
  readonly suspended: readonly number[]
  readonly credentials: Readonly<
    Record<
      string,
      { readonly verdict: string; readonly reason: string } | { readonly malformed: string }
    >
  >
}

const folder = new URL('vectors/v1/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder))
const expected: Expected = JSON.parse(read('expected.json').toString())
const files = readdirSync(new URL('credentials/', folder)).sort()

describe('the frozen vectors of format version 1', () => {
  let provider: Eip1193Provider
  let close: () => Promise<void>

  beforeAll(async () => {
    const connection = await network.create()
    close = () => connection.close()
    provider = {
      request: ({ method, params = [] }) =>
        connection.provider.request({ method, params: [...params] }),
    }
    const initCode = read('CredentialRegistry.initcode.hex').toString().trim() as Hex
    const [registry] = await deployContracts(provider, expected.issuer, {
      CredentialRegistry: initCode,
      AccreditationRegistry: initCode,
    })
    expect(registry?.address).toBe(expected.registry)

    const registryInterface = new Interface(registryAbi)
    const send = (name: string, args: readonly unknown[]) =>
      provider.request({
        method: 'eth_sendTransaction',
        params: [
          {
            from: expected.issuer,
            to: expected.registry,
            data: registryInterface.encodeFunctionData(name, args),
          },
        ],
      })
    await send('anchor', [expected.root, expected.size])
    for (const [name, indexes] of [
      ['revoke', expected.revoked],
      ['suspend', expected.suspended],
    ] as const) {
      for (const { firstWord, words } of packStatusWords(indexes)) {
        await send(name, [expected.issuer, expected.root, firstWord, words])
      }
    }
  })
  afterAll(() => close())

  const verify = (bytes: Uint8Array) =>
    verifyBytes(bytes, {
      readers: {
        chain: () => ({ label: 'test', provider }),
        document: () => Promise.reject(new Error('no network here')),
      },
      trust: parseTrust(
        { version: 1, acceptTestNetworks: true },
        { registry: expected.registry, accreditationRegistry: expected.registry },
      ),
      now: Date.parse(expected.now),
    })

  it('are all there, each with its verdict', () => {
    expect(files).toEqual(
      Object.keys(expected.credentials)
        .map((name) => `${name}.json`)
        .sort(),
    )
  })

  for (const [name, outcome] of Object.entries(expected.credentials)) {
    it(`${name}: ${Object.values(outcome).join(', ')}`, async () => {
      const bytes = read(`credentials/${name}.json`)
      if ('malformed' in outcome) {
        const thrown = await verify(bytes).catch((reason: unknown) => reason)
        expect(thrown).toBeInstanceOf(InvalidInputError)
        expect((thrown as InvalidInputError).code).toBe(outcome.malformed)
      } else {
        const { verdict, reason } = await verify(bytes)
        expect({ verdict, reason }).toEqual(outcome)
      }
    })
  }

  it('give the frozen root and proofs from the batch file', () => {
    const batch = parseBatchFile(read('batch.ndjson').toString())
    expect(batch.root).toBe(expected.root)
    const held = JSON.parse(read('credentials/valid-han.json').toString())
    const index = batch.entries.findIndex(({ credential }) => credential['id'] === held.id)
    expect(credentialAt(batch, index)).toEqual(held)
  })
})
