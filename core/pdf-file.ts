import { inflateUpTo } from './bounded-inflate.ts'
import { InvalidInputError } from './error.ts'
import {
  isDictionary,
  isReference,
  isStream,
  latin,
  nameOf,
  type PdfDictionary,
  type PdfStream,
  type PdfValue,
  parsePdfObject,
  parsePdfValue,
  pdfMalformed,
  skipSpace,
} from './pdf-syntax.ts'

/** A PDF file as its newest revision has it. */
export interface PdfFile {
  /** The numbers of all its objects. */
  readonly objects: readonly number[]
  /** An object by its number; `null` for one that there is not. */
  readonly read: (object: number) => Promise<PdfValue>
  /** What a reference leads to, or the value itself. */
  readonly resolve: (value: PdfValue | undefined) => Promise<PdfValue>
  /** What a stream holds, up to `limit` bytes: `undefined` for more. */
  readonly open: (stream: PdfStream, limit: number) => Promise<Uint8Array | undefined>
}

/** Where an object stands: at a byte of the file, or as a part of a stream of objects. */
type Place = { readonly at: number } | { readonly within: number; readonly index: number }

// A sheet has some tens of objects; whoever brings many more wants something else.
const maxObjects = 20_000
const maxSections = 50
/** What may come out of all streams of objects and tables together. */
const maxInflated = 8_388_608
/** Bytes that are parsed in all: objects that overlap could have the same ones parsed over and over. */
const maxParsed = 33_554_432

/** Reads the tables of a PDF (ISO 32000-2 §7.5). The bytes are untrusted; throws `InvalidInputError` (`pdf_malformed`, `pdf_encrypted`). */
export async function openPdf(bytes: Uint8Array): Promise<PdfFile> {
  let budget = maxInflated
  let parsed = 0
  const places = new Map<number, Place | undefined>()
  const packed = new Map<number, Promise<readonly PdfValue[]>>()

  const place = (object: number, where: Place | undefined) => {
    // The newest table comes first, and what it says of an object holds.
    if (!places.has(object)) places.set(object, where)
    if (places.size > maxObjects) throw pdfMalformed(`it has more than ${maxObjects} objects`)
  }

  async function open(stream: PdfStream, limit: number): Promise<Uint8Array | undefined> {
    const length = await resolve(stream.entries.get('Length'))
    if (typeof length !== 'number' || length < 0 || stream.start + length > bytes.length) {
      throw pdfMalformed('a stream is cut off')
    }
    const raw = bytes.subarray(stream.start, stream.start + length)
    const filter = await resolve(stream.entries.get('Filter'))
    const filters = Array.isArray(filter) ? filter : filter === null ? [] : [filter]
    if (filters.length === 0) return raw.length > limit ? undefined : raw
    if (filters.length > 1 || nameOf(await resolve(filters[0])) !== 'FlateDecode') {
      throw pdfMalformed('a stream is packed in an unusual way')
    }
    const inflated = await inflateUpTo(raw, limit).catch(() => {
      throw pdfMalformed('a stream cannot be decompressed')
    })
    return inflated && unpredict(inflated, await resolve(stream.entries.get('DecodeParms')))
  }

  const spend = (from: number, end: number) => {
    parsed += end - from
    if (parsed > maxParsed) throw pdfMalformed('its objects overlap')
  }

  /** Opens what objects or tables are in: to do so, none of these may be needed. */
  async function openCounted(stream: PdfStream): Promise<Uint8Array> {
    for (const name of ['Length', 'Filter', 'DecodeParms']) {
      const value = stream.entries.get(name)
      for (const each of Array.isArray(value) ? (value as readonly PdfValue[]) : [value]) {
        const where = isReference(each) ? places.get(each.object) : undefined
        if (where && 'within' in where) throw pdfMalformed('a stream is packed in an unusual way')
      }
    }
    const opened = await open(stream, budget)
    if (!opened) throw tooLarge()
    budget -= opened.length
    return opened
  }

  async function read(object: number): Promise<PdfValue> {
    const where = places.get(object)
    if (!where) return null
    if ('at' in where) {
      const { value, end, object: named } = parsePdfObject(bytes, where.at)
      if (named !== object) throw pdfMalformed('its table of objects is wrong')
      spend(where.at, end)
      return value
    }
    const known = packed.get(where.within) ?? readPacked(where.within)
    packed.set(where.within, known)
    return (await known)[where.index] ?? null
  }

  async function readPacked(within: number): Promise<readonly PdfValue[]> {
    const where = places.get(within)
    const stream = where && 'at' in where ? await read(within) : null
    if (!isStream(stream)) throw pdfMalformed('objects are missing')
    const content = await openCounted(stream)
    const [count, first] = [stream.entries.get('N'), stream.entries.get('First')]
    if (typeof count !== 'number' || typeof first !== 'number' || count > maxObjects) {
      throw pdfMalformed('objects are missing')
    }
    const values: PdfValue[] = []
    let at = 0
    for (let i = 0; i < count; i++) {
      const number = parsePdfValue(content, at)
      const offset = parsePdfValue(content, number.end)
      at = offset.end
      if (typeof offset.value !== 'number') throw pdfMalformed('objects are missing')
      const { value, end } = parsePdfValue(content, first + offset.value)
      spend(first + offset.value, end)
      values.push(value)
    }
    return values
  }

  /** References that lead to references, or back to themselves, are no use. */
  async function resolve(value: PdfValue | undefined): Promise<PdfValue> {
    if (!isReference(value)) return value ?? null
    const found = await read(value.object)
    return isReference(found) ? null : found
  }

  async function readSections(): Promise<void> {
    const waiting = [startOf(bytes)]
    for (let sections = 0; waiting.length > 0; sections++) {
      if (sections > maxSections) throw pdfMalformed('it was changed too often')
      const at = waiting.shift() as number
      const start = skipSpace(bytes, at)
      const trailer =
        latin(bytes, start, start + 4) === 'xref'
          ? readTable(start + 4)
          : await readTableStream(start)
      if (trailer.entries.has('Encrypt')) throw encrypted()
      for (const name of ['XRefStm', 'Prev']) {
        const next = trailer.entries.get(name)
        if (typeof next === 'number') waiting.push(next)
      }
    }
  }

  function readTable(at: number): PdfDictionary {
    let start = skipSpace(bytes, at)
    for (;;) {
      const head = /^(\d{1,10})\s+(\d{1,10})\s+/.exec(latin(bytes, start, start + 30))
      if (!head) break
      start += head[0].length
      const count = Number(head[2])
      if (count > maxObjects) throw pdfMalformed(`it has more than ${maxObjects} objects`)
      for (let i = 0; i < count; i++) {
        const entry = /^(\d{10}) \d{5} ([nf])/.exec(latin(bytes, start, start + 20))
        if (!entry) throw pdfMalformed('its table of objects is damaged')
        place(Number(head[1]) + i, entry[2] === 'n' ? { at: Number(entry[1]) } : undefined)
        start += 20
      }
      start = skipSpace(bytes, start)
    }
    if (latin(bytes, start, start + 7) !== 'trailer') throw pdfMalformed('it has no trailer')
    const { value } = parsePdfValue(bytes, start + 7)
    if (!isDictionary(value)) throw pdfMalformed('it has no trailer')
    return value
  }

  async function readTableStream(at: number): Promise<PdfDictionary> {
    const { value: stream } = parsePdfObject(bytes, at)
    if (!isStream(stream)) throw pdfMalformed('it has no table of objects')
    const content = await openCounted(stream)
    const widths = numbersOf(stream.entries.get('W'))
    const index = numbersOf(stream.entries.get('Index') ?? [0, stream.entries.get('Size') ?? 0])
    const [kindWidth = 0, firstWidth = 0, secondWidth = 0] = widths
    const width = kindWidth + firstWidth + secondWidth
    if (width < 1 || widths.some((each) => each > 6)) throw pdfMalformed('its table is damaged')
    let place_ = 0
    for (let pair = 0; pair + 1 < index.length; pair += 2) {
      const [first = 0, count = 0] = index.slice(pair, pair + 2)
      for (let i = 0; i < count && place_ + width <= content.length; i++, place_ += width) {
        const field = (start: number, length: number) =>
          content.subarray(start, start + length).reduce((sum, byte) => sum * 256 + byte, 0)
        const kind = kindWidth === 0 ? 1 : field(place_, kindWidth)
        const second = field(place_ + kindWidth, firstWidth)
        const third = field(place_ + kindWidth + firstWidth, secondWidth)
        if (kind === 1) place(first + i, { at: second })
        else if (kind === 2) place(first + i, { within: second, index: third })
        else place(first + i, undefined)
      }
    }
    return stream
  }

  await readSections()
  const objects = [...places].flatMap(([object, where]) => (where ? [object] : []))
  return { objects, read, resolve, open }
}

