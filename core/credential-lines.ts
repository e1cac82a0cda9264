import { InvalidInputError } from './error.ts'

/** A line that is not blank, by its number from 1, or why it is not read. */
export interface CredentialLine {
  readonly line: number
  readonly content: Uint8Array | InvalidInputError
}

/** Cuts bytes that come in pieces into lines. */
export interface LineReader {
  readonly push: (piece: Uint8Array) => readonly CredentialLine[]
  /** The line after the last line feed. */
  readonly end: () => readonly CredentialLine[]
}

const lineFeed = 0x0a

/**
 * Reads one credential a line (NDJSON). The bytes are untrusted: no more than one line of `maxBytes` is held. A longer one is passed
 * over and said to be too long, and those after it are read.
 */
export function readCredentialLines(maxBytes: number): LineReader {
  let line = 1
  let held = new Uint8Array()
  let length = 0

  // Pieces may be a byte each: room grows by doubling, and never beyond what is read of a line.
  const hold = (bytes: Uint8Array) => {
    const before = length
    length += bytes.length
    if (length > maxBytes) return
    if (length > held.length) {
      const larger = new Uint8Array(Math.min(maxBytes, Math.max(2 * held.length, length)))
      larger.set(held.subarray(0, before))
      held = larger
    }
    held.set(bytes, before)
  }
  const finish = (last: Uint8Array): CredentialLine | undefined => {
    const isWhole = length === 0
    if (!isWhole || last.length > maxBytes) hold(last)
    const isLong = length > maxBytes
    const content = isLong ? tooLong(line, maxBytes) : isWhole ? last : held.slice(0, length)
    length = 0
    line += 1
    const isBlank = !(content instanceof InvalidInputError) && content.every(isSpace)
    return isBlank ? undefined : { line: line - 1, content }
  }
  return {
    push(piece) {
      const lines: CredentialLine[] = []
      let from = 0
      for (;;) {
        const to = piece.indexOf(lineFeed, from)
        if (to === -1) break
        const found = finish(piece.subarray(from, to))
        if (found) lines.push(found)
        from = to + 1
      }
      hold(piece.subarray(from))
      return lines
    },
    end() {
      const found = finish(new Uint8Array())
      return found ? [found] : []
    },
  }
}

function tooLong(line: number, maxBytes: number): InvalidInputError {
  return new InvalidInputError(
    'too_large',
    `line ${line} has more than ${maxBytes} bytes, the most that is read of a credential`,
  )
}

/** Space, tab, line feed, carriage return: the white space of JSON. */
function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
