import { strFromU8, strToU8, Zip, ZipDeflate, type Zippable, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { createZipReader, type ZipLimits } from '../../core/zip/reader.ts'

const roomy: ZipLimits = { fileBytes: 100_000, allBytes: 1_000_000, files: 100 }

/** Name and text, or name and code, of all that comes out; '' is the archive itself. */
function read(archive: Uint8Array, limits = roomy, step = archive.length): readonly string[] {
  const reader = createZipReader(limits)
  const found = []
  for (let at = 0; at < archive.length; at += step) {
    found.push(...reader.push(archive.subarray(at, at + step)))
  }
  found.push(...reader.end())
  return found.map(({ name = '', content }) =>
    content instanceof Uint8Array ? `${name}: ${strFromU8(content)}` : `${name}! ${content.code}`,
  )
}

const zip = (files: Readonly<Record<string, string>>, level: 0 | 9 = 9) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), {
    level,
  })
const fromBase64 = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'))
const placesOf = (archive: Uint8Array, ...signature: readonly number[]) =>
  [...archive.keys()].filter((at) => signature.every((byte, i) => archive[at + i] === byte))
const fileMark = [0x50, 0x4b, 3, 4]
const listedMark = [0x50, 0x4b, 1, 2]

/** As other programs wrote it. */
const others: Readonly<Record<string, readonly [archive: string, ...files: string[]]>> = {
  'Python, with sizes of 64 bits': [
    'UEsDBC0AAAAIAAAAIQCXjqH7//////////8GABQAYS5qc29uAQAQAAgAAAAAAAAACgAAAAAAAACrVkpUslIwrAUAUEsBAi0DLQAAAAgAAAAhAJeOofsKAAAACAAAAAYAAAAAAAAAAAAAAIABAAAAAGEuanNvblBLBQYAAAAAAQABADQAAABCAAAAAAA=',
    'a.json: {"a": 1}',
  ],
  'Python, to a pipe, with sizes of 64 bits behind the data': [
    'UEsDBC0ACAAIAAAAIQAAAAAA//////////8GABQAYS5qc29uAQAQAAAAAAAAAAAAAAAAAAAAAACrVkpUslIwrAUAUEsHCJeOofsKAAAAAAAAAAgAAAAAAAAAUEsDBBQACAAIACgNeF0AAAAAAAAAAAAAAAAGAAAAYi5qc29uq1ZKUrIyqgUAUEsHCLyFljoJAAAABwAAAFBLAQItAy0ACAAIAAAAIQCXjqH7CgAAAAgAAAAGAAAAAAAAAAAAAACAAQAAAABhLmpzb25QSwECFAMUAAgACAAoDXhdvIWWOgkAAAAHAAAABgAAAAAAAAAAAAAAgAFaAAAAYi5qc29uUEsFBgAAAAACAAIAaAAAAJcAAAAAAA==',
    'a.json: {"a": 1}',
    'b.json: {"b":2}',
  ],
  'Info-ZIP, from a pipe, with the end of a large archive': [
    'UEsDBC0AAAAAACgNeF2XjqH7//////////8BABQALQEAEAAIAAAAAAAAAAgAAAAAAAAAeyJhIjogMX1QSwECHgMtAAAAAAAoDXhdl46h+wgAAAAIAAAAAQAAAAAAAAABAAAAgBEAAAAALVBLBgYsAAAAAAAAAB4DLQAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAAvAAAAAAAAADsAAAAAAAAAUEsGBwAAAABqAAAAAAAAAAEAAABQSwUGAAAAAAEAAQAvAAAAOwAAAAAA',
    '-: {"a": 1}',
  ],
  'Info-ZIP, with folders and names beyond ASCII': [
    'UEsDBAoAAAAAACgNeF2XjqH7CAAAAAgAAAAGABwAYS5qc29uVVQJAAM86wRrPOsEa3V4CwABBAAAAAAEAAAAAHsiYSI6IDF9UEsDBAoAAAAAACgNeF0AAAAAAAAAAAAAAAACABwAZC9VVAkAAzzrBGs86wRrdXgLAAEEAAAAAAQAAAAAUEsDBAoAAAAAACgNeF1tp16ZBQAAAAUAAAAIABwAZC/DvC50eHRVVAkAAzzrBGs86wRrdXgLAAEEAAAAAAQAAAAAendlaQpQSwECHgMKAAAAAAAoDXhdl46h+wgAAAAIAAAABgAYAAAAAAABAAAApIEAAAAAYS5qc29uVVQFAAM86wRrdXgLAAEEAAAAAAQAAAAAUEsBAh4DCgAAAAAAKA14XQAAAAAAAAAAAAAAAAIAGAAAAAAAAAAQAO1BSAAAAGQvVVQFAAM86wRrdXgLAAEEAAAAAAQAAAAAUEsBAh4DCgAAAAAAKA14XW2nXpkFAAAABQAAAAgAGAAAAAAAAQAAAKSBhAAAAGQvw7wudHh0VVQFAAM86wRrdXgLAAEEAAAAAAQAAAAAUEsFBgAAAAADAAMA4gAAAMsAAAAAAA==',
    'a.json: {"a": 1}',
    'd/ü.txt: zwei\n',
  ],
  'Info-ZIP, with a password': [
    'UEsDBAoACQAAACgNeF2XjqH7FAAAAAgAAAAGABwAYS5qc29uVVQJAAM86wRrPOsEa3V4CwABBAAAAAAEAAAAALOf2Wb2cUEBnffoX7zvQ3mDMkIFUEsHCJeOofsUAAAACAAAAFBLAQIeAwoACQAAACgNeF2XjqH7FAAAAAgAAAAGABgAAAAAAAEAAACkgQAAAABhLmpzb25VVAUAAzzrBGt1eAsAAQQAAAAABAAAAABQSwUGAAAAAAEAAQBMAAAAZAAAAAAA',
    'a.json! zip_encrypted',
  ],
  'Python, by bzip2': [
    'UEsDBC4AAAAMACgNeF2XjqH7LwAAAAgAAAAGAAAAYS5qc29uQlpoOTFBWSZTWdZNankAAAMZgFAAIBAgAAAKIAAiGAIYBOJ9bhdyRThQkNZNanlQSwECLgMuAAAADAAoDXhdl46h+y8AAAAIAAAABgAAAAAAAAAAAAAAgAEAAAAAYS5qc29uUEsFBgAAAAABAAEANAAAAFMAAAAAAA==',
    'a.json! zip_unsupported',
  ],
}