/** Where the newest table begins; it is said in the last lines. */
function startOf(bytes: Uint8Array): number {
  const tail = latin(bytes, Math.max(0, bytes.length - 1000), bytes.length)
  const found = [...tail.matchAll(/startxref\s+(\d{1,10})\s+%%EOF/g)].at(-1)
  if (!found) throw pdfMalformed('its end is missing')
  return Number(found[1])
}

function numbersOf(value: PdfValue | undefined): readonly number[] {
  return Array.isArray(value) && value.length <= 1000
    ? value.filter((each) => typeof each === 'number' && Number.isSafeInteger(each) && each >= 0)
    : []
}

/** Undoes the prediction that tables of objects are packed with: PNG's "up", one byte a column. ISO 32000-2 §7.4.4.4. */
function unpredict(bytes: Uint8Array, parameters: PdfValue): Uint8Array {
  const entries = isDictionary(parameters) ? parameters.entries : new Map<string, PdfValue>()
  const predictor = entries.get('Predictor') ?? 1
  if (predictor === 1) return bytes
  const columns = entries.get('Columns')
  const isKnown = typeof predictor === 'number' && predictor >= 10 && predictor <= 15
  if (!isKnown || typeof columns !== 'number' || columns < 1 || columns > 100) {
    throw pdfMalformed('a stream is packed in an unusual way')
  }
  const rows = Math.floor(bytes.length / (columns + 1))
  const plain = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const from = row * (columns + 1)
    const kind = bytes[from]
    if (kind !== 0 && kind !== 2) throw pdfMalformed('a stream is packed in an unusual way')
    for (let column = 0; column < columns; column++) {
      const above = row === 0 || kind === 0 ? 0 : (plain[(row - 1) * columns + column] as number)
      plain[row * columns + column] = (bytes[from + 1 + column] as number) + above
    }
  }
  return plain
}

function encrypted(): InvalidInputError {
  return new InvalidInputError(
    'pdf_encrypted',
    'this PDF is encrypted, or protected by a password, and what is attached to it cannot be read; ask for it as its issuer hands it out',
  )
}

function tooLarge(): InvalidInputError {
  return new InvalidInputError(
    'too_large',
    `more than ${maxInflated} bytes come out of this PDF: it is none that carries a credential`,
  )
}
