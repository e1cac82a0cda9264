import { AbiCoder, getAddress } from 'ethers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMultibase, toHex, toMultibase } from '../../core/bytes.ts'
import { type AnchorProof, decodeAnchorProof, encodeAnchorProof } from '../../core/proof.ts'
import { codeOf, refusalOf } from './thrown.ts'

const coder = AbiCoder.defaultAbiCoder()
const types = ['uint256', 'address', 'address', 'uint256', 'bytes32', 'bytes32[]']
const word = fc.uint8Array({ minLength: 32, maxLength: 32 })
const address = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => getAddress(toHex(bytes)))
const anyProof: fc.Arbitrary<AnchorProof> = fc.record({
  chainId: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  registry: address,
  issuer: address,
  statusIndex: fc.nat(2 ** 31),
  salt: word,
  siblings: fc.array(word, { maxLength: 32 }),
})

const sample: AnchorProof = {
  chainId: 31337,
  registry: getAddress(`0x${'c1'.repeat(20)}`),
  issuer: getAddress(`0x${'ab'.repeat(20)}`),
  statusIndex: 3,
  salt: new Uint8Array(32).fill(7),
  siblings: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
}

function encodeWithEthers({ chainId, registry, issuer, statusIndex, salt, siblings }: AnchorProof) {
  return coder.encode(types, [chainId, registry, issuer, statusIndex, salt, siblings])
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.slice(2), 'hex'))
}

describe('the encoding of an anchor proof', () => {
  it('is Solidity\u2019s abi.encode, and comes back as it was', () => {
    fc.assert(
      fc.property(anyProof, (proof) => {
        const encoded = encodeAnchorProof(proof)
        expect(toHex(encoded)).toBe(encodeWithEthers(proof))
        expect(decodeAnchorProof(encoded)).toEqual(proof)
      }),
    )
  })

  it('has one spelling: any changed byte is refused or says something else', () => {
    const encoded = encodeAnchorProof(sample)
    for (let i = 0; i < encoded.length; i++) {
      for (const flip of [1, 128, 255]) {
        const changed = encoded.slice()
        changed[i] = (changed[i] as number) ^ flip
        const code = codeOf(() => expect(decodeAnchorProof(changed)).not.toEqual(sample))
        expect(['proof_malformed', 'abi_malformed', 'proof_too_long', undefined]).toContain(code)
      }
    }
  })

  it('is refused where it ends early or goes on', () => {
    const encoded = encodeAnchorProof(sample)
    for (let length = 0; length < encoded.length; length++) {
      expect(codeOf(() => decodeAnchorProof(encoded.slice(0, length)))).toMatch(/malformed/)
    }
    for (const more of [1, 31, 32, 64]) {
      const longer = new Uint8Array(encoded.length + more)
      longer.set(encoded)
      expect(codeOf(() => decodeAnchorProof(longer))).toBe('proof_malformed')
    }
  })

  it('is refused with another offset that ethers would follow', () => {
    const hex = encodeWithEthers(sample).slice(2)
    const moved = `0x${hex.slice(0, 320)}${'e0'.padStart(64, '0')}${'2'.padStart(64, '0')}${hex.slice(384)}`
    expect(coder.decode(types, moved)[5]).toHaveLength(2)
    expect(codeOf(() => decodeAnchorProof(bytesOf(moved)))).toBe('proof_malformed')
  })

  it('takes 32 siblings and not 33 nor 300, nor a count that is a lie', () => {
    const of = (count: number) => ({
      ...sample,
      siblings: Array.from({ length: count }, () => sample.salt),
    })
    expect(decodeAnchorProof(encodeAnchorProof(of(32))).siblings).toHaveLength(32)
    expect(codeOf(() => decodeAnchorProof(encodeAnchorProof(of(33))))).toBe('proof_too_long')
    expect(codeOf(() => decodeAnchorProof(encodeAnchorProof(of(300))))).toBe('proof_too_long')
    const lie = encodeAnchorProof(sample)
    lie.fill(0xff, 6 * 32, 7 * 32)
    expect(codeOf(() => decodeAnchorProof(lie))).toBe('abi_malformed')
  })

  it.each([
    ['a chain id', 0, 24],
    ['a status index', 3 * 32, 24],
    ['a registry address', 32, 11],
    ['an issuer address', 64, 0],
  ])('is refused where %s is wider than it may be', (_, start, byte) => {
    const encoded = encodeAnchorProof(sample)
    encoded[start + byte] = 0x80
    expect(codeOf(() => decodeAnchorProof(encoded))).toBe('abi_malformed')
  })

  it('is decoded or refused for arbitrary bytes, never anything else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        (bytes) => void codeOf(() => decodeAnchorProof(bytes)),
      ),
    )
  })
})

describe('multibase', () => {
  it('comes back as it was and is base64url without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toMultibase(bytes)).toBe(`u${Buffer.from(bytes).toString('base64url')}`)
        expect(fromMultibase(toMultibase(bytes))).toEqual(bytes)
      }),
    )
  })

  it.each([
    '',
    'AQ',
    'zAQ',
    'mAQ',
    'uAQ==',
    'uAR',
    'uA',
    'uA+/_',
    'u AQ',
    'uAQ\n',
    'UAQ',
    'uAQ=',
    'uAAAAA',
    'f01',
  ])('is refused in any other spelling: %j', (text) => {
    expect(refusalOf(() => fromMultibase(text, '/x'))).toMatchObject({
      code: 'multibase_malformed',
      pointer: '/x',
    })
  })
})