describe('archives', () => {
  it.each(Object.entries(others))('of %s', (_, [archive, ...files]) => {
    for (const step of [1, 7, 100_000])
      expect(read(fromBase64(archive), roomy, step)).toEqual(files)
  })

  it('are read in their order, whatever the pieces, stored or deflated', () => {
    const files = { 'b/2.json': 'two', 'a.json': 'xyz'.repeat(20_000), '.DS_Store': 'junk', c: '' }
    const expected = ['b/2.json: two', `a.json: ${files['a.json']}`, 'c: ']
    for (const level of [0, 9] as const) {
      for (const step of [1, 1000, 1_000_000]) {
        expect(read(zip(files, level), roomy, step)).toEqual(expected)
      }
    }
  })

  it('that were streamed say sizes and checksums behind the data, which may look like that themselves', () => {
    const parts: Uint8Array[] = []
    const streamed = new Zip((_, part) => parts.push(part))
    const lookalike = `PK\u0007\b${'\0'.repeat(12)}PK\u0003\u0004`
    for (const name of ['a', 'b']) {
      const file = new ZipDeflate(name, { level: 0 })
      streamed.add(file)
      file.push(strToU8(lookalike), true)
    }
    streamed.end()
    for (const step of [1, 3, 1_000_000]) {
      expect(read(Uint8Array.from(Buffer.concat(parts)), roomy, step)).toEqual([
        `a: ${lookalike}`,
        `b: ${lookalike}`,
      ])
    }
  })
})

