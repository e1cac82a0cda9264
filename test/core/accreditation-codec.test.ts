import { getAddress, Interface } from 'ethers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Accreditation,
  accreditationAbi,
  accreditationPage,
  decodeAccreditations,
  decodeAccreditationsAlong,
  encodeAccreditationsAlong,
  encodeAccreditationsOf,
  encodeSubaccreditations,
  holdsAt,
} from '../../core/accreditation.ts'
import { fromHex, toHex } from '../../core/bytes.ts'
import { codeOf } from './thrown.ts'

const contract = new Interface(accreditationAbi)
const address = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => getAddress(toHex(bytes)))
const time = fc.nat(2 ** 31).map((seconds) => seconds * 2)
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constant('\ufeffName'))
const record: fc.Arbitrary<Accreditation> = fc.record({
  index: fc.nat(),
  recordedAt: time,
  withdrawnAt: time,
  subject: address,
  validFrom: time,
  validUntil: time,
  maySubaccredit: fc.boolean(),
  scope: text,
  name: text,
  did: text,
})

/** A record in the shape that the contract returns it. */
function onChain({ index, recordedAt, withdrawnAt, ...statement }: Accreditation) {
  const profileHash = `0x${'9'.repeat(64)}`
  return { index, recordedAt, withdrawnAt, statement: { ...statement, profileHash } }
}

function encodePage(records: readonly Accreditation[]): Uint8Array {
  return fromHex(contract.encodeFunctionResult('accreditationsOf', [records.map(onChain)]))
}

describe('call data', () => {
  it('is what ethers encodes', () => {
    fc.assert(
      fc.property(
        address,
        address,
        fc.nat(),
        fc.array(address, { maxLength: 70 }),
        (accreditor, subject, first, accreditors) => {
          expect(encodeAccreditationsOf(accreditor, subject, first)).toBe(
            contract.encodeFunctionData('accreditationsOf', [
              accreditor,
              subject,
              first,
              accreditationPage,
            ]),
          )
          expect(encodeSubaccreditations(accreditor, first)).toBe(
            contract.encodeFunctionData('subaccreditations', [
              accreditor,
              first,
              accreditationPage,
            ]),
          )
          const links = accreditors.map((one) => ({ accreditor: one, subject }))
          expect(encodeAccreditationsAlong(accreditors, subject)).toBe(
            contract.encodeFunctionData('accreditationsAlong', [links, accreditationPage]),
          )
        },
      ),
    )
  })
})

describe('a page of accreditations', () => {
  it('is read as ethers encodes it', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), (records) => {
        expect(decodeAccreditations(encodePage(records))).toEqual(records)
      }),
    )
  })

  it('is read in many at once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(record, { maxLength: 3 }), { maxLength: 5 }), (pages) => {
        const answer = fromHex(
          contract.encodeFunctionResult('accreditationsAlong', [
            pages.map((page) => page.map(onChain)),
          ]),
        )
        expect(decodeAccreditationsAlong(answer, pages.length)).toEqual(pages)
        expect(codeOf(() => decodeAccreditationsAlong(answer, pages.length + 1))).toBe(
          'abi_malformed',
        )
      }),
      { numRuns: 50 },
    )
  })

  it('is read or refused wherever a byte is changed or missing, never anything else', () => {
    const [one] = fc.sample(record, { numRuns: 1, seed: 5 })
    const page = encodePage([
      one as Accreditation,
      { ...(one as Accreditation), name: 'ö'.repeat(40) },
    ])
    for (let i = 0; i < page.length; i++) {
      for (const flip of [1, 0x80, 0xff]) {
        const changed = page.slice()
        changed[i] = (changed[i] as number) ^ flip
        expect([undefined, 'abi_malformed']).toContain(codeOf(() => decodeAccreditations(changed)))
      }
      if (i % 32 !== 0) continue
      expect([undefined, 'abi_malformed']).toContain(
        codeOf(() => decodeAccreditations(page.slice(0, i))),
      )
    }
  })

  it('is refused where it holds more than was asked for, or times of another width', () => {
    const [one] = fc.sample(record, { numRuns: 1, seed: 6 })
    const many = Array.from({ length: accreditationPage + 1 }, () => one as Accreditation)
    expect(codeOf(() => decodeAccreditations(encodePage(many)))).toBe('abi_malformed')
    const page = encodePage([one as Accreditation])
    page[3 * 32 + 32 + 26] = 1 // bit 40 of recordedAt
    expect(codeOf(() => decodeAccreditations(page))).toBe('abi_malformed')
  })

  it('is read or refused for arbitrary bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }),
        (bytes) => void codeOf(() => decodeAccreditations(bytes)),
      ),
    )
  })
})

describe('an accreditation', () => {
  const at = (validFrom: number, validUntil: number, withdrawnAt: number) =>
    ({ validFrom, validUntil, withdrawnAt }) as Accreditation

  it.each([
    [at(0, 0, 0), 0, true],
    [at(10, 0, 0), 9, false],
    [at(10, 0, 0), 10, true],
    [at(10, 20, 0), 19, true],
    [at(10, 20, 0), 20, false],
    [at(10, 0, 15), 14, true],
    [at(10, 0, 15), 15, false],
    [at(10, 20, 30), 25, false],
  ])('holds from its first second to the one before its end: %j at %i', (one, now, expected) => {
    expect(holdsAt(one, now)).toBe(expected)
  })
})
