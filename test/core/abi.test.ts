import { AbiCoder, getAddress, getCreate2Address, Interface, id, keccak256 } from 'ethers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AbiReader, addressWord, checksumAddress, selectorOf, uintWord } from '../../core/abi.ts'
import { fromHex, toHex } from '../../core/bytes.ts'
import { create2Address } from '../../core/deployment.ts'
import {
  decodeAnchorCount,
  decodeVerify,
  encodeAnchorCount,
  encodeVerify,
  registryAbi,
  standings,
  verifySignature,
} from '../../core/registry.ts'
import { codeOf } from './thrown.ts'

const registry = new Interface(registryAbi)
const coder = AbiCoder.defaultAbiCoder()
const word = fc.uint8Array({ minLength: 32, maxLength: 32 })
const address = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => getAddress(toHex(bytes)))

describe('call data', () => {
  it('of verify is what ethers encodes', () => {
    expect(selectorOf(verifySignature)).toEqual(fromHex(id(verifySignature).slice(0, 10)))
    fc.assert(
      fc.property(
        address,
        word,
        fc.maxSafeInteger().map(Math.abs),
        fc.array(word, { maxLength: 32 }),
        (issuer, digest, statusIndex, siblings) => {
          const expected = registry.encodeFunctionData('verify', [
            issuer,
            digest,
            statusIndex,
            siblings,
          ])
          expect(encodeVerify({ issuer, digest, statusIndex, siblings })).toBe(expected)
        },
      ),
    )
  })

  it('of anchorCount is what ethers encodes', () => {
    fc.assert(
      fc.property(address, (issuer) => {
        expect(encodeAnchorCount(issuer)).toBe(registry.encodeFunctionData('anchorCount', [issuer]))
      }),
    )
  })
})

describe('the answer of verify', () => {
  const answer = fc.tuple(
    fc.nat(4),
    word,
    fc.nat(2 ** 31),
    fc.nat(2 ** 31),
    fc.nat(2 ** 31),
    fc.nat(2 ** 31),
  )
  const encode = (
    standing: number | bigint,
    root: Uint8Array,
    record: readonly (number | bigint)[],
  ) => fromHex(coder.encode(['uint256', 'bytes32', 'uint256[4]'], [standing, root, record]))

  it('is read as ethers reads it', () => {
    fc.assert(
      fc.property(answer, ([standing, root, anchoredAt, withdrawnAt, sequence, size]) => {
        const record = { anchoredAt, withdrawnAt, sequence, size }
        const bytes = fromHex(registry.encodeFunctionResult('verify', [standing, root, record]))
        expect(decodeVerify(bytes)).toEqual({
          standing: standings[standing],
          root: toHex(root),
          record,
        })
      }),
    )
  })

  it('is refused where no registry can have given it', () => {
    const root = new Uint8Array(32)
    expect(codeOf(() => decodeVerify(encode(5, root, [1, 0, 1, 1])))).toBe('abi_malformed')
    expect(codeOf(() => decodeVerify(encode(2n ** 255n, root, [1, 0, 1, 1])))).toBe('abi_malformed')
    expect(codeOf(() => decodeVerify(encode(1, root, [2n ** 40n, 0, 1, 1])))).toBe('abi_malformed')
    expect(codeOf(() => decodeVerify(encode(1, root, [1, 2n ** 40n, 1, 1])))).toBe('abi_malformed')
    expect(codeOf(() => decodeVerify(encode(1, root, [1, 0, 2n ** 32n, 1])))).toBe('abi_malformed')
    expect(codeOf(() => decodeVerify(encode(1, root, [1, 0, 1, 2n ** 32n])))).toBe('abi_malformed')
    const whole = encode(1, root, [1, 0, 1, 1])
    for (const length of [0, 31, 32, 160, 191]) {
      expect(codeOf(() => decodeVerify(whole.slice(0, length)))).toBe('abi_malformed')
    }
    expect(codeOf(() => decodeVerify(fromHex(`${toHex(whole)}00`)))).toBe('abi_malformed')
    expect(codeOf(() => decodeAnchorCount(new Uint8Array(32).fill(255)))).toBe('abi_malformed')
    expect(decodeAnchorCount(uintWord(2 ** 32 - 1))).toBe(2 ** 32 - 1)
  })
})

describe('an address', () => {
  it('gets the checksum that ethers gives it, from either case', () => {
    fc.assert(
      fc.property(address, (expected) => {
        expect(checksumAddress(expected.toLowerCase())).toBe(expected)
        expect(checksumAddress(`0x${expected.slice(2).toUpperCase()}`)).toBe(expected)
        expect(checksumAddress(expected)).toBe(expected)
        expect(toHex(addressWord(expected))).toBe(coder.encode(['address'], [expected]))
      }),
    )
  })

  it('is refused with one letter in the wrong case', () => {
    const good = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
    const bad = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed'
    expect(checksumAddress(good)).toBe(good)
    expect(codeOf(() => checksumAddress(bad))).toBe('address_checksum')
  })

  it.each([
    '',
    '0x',
    '5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
    `0x${'0'.repeat(39)}`,
    `0x${'0'.repeat(41)}`,
    `0X${'0'.repeat(40)}`,
    `0x${'g'.repeat(40)}`,
    `0x${'0'.repeat(40)}\n`,
  ])('is refused as %j', (text) => {
    expect(codeOf(() => checksumAddress(text))).toBe('address_malformed')
  })
})

describe('words', () => {
  it('hold unsigned integers of 256 bits and no more', () => {
    expect(toHex(uintWord(2n ** 256n - 1n))).toBe(`0x${'ff'.repeat(32)}`)
    expect(() => uintWord(2n ** 256n)).toThrow('at most 256 bits')
    expect(() => uintWord(-1)).toThrow('an unsigned integer')
  })

  it('are read as what they are or refused', () => {
    const reader = new AbiReader(fromHex(coder.encode(['bool', 'uint256'], [true, 2])), '/p')
    expect(reader.flag(0)).toBe(true)
    expect(codeOf(() => reader.flag(32))).toBe('abi_malformed')
    for (const at of [-1, 33, 64, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER, 2 ** 60]) {
      expect(codeOf(() => reader.word(at))).toBe('abi_malformed')
    }
  })
})

describe('the CREATE2 address', () => {
  it('is the one that ethers computes', () => {
    const proxy = '0x4e59b44847b379578588920cA78FbF26c0B4956C'
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (code) => {
        const salt = `0x${'00'.repeat(32)}`
        expect(create2Address(toHex(code))).toBe(getCreate2Address(proxy, salt, keccak256(code)))
      }),
    )
  })
})
