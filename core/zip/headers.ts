import { InvalidInputError } from '../error.ts'

/** What an archive says of a file, before its data and once more in its directory. All of it is untrusted. */
export interface Stated {
  readonly name: string
  /** 0 is stored, 8 deflated. */
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

/** A file whose data come next. */
export interface Coming extends Stated {
  readonly isEncrypted: boolean
  /** Checksum and sizes stand behind the data, the sizes in so many bytes. */
  readonly statedAfter: 4 | 8 | undefined
}

/** A line of the directory. */
export interface Listed extends Stated {
  readonly offset: number
}

/** A part of an archive, and how many bytes it takes up. */
export interface Part<Value> {
  readonly value: Value
  readonly length: number
}

/** Names, extra fields and comments may each have 64 KiB, and never do. */
const mostText = 4096
const unknown32 = 0xffff_ffff

/** What is wrong with an archive as a whole: nothing behind it is read. */
export function malformed(message: string): InvalidInputError {
  return new InvalidInputError('zip_malformed', message)
}

/** The header before the data of a file (APPNOTE 4.3.7), or `undefined` where it is not all there. */
export function readComing(bytes: Uint8Array): Part<Coming> | undefined {
  if (bytes.length < 30) return undefined
  const view = viewOf(bytes)
  const flags = view.getUint16(6, true)
  const texts = textsOf(bytes, 30, [view.getUint16(26, true), view.getUint16(28, true)])
  if (!texts) return undefined
  const [name, extra] = texts.parts as [Uint8Array, Uint8Array]
  const wide = wideNumbers(extra)
  const size = wideOr(view.getUint32(22, true), wide)
  const value: Coming = {
    name: decodeName(name, flags),
    method: view.getUint16(8, true),
    crc: view.getUint32(14, true),
    size,
    packed: wideOr(view.getUint32(18, true), wide),
    // Bit 0: encrypted; bit 6: strongly; bit 13: the names as well.
    isEncrypted: (flags & 0x2041) !== 0,
    statedAfter: flags & 0x08 ? (wide ? 8 : 4) : undefined,
  }
  return { value, length: texts.end }
}

/** A line of the directory (APPNOTE 4.3.12). */
export function readListed(bytes: Uint8Array): Part<Listed> | undefined {
  if (bytes.length < 46) return undefined
  const view = viewOf(bytes)
  const lengths = [28, 30, 32].map((at) => view.getUint16(at, true))
  const texts = textsOf(bytes, 46, lengths)
  if (!texts) return undefined
  const [name, extra] = texts.parts as [Uint8Array, Uint8Array]
  const wide = wideNumbers(extra)
  const size = wideOr(view.getUint32(24, true), wide)
  const packed = wideOr(view.getUint32(20, true), wide)
  const offset = wideOr(view.getUint32(42, true), wide)
  const value: Listed = {
    name: decodeName(name, view.getUint16(8, true)),
    method: view.getUint16(10, true),
    crc: view.getUint32(16, true),
    packed,
    size,
    offset,
  }
  return { value, length: texts.end }
}

/** The end of an archive (APPNOTE 4.3.16) with its comment. */
export function readEnd(bytes: Uint8Array): Part<Uint8Array> | undefined {
  if (bytes.length < 22) return undefined
  const texts = textsOf(bytes, 22, [viewOf(bytes).getUint16(20, true)])
  return texts && { value: texts.parts[0] as Uint8Array, length: texts.end }
}

/** How long the end of a large archive is (APPNOTE 4.3.14): it repeats what is known by then. */
export function largeEndLength(bytes: Uint8Array): number | undefined {
  if (bytes.length < 12) return undefined
  const length = 12 + wholeAt(viewOf(bytes), 4)
  if (length > mostText) throw malformed('the end of the archive is longer than it can be')
  return bytes.length < length ? undefined : length
}

/** Checksum and sizes as they stand behind the data (APPNOTE 4.3.9), signature included. */
export function readAfter(
  bytes: Uint8Array,
  width: 4 | 8,
): Part<Pick<Stated, 'crc' | 'packed' | 'size'>> | undefined {
  const length = 8 + 2 * width
  if (bytes.length < length) return undefined
  const view = viewOf(bytes)
  const sizeAt = (at: number) => (width === 8 ? wholeAt(view, at) : view.getUint32(at, true))
  const value = { crc: view.getUint32(4, true), packed: sizeAt(8), size: sizeAt(8 + width) }
  return { value, length }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

function textsOf(bytes: Uint8Array, from: number, lengths: readonly number[]) {
  if (lengths.some((length) => length > mostText)) {
    throw malformed(`a name, an extra field or a comment has more than ${mostText} bytes`)
  }
  let end = from
  const parts = lengths.map((length) => {
    end += length
    return bytes.subarray(end - length, end)
  })
  return end > bytes.length ? undefined : { parts, end }
}

/** Numbers that have no room in 32 bits stand in an extra field (APPNOTE 4.5.3), in the order in which they are asked for. */
function wideNumbers(extra: Uint8Array): (() => number) | undefined {
  const view = viewOf(extra)
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue
    let next = at + 4
    return () => {
      next += 8
      if (next > extra.length) throw malformed('a size of a large file is missing')
      return wholeAt(view, next - 8)
    }
  }
  return undefined
}

function wideOr(number: number, wide: (() => number) | undefined): number {
  return number === unknown32 && wide ? wide() : number
}

function wholeAt(view: DataView, at: number): number {
  const number = view.getBigUint64(at, true)
  if (number > Number.MAX_SAFE_INTEGER) throw malformed(`a size of ${number} bytes`)
  return Number(number)
}

/** Names are UTF-8 where they say so (bit 11), and mostly where they do not. */
function decodeName(bytes: Uint8Array, flags: number): string {
  if (flags & 0x800) return new TextDecoder().decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('latin1').decode(bytes)
  }
}
