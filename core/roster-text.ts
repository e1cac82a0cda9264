import { InvalidInputError } from './error.ts'
import { maxLineLength } from './roster-rows.ts'

/** The text of a piece of a roster, with `\n` for every line break. Throws where it is not UTF-8. A piece that is not whole may end anywhere. */
export function pieceText(bytes: Uint8Array, { isWhole }: { readonly isWhole: boolean }): string {
  let text: string
  try {
    // A byte order mark has its place at the start of the roster alone.
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    text = decoder.decode(bytes, { stream: !isWhole })
  } catch {
    throw new InvalidInputError(
      'utf8_invalid',
      'the roster is not UTF-8; export or save it as UTF-8',
    )
  }
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/** Throws for a line that is too long; `line` is the number of the first. Returns the number of the last line. */
export function refuseLongLines(text: string, line: number): number {
  let number = line
  for (let start = 0; ; number++) {
    const end = text.indexOf('\n', start)
    const length = (end === -1 ? text.length : end) - start
    if (length > maxLineLength) {
      throw new InvalidInputError(
        'line_too_long',
        `line ${number} has ${end === -1 ? 'more than ' : ''}${end === -1 ? maxLineLength : length} characters; at most ${maxLineLength} are read`,
      )
    }
    if (end === -1) return number
    start = end + 1
  }
}
