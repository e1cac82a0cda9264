import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCredentialLines } from '../../core/credential-lines.ts'
import { InvalidInputError } from '../../core/error.ts'

const maxBytes = 20

/** The lines of bytes that come in pieces of these lengths, as `number:text`. */
function linesOf(bytes: Uint8Array, lengths: readonly number[]): readonly string[] {
  const reader = readCredentialLines(maxBytes)
  const found = []
  let at = 0
  for (const length of lengths) {
    // The sender's memory is used again for the next piece.
    const piece = bytes.slice(at, at + length)
    for (const each of reader.push(piece)) found.push(described(each))
    piece.fill(0x58)
    at += length
  }
  for (const each of [...reader.push(bytes.slice(at)), ...reader.end()]) found.push(described(each))
  return found
}

function described({ line, content }: { line: number; content: Uint8Array | InvalidInputError }) {
  return content instanceof InvalidInputError
    ? `${line}:${content.code}`
    : `${line}:${new TextDecoder().decode(content)}`
}

function expected(text: string): readonly string[] {
  return text.split('\n').flatMap((line, i) => {
    const size = new TextEncoder().encode(line).length
    if (size > maxBytes) return [`${i + 1}:too_large`]
    return /^[ \t\r]*$/.test(line) ? [] : [`${i + 1}:${line}`]
  })
}

describe('credentials a line', () => {
  it('are the same however the bytes are cut into pieces', () => {
    const piece = fc.constantFrom('{"a":1}', '\n', '\r\n', ' ', 'é', 'x'.repeat(19), 'y'.repeat(21))
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }),
        fc.array(fc.nat({ max: 9 }), { maxLength: 60 }),
        (pieces, lengths) => {
          const text = pieces.join('')
          expect(linesOf(new TextEncoder().encode(text), lengths)).toEqual(expected(text))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('are passed over where one is huge, and read on after it', () => {
    const huge = new Uint8Array(5_000_000).fill(0x61)
    const reader = readCredentialLines(maxBytes)
    expect(reader.push(huge)).toEqual([])
    expect(reader.push(huge)).toEqual([])
    const found = reader.push(new TextEncoder().encode('\n{}\n'))
    expect(found.map(described)).toEqual(['1:too_large', '2:{}'])
  })

  it('are none in nothing, and none in ten thousand empty lines', () => {
    expect(linesOf(new Uint8Array(), [])).toEqual([])
    expect(linesOf(new Uint8Array(10_000).fill(0x0a), [5000])).toEqual([])
  })
})
