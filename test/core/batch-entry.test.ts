import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EntryParser, entryParser } from '../../core/batch-entry.ts'
import { batchLines } from '../../core/batch-file.ts'
import { toHex, utf8 } from '../../core/bytes.ts'
import { InvalidInputError } from '../../core/error.ts'
import type { Learner } from '../../core/learner.ts'
import { cohort } from './cohort.ts'

const names = [
  'Ada',
  'say "hi"',
  'back\\slash',
  'a\u2028b',
  'Zoë 👩🏽‍🔬',
  '\u007f',
  '@place 3@',
  '/',
]
const learners: readonly Learner[] = Array.from({ length: 60 }, (_, i) => ({
  name: `${names[i % names.length]} ${i}`,
  email: `learner${i}@example.org`,
  ...(i % 3 === 0 && { did: `did:key:z6Mk${i}` }),
  ...(i % 5 !== 0 && { result: i % 2 === 0 ? 'A' : 'B' }),
  ...(i % 7 === 0 && { credits: i / 7 }),
}))
const batch = cohort(60, { learners })
const lines = [...batchLines(batch)].slice(1).map((line) => line.trimEnd())

/** What a parser makes of a line, or how it refuses it. */
function outcome(parse: EntryParser, line: string | Uint8Array, statusIndex: number) {
  try {
    const { credential, salt, digest } = parse(line, statusIndex)
    return { credential, salt: toHex(salt), digest: toHex(digest) }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    return { code: thrown.code, message: thrown.message, pointer: thrown.pointer }
  }
}

/** A parser that has seen no other line parses every one strictly. */
const strictly = (line: string | Uint8Array, statusIndex: number) =>
  outcome(entryParser(batch.target), line, statusIndex)

function experienced(): EntryParser {
  const parse = entryParser(batch.target)
  for (const [statusIndex, line] of lines.entries()) parse(line, statusIndex)
  return parse
}

describe('lines that are read by what they have in common', () => {
  it('are the credentials that they are, with their digests, whatever they say', () => {
    const parse = entryParser(batch.target)
    for (const [statusIndex, entry] of batch.entries.entries()) {
      const read = outcome(parse, utf8(lines[statusIndex] as string), statusIndex)
      const { credential, salt, digest } = entry
      expect(read).toEqual({ credential, salt: toHex(salt), digest: toHex(digest) })
    }
    const again = experienced()
    for (const [statusIndex, line] of lines.entries()) {
      expect(outcome(again, line, statusIndex)).toEqual(strictly(line, statusIndex))
    }
  })

  it('are refused, or taken, as by the strict parser with any piece of them replaced', () => {
    const parse = experienced()
    const pieces = fc.constantFrom(
      '',
      '"',
      '\\',
      '\\u0041',
      '\\ud800',
      '\u0000',
      '\n',
      ' ',
      '{',
      '}',
      ',',
      '0',
      '1.0',
      '"x":1,',
      '"proof":[],',
      '","name":"',
      '@place 0@',
      'é',
      '\ud800',
      '\uFEFF',
    )
    const drawn = fc.tuple(fc.nat(59), fc.nat(), fc.nat(3), pieces)
    fc.assert(
      fc.property(drawn, ([index, place, length, piece]) => {
        const line = lines[index] as string
        const at = place % (line.length + 1)
        const altered = line.slice(0, at) + piece + line.slice(at + length)
        const read = outcome(parse, altered, index)
        expect(read).toEqual(strictly(altered, index))
      }),
      { numRuns: 1500 },
    )
  })

  it.each<readonly [string, (line: string) => string]>([
    ['the salt of another length', (line) => line.replace('"salt":"0x', '"salt":"0x00')],
    [
      'a salt in capitals',
      (line) => line.replace(/0x[0-9a-f]{64}/, (salt) => `0x${salt.slice(2).toUpperCase()}`),
    ],
    ['another status index', (line) => line.replace(/#revocation-\d+/, '#revocation-59')],
    ['another purpose', (line) => line.replace('#revocation-', '#suspension-')],
    [
      'another issuer',
      (line) => line.replace(/did:pkh:eip155:31337:0x\w{4}/, 'did:pkh:eip155:1:0xabAB'),
    ],
    ['a salt twice', (line) => line.replace('{"salt"', '{"salt":"0x00","salt"')],
    ['a proof', (line) => line.replace('"credential":{', '"credential":{"proof":[],')],
    ['white space', (line) => line.replaceAll('":', '": ')],
    ['a byte order mark', (line) => `\uFEFF${line}`],
    ['a carriage return', (line) => `${line}\r`],
  ])('have the same answer with %s', (_, change) => {
    const parse = experienced()
    for (const index of [0, 1, 2, 35, 58]) {
      const altered = change(lines[index] as string)
      expect(altered).not.toBe(lines[index])
      expect(outcome(parse, altered, index)).toEqual(strictly(altered, index))
      expect(outcome(parse, utf8(altered), index)).toEqual(strictly(utf8(altered), index))
    }
  })

  it('that are swapped are noticed', () => {
    const parse = experienced()
    expect(outcome(parse, lines[4] as string, 5)).toMatchObject({ code: 'status_mismatch' })
  })

  it('are not parsed before somebody asks, unless they hold what JSON escapes', () => {
    const parse = experienced()
    const isParsed = lines.map((line, index) => {
      const read = Object.getOwnPropertyDescriptor(parse(line, index), 'credential')
      return read?.get === undefined
    })
    const isEscaped = learners.map(({ name }) => /["\\]|@place /.test(name))
    const parsedInVain = isParsed.filter((parsed, index) => {
      const { credential } = batch.entries[index] ?? {}
      const place = learners.findIndex(({ name }) =>
        JSON.stringify(credential).includes(JSON.stringify(name)),
      )
      return parsed && !isEscaped[place] && learners[place]?.credits === undefined
    })
    // Some shapes are so rare here that nothing is alike.
    expect(parsedInVain.length).toBeLessThan(12)
    expect(isParsed.filter((parsed) => !parsed).length).toBeGreaterThan(20)
  })
})
