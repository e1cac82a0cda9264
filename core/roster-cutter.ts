import { concatBytes } from './bytes.ts'
import { InvalidInputError } from './error.ts'
import { maxLineLength } from './roster-rows.ts'
import { pieceText, refuseLongLines } from './roster-text.ts'

/** Whole rows of a roster, as its bytes came: they can be read without the others, and anywhere. */
export interface RosterPiece {
  readonly bytes: Uint8Array
  /** Lines that stand before it. */
  readonly before: number
}

/** Cuts untrusted bytes at the ends of rows, wherever they come apart. Memory does not grow with the roster. */
export interface RosterCutter {
  /** The rows that these bytes complete. Throws where a row has no end. */
  readonly push: (bytes: Uint8Array) => RosterPiece | undefined
  readonly end: () => RosterPiece | undefined
}

const lineFeed = 10
const carriageReturn = 13
const quotationMark = 34
const byteOrderMark = [0xef, 0xbb, 0xbf]

/** In CSV, a line break parts two rows where the quotation marks before it are even; in NDJSON, every one does. */
export function createRosterCutter(format: 'csv' | 'ndjson'): RosterCutter {
  const isQuoting = format === 'csv'
  let kept: Uint8Array = new Uint8Array()
  /** Lines before what is kept. */
  let before = 0
  /** Line breaks in what is kept. */
  let lines = 0
  let isQuoted = false
  let follows = 0
  let isFirst = true
  let nextLook = maxLineLength

  const push = (bytes: Uint8Array): RosterPiece | undefined => {
    const from = kept.length
    // A copy in any case: what is given to a thread must be nobody else's.
    const all = concatBytes(kept, bytes)
    let cut = 0
    let linesBeforeCut = 0
    for (let at = from; at < all.length; at++) {
      const byte = all[at]
      if (byte === lineFeed) {
        if (follows !== carriageReturn) lines += 1
        if (!isQuoted) {
          cut = at + 1
          linesBeforeCut = lines
        }
      } else if (byte === carriageReturn) lines += 1
      else {
        // A carriage return alone is a line break, too; whether it is alone shows in what follows.
        if (follows === carriageReturn && !isQuoted) {
          cut = at
          linesBeforeCut = lines
        }
        if (byte === quotationMark && isQuoting) isQuoted = !isQuoted
      }
      follows = byte as number
    }
    kept = all.subarray(cut)
    if (kept.length > nextLook) {
      refuseEndless(kept, before + linesBeforeCut)
      nextLook = kept.length + maxLineLength
    }
    if (cut === 0) return undefined
    const piece = pieceOf(all.subarray(0, cut), linesBeforeCut)
    // What is left is small, what it was cut from is not.
    kept = new Uint8Array(kept)
    nextLook = maxLineLength
    return piece
  }
  const pieceOf = (bytes: Uint8Array, count: number): RosterPiece => {
    const hasMark = isFirst && byteOrderMark.every((byte, i) => bytes[i] === byte)
    const piece = { bytes: hasMark ? bytes.subarray(byteOrderMark.length) : bytes, before }
    isFirst = false
    before += count
    lines -= count
    return piece
  }
  return {
    push,
    end() {
      const last = kept
      kept = new Uint8Array()
      return last.length === 0 ? undefined : pieceOf(last, lines)
    },
  }
}

/** Throws for a line or a record that has grown too long without an end. */
function refuseEndless(bytes: Uint8Array, before: number): void {
  const text = pieceText(bytes, { isWhole: false })
  const last = refuseLongLines(text, before + 1)
  if (text.length > 2 * maxLineLength) {
    throw new InvalidInputError(
      'csv_malformed',
      `a record that ends in line ${last} or later has more than ${2 * maxLineLength} characters; check the quotation marks before it`,
    )
  }
}
