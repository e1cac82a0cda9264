import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNameReader, requireNames } from '../../core/named-credentials.ts'
import { codeOf } from './thrown.ts'

const uuid = '3d9f8a52-6c1e-4b0f-9a77-2f0c5e8d1b64'
const encoder = new TextEncoder()

function read(text: string | Uint8Array, { most = 100, step = 1_000_000 } = {}) {
  const bytes = typeof text === 'string' ? encoder.encode(text) : text
  const reader = createNameReader(most)
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step))
  return reader.end()
}

describe('a list of credentials', () => {
  it.each([
    ['one a line', `7\n${uuid}\n\nurn:uuid:${uuid.toUpperCase()}\r\n  8  \r9`],
    [
      'NDJSON',
      `{"statusIndex":7,"x":1}\n{"id":"${uuid}"}\n\n{"id":"urn:uuid:${uuid}","statusIndex":3}\n{"statusIndex":"8"}\n{"statusIndex":9}`,
    ],
    [
      'CSV with a header',
      `name,"id",note\n"Doe, Jane",7,\n"O ""x""",${uuid},"a,b"\n\n,urn:uuid:${uuid},\nx,8,\nx,"9",y`,
    ],
    ['a column of CSV', `\uFEFFstatusIndex\n7\n${uuid}\n\n${uuid}\n8\n"9"`],
  ])('is read as %s, however its bytes are cut', (_name, text) => {
    const whole = read(text)
    expect(whole.names).toEqual([7, uuid, uuid, 8, 9])
    expect(whole.problems).toEqual([])
    const offset =
      text.includes('id\n') || text.startsWith('name') || text.includes('Index\n') ? 1 : 0
    expect(whole.lines).toEqual([1, 2, 4, 5, 6].map((line) => line + offset))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (step) => {
        expect(read(text, { step })).toEqual(whole)
      }),
    )
  })

  it('names every bad line, up to a hundred', () => {
    const { names, problems } = read(
      `1\n-1\n1.5\nurn:uuid:1\n{"id":7}\n{"id"\n[1]\n2,3\n${uuid}x\n4`,
    )
    expect(names).toEqual([1, 4])
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 credential_name_malformed',
      '3 credential_name_malformed',
      '4 credential_name_malformed',
      '5 line_malformed',
      '6 line_malformed',
      '7 credential_name_malformed',
      '8 fields_miscounted',
      '9 credential_name_malformed',
    ])
    expect(read('x\n'.repeat(5_000)).problems).toHaveLength(100)
    const sentence = () => requireNames(read('x\n'.repeat(50)), 'ids.txt')
    expect(sentence).toThrow(
      /^ids\.txt: line 1: "x" is neither .*line 10: .*; and 40 further lines$/,
    )
  })

  it('is refused where it is too long, has no end of a line, or is no text', () => {
    expect(codeOf(() => read('1\n'.repeat(101)))).toBe('too_large')
    expect(read('1\n'.repeat(100)).names).toHaveLength(100)
    expect(codeOf(() => read('\n'.repeat(100_000), { step: 1000 }))).toBe('too_large')
    expect(codeOf(() => read(`1\n${'1'.repeat(5_000)}`))).toBe('line_too_long')
    expect(codeOf(() => read('1'.repeat(5_000), { step: 100 }))).toBe('line_too_long')
    expect(codeOf(() => read(Uint8Array.of(0x31, 0x0a, 0xff)))).toBe('utf8_invalid')
    expect(codeOf(() => read(Uint8Array.of(0x31, 0x0a, 0xe2, 0x82)))).toBe('utf8_invalid')
    expect(codeOf(() => requireNames(read('id\n\n'), 'list'))).toBe('credentials_missing')
  })

  it('is read quickly, also with quotation marks that never end', () => {
    const started = performance.now()
    const text = `id,note\n${`7,"${',"'.repeat(1_000)}\n`.repeat(100)}`
    expect(read(text, { most: 1_000 }).names).toHaveLength(100)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
