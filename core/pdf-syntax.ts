import { InvalidInputError } from './error.ts'

/** A value as PDF writes it, ISO 32000-2 §7.3; a stream keeps its bytes as they stand in the file. */
export type PdfValue =
  | null
  | boolean
  | number
  | string
  | readonly PdfValue[]
  | PdfName
  | PdfReference
  | PdfDictionary
  | PdfStream

export interface PdfName {
  readonly name: string
}
export interface PdfReference {
  readonly object: number
}
export interface PdfDictionary {
  readonly entries: ReadonlyMap<string, PdfValue>
}
export interface PdfStream extends PdfDictionary {
  /** Where its bytes begin; how many there are, its dictionary says. */
  readonly start: number
}

/** A value and where it ends. */
export interface Parsed<Value extends PdfValue = PdfValue> {
  readonly value: Value
  readonly end: number
}

const maxDepth = 40

/** The value at a place; throws `InvalidInputError` (`pdf_malformed`). The bytes are untrusted. */
export function parsePdfValue(bytes: Uint8Array, at: number, depth = 0): Parsed {
  if (depth > maxDepth) throw pdfMalformed('its values are nested too deeply')
  const start = skipSpace(bytes, at)
  const byte = bytes[start]
  if (byte === 0x2f) return parseName(bytes, start)
  if (byte === 0x28) return skipText(bytes, start)
  if (byte === 0x5b) return parseArray(bytes, start + 1, depth)
  if (byte === 0x3c) {
    return bytes[start + 1] === 0x3c
      ? parseDictionary(bytes, start + 2, depth)
      : skipHexText(bytes, start)
  }
  const end = wordEnd(bytes, start)
  const word = latin(bytes, start, end)
  if (word === 'null') return { value: null, end }
  if (word === 'true' || word === 'false') return { value: word === 'true', end }
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)) return parseNumber(bytes, word, end)
  throw pdfMalformed(`a value was expected at byte ${start}`)
}

/** The object that begins at a place: `12 0 obj …`. */
export function parsePdfObject(
  bytes: Uint8Array,
  at: number,
): Parsed & { readonly object: number } {
  const start = skipSpace(bytes, at)
  const head = /^(\d{1,10})\s+\d{1,5}\s+obj/.exec(latin(bytes, start, start + 40))
  if (!head) throw pdfMalformed(`an object was expected at byte ${start}`)
  const { value, end } = parsePdfValue(bytes, start + head[0].length)
  const object = Number(head[1])
  const next = skipSpace(bytes, end)
  if (!isDictionary(value) || latin(bytes, next, next + 6) !== 'stream')
    return { value, end, object }
  // Its bytes begin after one end of line. ISO 32000-2 §7.3.8.1.
  const line = next + 6 + (bytes[next + 6] === 0x0d ? 1 : 0)
  const from = line + (bytes[line] === 0x0a ? 1 : 0)
  return { value: { entries: value.entries, start: from }, end: from, object }
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return typeof value === 'object' && value !== null && 'entries' in value
}

export function isStream(value: PdfValue | undefined): value is PdfStream {
  return isDictionary(value) && 'start' in value
}

export function isReference(value: PdfValue | undefined): value is PdfReference {
  return typeof value === 'object' && value !== null && 'object' in value
}

export function nameOf(value: PdfValue | undefined): string | undefined {
  return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined
}

/** The bytes as text, one character each. */
export function latin(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 1000)))
}

export function skipSpace(bytes: Uint8Array, at: number): number {
  let place = at
  for (;;) {
    const byte = bytes[place]
    if (byte === 0x25) {
      while (place < bytes.length && bytes[place] !== 0x0a && bytes[place] !== 0x0d) place++
    } else if (isSpace(byte)) place++
    else return place
  }
}

export function pdfMalformed(why: string): InvalidInputError {
  return new InvalidInputError(
    'pdf_malformed',
    `this PDF is damaged, or made in a way that is not read here (${why}); download it again as its issuer hands it out`,
  )
}

function isSpace(byte: number | undefined): boolean {
  return (
    byte === 0x20 ||
    byte === 0x0a ||
    byte === 0x0d ||
    byte === 0x09 ||
    byte === 0x0c ||
    byte === 0x00
  )
}

function wordEnd(bytes: Uint8Array, at: number): number {
  let end = at
  while (end < bytes.length && !isSpace(bytes[end]) && !'()<>[]{}/%'.includes(charAt(bytes, end)))
    end++
  return end
}

function charAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(bytes[at] as number)
}

function parseName(bytes: Uint8Array, at: number): Parsed {
  const end = wordEnd(bytes, at + 1)
  const name = latin(bytes, at + 1, end).replace(/#([0-9a-fA-F]{2})/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return { value: { name }, end }
}

/** A number, or a reference: `12 0 R`. */
function parseNumber(bytes: Uint8Array, word: string, end: number): Parsed {
  const reference =
    /^\d+$/.test(word) && /^\s+\d{1,5}\s+R(?![^\s()<>[\]{}/%])/.exec(latin(bytes, end, end + 20))
  if (!reference) return { value: Number(word), end }
  return { value: { object: Number(word) }, end: end + reference[0].length }
}

/** Texts are of no interest here, but have to be passed over. */
function skipText(bytes: Uint8Array, at: number): Parsed {
  let open = 0
  for (let place = at; place < bytes.length; place++) {
    const byte = bytes[place]
    if (byte === 0x5c) place++
    else if (byte === 0x28) open++
    else if (byte === 0x29) {
      open--
      if (open === 0) return { value: '', end: place + 1 }
    }
  }
  throw pdfMalformed('a text does not end')
}

function skipHexText(bytes: Uint8Array, at: number): Parsed {
  const end = bytes.indexOf(0x3e, at)
  if (end < 0) throw pdfMalformed('a text does not end')
  return { value: '', end: end + 1 }
}

function parseArray(bytes: Uint8Array, at: number, depth: number): Parsed {
  const values: PdfValue[] = []
  for (let place = skipSpace(bytes, at); ; place = skipSpace(bytes, place)) {
    if (bytes[place] === 0x5d) return { value: values, end: place + 1 }
    const { value, end } = parsePdfValue(bytes, place, depth + 1)
    values.push(value)
    place = end
  }
}

function parseDictionary(bytes: Uint8Array, at: number, depth: number): Parsed {
  const entries = new Map<string, PdfValue>()
  for (let place = skipSpace(bytes, at); ; place = skipSpace(bytes, place)) {
    if (bytes[place] === 0x3e && bytes[place + 1] === 0x3e) {
      return { value: { entries }, end: place + 2 }
    }
    const key = parsePdfValue(bytes, place, depth + 1)
    const name = nameOf(key.value)
    if (name === undefined) throw pdfMalformed(`a name was expected at byte ${place}`)
    const { value, end } = parsePdfValue(bytes, key.end, depth + 1)
    // Readers differ on which of two counts.
    if (entries.has(name)) throw pdfMalformed(`${name.slice(0, 40)} is said twice`)
    entries.set(name, value)
    place = end
  }
}