describe('bad archives', () => {
  it('a bomb is a file that is too large, and what stands beside it is read', () => {
    const zeros = new Uint8Array(8_000_000)
    const files: Zippable = { bomb: zeros, 'inner.zip': zipSync({ a: zeros }), good: strToU8('1') }
    const [bomb, inner, good, ...rest] = read(zipSync(files), { ...roomy, allBytes: 1e7 })
    expect([bomb, inner?.slice(0, 13), good, rest]).toEqual([
      'bomb! too_large',
      'inner.zip: PK',
      'good: 1',
      [],
    ])
  })

  it('many that together are too much end the reading', () => {
    const files = Object.fromEntries([...Array(30).keys()].map((i) => [`${i}`, 'x'.repeat(90_000)]))
    const found = read(zip(files), roomy, 512)
    expect(found.length).toBeLessThan(13)
    expect(found.at(-1)).toBe('! too_large')
    expect(read(zip(files), { ...roomy, allBytes: 1e9, files: 3 }).at(-1)).toBe('! too_large')
  })

  it('one that is not all there, or nothing, or something else', () => {
    const whole = zip({ a: 'one', b: 'two'.repeat(100) })
    for (let length = 0; length < whole.length; length += 3) {
      expect(read(whole.subarray(0, length)).at(-1)).toBe('! zip_malformed')
    }
    const end = placesOf(whole, ...listedMark)[0] as number
    expect(read(whole.subarray(0, end))).toHaveLength(3)
    for (const text of ['', 'PK', '{"a":1}', `${'\0'.repeat(100)}`]) {
      expect(read(strToU8(text))).toEqual(['! zip_malformed'])
    }
    expect(read(zipSync({}))).toEqual(['! zip_malformed'])
  })

  it('a damaged file spoils none beside it', () => {
    for (const level of [0, 9] as const) {
      const archive = zip({ a: 'x1y2z3'.repeat(9), b: 'two' }, level)
      const at = (placesOf(archive, ...fileMark)[0] as number) + 30 + 1 + 4
      archive[at] = (archive[at] as number) ^ 0x55
      expect(read(archive)).toEqual(['a! zip_damaged', 'b: two'])
    }
  })

  it('two files of one name: only one of them would be unpacked', () => {
    const archive = zip({ a: 'good', b: 'evil' }, 0)
    for (const [mark, name] of [
      [fileMark, 30],
      [listedMark, 46],
    ] as const) {
      archive[(placesOf(archive, ...mark)[1] as number) + name] = 'a'.charCodeAt(0)
    }
    expect(read(archive)).toEqual(['a: good', 'a! zip_ambiguous'])
  })

  it('a file that the directory does not list, or lists as another', () => {
    const archive = zip({ a: 'good', b: 'evil' }, 0)
    const [first, second] = placesOf(archive, ...listedMark) as [number, number]
    const hidden = Buffer.concat([archive.subarray(0, first), archive.subarray(second)])
    expect(read(Uint8Array.from(hidden))).toEqual(['a: good', 'b: evil', '! zip_ambiguous'])
    // Name, method, checksum, sizes and place: each changed in the directory alone.
    for (const at of [46, 10, 16, 20, 24, 42]) {
      const changed = archive.slice()
      changed[first + at] = (changed[first + at] as number) ^ 1
      expect(read(changed).at(-1)).toBe('! zip_ambiguous')
    }
  })

  it('something before it, between its parts or behind it', () => {
    const archive = zip({ a: 'good' }, 0)
    const other = zip({ a: 'evil' }, 0)
    const join = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts))
    expect(read(join(strToU8('#!/bin/sh\n'), archive))).toEqual(['! zip_malformed'])
    expect(read(join(archive, other))).toEqual(['a: good', '! zip_ambiguous'])
    expect(read(archive, roomy, 5)).toEqual(['a: good'])
    const commented = join(archive, other)
    commented[archive.length - 2] = other.length
    expect(read(commented)).toEqual(['a: good', '! zip_ambiguous'])
  })

  it('one with sizes beyond all numbers, or endless names', () => {
    const archive = fromBase64(
      (others['Python, with sizes of 64 bits'] as readonly string[])[0] ?? '',
    )
    expect(read(archive.map((byte, at) => (at > 39 && at < 56 ? 0xff : byte)))).toEqual([
      '! zip_malformed',
    ])
    expect(read(zip({ ['n'.repeat(5000)]: '1' }))).toEqual(['! zip_malformed'])
  })
})
