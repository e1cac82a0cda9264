import { invariant } from '../core/error.ts'

/** Writes rows in PostgreSQL's binary COPY format (documentation of COPY, "Binary Format"). Fields are written in the order of the columns. */
export interface CopyRows {
  /** Begins a row of so many fields. */
  readonly row: (fields: number) => void
  readonly uuid: (text: string) => void
  readonly int2: (value: number) => void
  readonly int4: (value: number) => void
  readonly text: (text: string) => void
  readonly bytes: (bytes: Uint8Array) => void
  /** All rows; nothing can be written after. */
  readonly end: () => Uint8Array<ArrayBuffer>
}

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const headerLength = signature.length + 8
const roomAtFirst = 65_536

export function createCopyRows(): CopyRows {
  let buffer = Buffer.alloc(roomAtFirst)
  signature.copy(buffer)
  let at = headerLength

  const room = (length: number) => {
    if (at + length <= buffer.length) return
    const larger = Buffer.alloc(Math.max(buffer.length * 2, at + length))
    buffer.copy(larger, 0, 0, at)
    buffer = larger
  }
  const int4 = (value: number) => {
    room(8)
    buffer.writeInt32BE(4, at)
    at = buffer.writeInt32BE(value, at + 4)
  }
  return {
    row(fields) {
      room(2)
      at = buffer.writeInt16BE(fields, at)
    },
    uuid(text) {
      room(20)
      at = buffer.writeInt32BE(16, at)
      const written = buffer.write(text.replaceAll('-', ''), at, 'hex')
      invariant(written === 16, 'a UUID has 16 bytes')
      at += 16
    },
    int2(value) {
      room(6)
      at = buffer.writeInt32BE(2, at)
      at = buffer.writeInt16BE(value, at)
    },
    int4,
    text(text) {
      // No UTF-16 unit takes more than three bytes of UTF-8.
      room(4 + text.length * 3)
      const length = buffer.write(text, at + 4, 'utf8')
      buffer.writeInt32BE(length, at)
      at += 4 + length
    },
    bytes(bytes) {
      room(4 + bytes.length)
      at = buffer.writeInt32BE(bytes.length, at)
      buffer.set(bytes, at)
      at += bytes.length
    },
    end() {
      room(2)
      at = buffer.writeInt16BE(-1, at)
      return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, at)
    },
  }
}
