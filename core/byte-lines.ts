import { InvalidInputError } from './error.ts'

/** Cuts bytes into lines as they come, and holds no more than the one that is not whole yet. */
export interface LineCutter {
  /** The lines that these bytes complete, without their line breaks; they may share memory with `bytes`. */
  readonly push: (bytes: Uint8Array) => readonly Uint8Array[]
  /** What stands after the last line break. */
  readonly end: () => Uint8Array
}

const lineBreak = 0x0a

/** Cuts untrusted bytes at line feeds. Throws `InvalidInputError` for a line of more than `maxBytes` as soon as it is that long. */
export function createLineCutter(maxBytes: number): LineCutter {
  let held = new Uint8Array()
  let length = 0
  let line = 1
  const refuseLong = (more: number) => {
    if (length + more <= maxBytes) return
    throw new InvalidInputError(
      'line_too_long',
      `line ${line} has more than ${maxBytes} bytes, which is the most that is read of one`,
    )
  }
  // Pieces may be a byte each: what is held grows by doubling, and is copied once.
  const hold = (bytes: Uint8Array) => {
    refuseLong(bytes.length)
    if (length + bytes.length > held.length) {
      const larger = new Uint8Array(Math.max(2 * held.length, length + bytes.length))
      larger.set(held.subarray(0, length))
      held = larger
    }
    held.set(bytes, length)
    length += bytes.length
  }
  const release = (): Uint8Array => {
    const whole = held.slice(0, length)
    length = 0
    return whole
  }
  return {
    push(bytes) {
      const lines: Uint8Array[] = []
      for (let from = 0; ; ) {
        const to = bytes.indexOf(lineBreak, from)
        if (to === -1) {
          hold(bytes.subarray(from))
          return lines
        }
        const last = bytes.subarray(from, to)
        if (length === 0) refuseLong(last.length)
        else hold(last)
        lines.push(length === 0 ? last : release())
        line += 1
        from = to + 1
      }
    },
    end: release,
  }
}
