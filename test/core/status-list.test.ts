import { constants, gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../../core/error.ts'
import {
  decodeStatusList,
  encodeStatusList,
  makeStatusListCredential,
  minimumEntries,
  statusAt,
  statusBits,
} from '../../core/status-list.ts'

const multibase = (bytes: Uint8Array) => `u${Buffer.from(bytes).toString('base64url')}`

async function codeOf(text: unknown): Promise<string> {
  const thrown = await decodeStatusList(text, '/credentialSubject/encodedList').catch((e) => e)
  expect(thrown).toBeInstanceOf(InvalidInputError)
  expect(thrown.pointer).toBe('/credentialSubject/encodedList')
  return thrown.code
}

describe('the bits of a status list', () => {
  it('begin with the left-most one', () => {
    const bits = statusBits([0, 1, 7, 8, 131_071])
    expect(bits).toHaveLength(16_384)
    expect([bits[0], bits[1], bits[2], bits[16_383]]).toEqual([0b1100_0001, 0b1000_0000, 0, 1])
  })

  it('are those that were set, and no others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(minimumEntries - 1), { maxLength: 40 }), (indexes) => {
        const bits = statusBits(indexes)
        const wanted = new Set(indexes)
        for (const index of indexes) {
          expect(statusAt(bits, index)).toBe(true)
          for (const near of [index - 1, index + 1, index ^ 7]) {
            if (near >= 0 && near < minimumEntries) {
              expect(statusAt(bits, near)).toBe(wanted.has(near))
            }
          }
        }
      }),
    )
  })

  it('are as many as asked for, and never less than the minimum', () => {
    expect(statusBits([], 3)).toHaveLength(16_384)
    expect(statusBits([200_000], 200_001)).toHaveLength(25_001)
  })

  it.each([-1, 0.5, Number.NaN, minimumEntries, 2 ** 53])('have no index %s', (index) => {
    expect(() => statusBits([index])).toThrow(InvalidInputError)
  })

  it('say nothing beyond their end', () => {
    const bits = statusBits([])
    expect(statusAt(bits, minimumEntries - 1)).toBe(false)
    for (const index of [minimumEntries, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, -1]) {
      expect(statusAt(bits, index)).toBeUndefined()
    }
  })
})

describe('an encoded list', () => {
  it('is multibase base64url of gzip, which others can expand', async () => {
    const bits = statusBits([5, 77_777])
    const text = await encodeStatusList(bits)
    expect(text).toMatch(/^u[A-Za-z0-9_-]+$/)
    expect(Uint8Array.from(gunzipSync(Buffer.from(text.slice(1), 'base64url')))).toEqual(bits)
    expect(text.length).toBeLessThan(300)
  })

  it('is the same for the same bits, so that it can be compared', async () => {
    expect(await encodeStatusList(statusBits([9]))).toBe(await encodeStatusList(statusBits([9])))
  })

  it('is read as it was written, also by another gzip', async () => {
    const bits = statusBits([0, 3, 131_071], 200_000)
    expect(await decodeStatusList(await encodeStatusList(bits))).toEqual(bits)
    for (const level of [0, 1, 9]) {
      expect(await decodeStatusList(multibase(gzipSync(bits, { level })))).toEqual(bits)
    }
  })

  it("is the specification's example of an empty list", async () => {
    const bits = await decodeStatusList(
      'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA',
    )
    expect(bits).toEqual(statusBits([]))
  })

  it.each([
    ['a number', 17, 'status_list_malformed'],
    ['null', null, 'status_list_malformed'],
    ['a list', [], 'status_list_malformed'],
    ['no text', '', 'multibase_malformed'],
    ['without the letter u', 'H4sIAAAAAAAAA', 'multibase_malformed'],
    ['another multibase', 'zH4sIAAAAAAAAA', 'multibase_malformed'],
    ['padding', 'uH4sIAAAAAAA=', 'multibase_malformed'],
    ['plain base64', 'uH4sI+AAA/AAA', 'multibase_malformed'],
    ['no bytes', 'u', 'status_list_malformed'],
    ['bytes that are no gzip', multibase(Buffer.from('not gzip')), 'status_list_malformed'],
  ])('is refused: %s', async (_, text, code) => {
    expect(await codeOf(text)).toBe(code)
  })

  it('is refused where it was cut off or altered', async () => {
    const gzip = gzipSync(Buffer.alloc(16_384))
    expect(await codeOf(multibase(gzip.subarray(0, 20)))).toBe('status_list_malformed')
    expect(await codeOf(multibase(gzip.subarray(0, -4)))).toBe('status_list_malformed')
    const altered = Buffer.from(gzip)
    altered.writeUInt32LE(0xdead_beef, altered.length - 8) // The checksum, RFC 1952 §2.3.1.
    expect(await codeOf(multibase(altered))).toBe('status_list_malformed')
  })

  it('is expanded to 16 MiB and no further', async () => {
    expect(await decodeStatusList(multibase(gzipSync(Buffer.alloc(16_777_216))))).toHaveLength(
      16_777_216,
    )
    expect(await codeOf(multibase(gzipSync(Buffer.alloc(16_777_217))))).toBe(
      'status_list_too_large',
    )
  })

  it('is refused early where it is a bomb', async () => {
    // 1 GiB of zeros in a megabyte: the stream is left long before its end.
    const bomb = multibase(bombOf(64))
    expect(bomb.length).toBeLessThan(1_500_000)
    const before = process.memoryUsage().rss
    const started = performance.now()
    expect(await codeOf(bomb)).toBe('status_list_too_large')
    expect(performance.now() - started).toBeLessThan(3000)
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000)
  })

  it('is refused unread where the text itself is too long', async () => {
    expect(await codeOf(`u${'A'.repeat(23_000_000)}`)).toBe('status_list_too_large')
  })
})

describe('a status list credential', () => {
  it('says what the specification wants', () => {
    const id = 'https://issuer.example/batches/1/status/revocation'
    expect(
      makeStatusListCredential({
        id,
        issuer: 'did:web:issuer.example',
        purpose: 'revocation',
        encodedList: 'uH4sI',
        validFrom: '2026-01-01T00:00:00Z',
        validUntil: '2026-01-02T00:00:00Z',
        ttl: 300_000,
      }),
    ).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: 'did:web:issuer.example',
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2026-01-02T00:00:00Z',
      credentialSubject: {
        id: `${id}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: 'uH4sI',
        ttl: 300_000,
      },
    })
  })
})

/** A gzip of `count` times 16 MiB of zeros in one member, made without holding them. */
function bombOf(count: number): Uint8Array {
  const block = gzipSync(Buffer.alloc(16_777_216), { finishFlush: constants.Z_FULL_FLUSH })
  const header = block.subarray(0, 10)
  const body = block.subarray(10)
  return Buffer.concat([header, ...Array.from({ length: count }, () => body)])
}
