import { Inflate } from 'fflate'
import { concatBytes } from '../bytes.ts'
import { InvalidInputError } from '../error.ts'
import type { Coming, Stated } from './headers.ts'

/** Unpacks the data of one file as they come. */
export interface Unpacking {
  readonly push: (bytes: Uint8Array) => void
  /** What came out, once all data are there; `stated` is what the archive says of it. */
  readonly end: (stated: Pick<Stated, 'crc' | 'size'>) => Uint8Array | InvalidInputError
}

/** One byte of deflated data becomes a thousand at most: of so many, no more than 4 MiB at once. */
const slice = 4096

/** Unpacks untrusted data; more than `limit` bytes are not, and `onBytes` is told of all that come out. */
export function unpacking(
  { method, isEncrypted }: Coming,
  limit: number,
  onBytes: (count: number) => void,
): Unpacking {
  if (isEncrypted) {
    return refusing('zip_encrypted', 'it is encrypted; send it as it is without a password')
  }
  if (method !== 0 && method !== 8) {
    const message = `it is packed by method ${method}; stored and deflated files are read`
    return refusing('zip_unsupported', message)
  }
  let parts: Uint8Array[] = []
  let size = 0
  let crc = 0xffff_ffff
  let refusal: InvalidInputError | undefined
  const refuse = (code: string, message: string) => {
    refusal ??= new InvalidInputError(code, message)
    parts = []
  }
  const take = (bytes: Uint8Array) => {
    size += bytes.length
    onBytes(bytes.length)
    if (refusal) return
    if (size > limit) return refuse('too_large', `it has more than ${limit} bytes`)
    crc = crc32(crc, bytes)
    parts.push(bytes)
  }
  const inflate = method === 8 ? new Inflate(take) : undefined
  const put = (bytes: Uint8Array, isLast: boolean) => {
    try {
      if (inflate) inflate.push(bytes, isLast)
      else take(bytes.slice())
    } catch (thrown) {
      refuse('zip_damaged', `it does not unpack: ${(thrown as Error).message}`)
    }
  }
  return {
    push(bytes) {
      for (let at = 0; at < bytes.length && !refusal; at += slice) {
        put(bytes.subarray(at, at + slice), false)
      }
    },
    end(stated) {
      if (!refusal && inflate) put(new Uint8Array(), true)
      if (!refusal && (~crc >>> 0 !== stated.crc || size !== stated.size)) {
        refuse('zip_damaged', 'it is not what its checksum says; pack it anew')
      }
      return refusal ?? concatBytes(...parts)
    },
  }
}

function refusing(code: string, message: string): Unpacking {
  return { push: () => undefined, end: () => new InvalidInputError(code, message) }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb8_8320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

function crc32(before: number, bytes: Uint8Array): number {
  let crc = before
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8)
  return crc
}
