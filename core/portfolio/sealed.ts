import { inflateUpTo } from '../bounded-inflate.ts'
import { concatBytes, utf8 } from '../bytes.ts'
import { InvalidInputError, invariant } from '../error.ts'
import { sha256 } from '../hash.ts'
import { requireCrypto } from '../multikey.ts'
import { formatPortfolio, type Portfolio, parsePortfolio, portfolioBounds } from './portfolio.ts'

/** Rounds of PBKDF2 with SHA-256 for new portfolios, and bounds for what a file may ask for: a stranger's must not stop the browser. */
export const iterations = { made: 600_000, least: 600_000, most: 5_000_000 } as const

/** Characters of a passphrase at least: whoever has the file can try at leisure. */
export const leastPassphrase = 12
const mostPassphrase = 1000

/** Bytes of a sealed portfolio that are read. Deflated JSON takes less room, but not if somebody wants it not to. */
export const maxSealed = portfolioBounds.bytes + 65_536

/** What a passphrase opens and closes; made once for as long as a portfolio lies open. The key itself cannot be read out of it. */
export interface Lock {
  readonly iterations: number
  readonly salt: Uint8Array
  /** Follows from passphrase and salt, and says nothing about the key: so that a wrong passphrase is known from a damaged file. */
  readonly check: Uint8Array
  readonly key: CryptoKey
}

const magic = utf8('rootmark')
const version = 1
const lengths = { iterations: 4, salt: 16, iv: 12, check: 16, size: 4, sum: 8 } as const
const headerLength = magic.length + 1 + Object.values(lengths).reduce((sum, n) => sum + n, 0)
const tagLength = 16

/** The lock of a passphrase. `salt` are 16 random bytes. Throws `InvalidInputError` (`passphrase_short`, `crypto_unavailable`). */
export async function makeLock(
  passphrase: string,
  salt: Uint8Array,
  rounds: number = iterations.made,
): Promise<Lock> {
  const { length } = passphrase.trim()
  if (length < leastPassphrase || length > mostPassphrase) {
    const found = `expected a passphrase of ${leastPassphrase} to ${mostPassphrase} characters`
    throw new InvalidInputError('passphrase_short', found)
  }
  invariant(salt.length === lengths.salt, 'a salt has 16 bytes')
  return deriveLock(passphrase, salt, rounds)
}

/**
 * The portfolio as one file: a header in the clear, docs/portfolio.md, and its JSON deflated and encrypted with AES-256-GCM. `iv` are 12 random
 * bytes, new each time.
 */
export async function sealPortfolio(
  portfolio: Portfolio,
  lock: Lock,
  iv: Uint8Array,
): Promise<Uint8Array> {
  invariant(iv.length === lengths.iv, 'an IV has 12 bytes')
  const json = utf8(formatPortfolio(portfolio))
  if (json.length > portfolioBounds.bytes) {
    throw new InvalidInputError(
      'portfolio_full',
      `a portfolio holds at most ${portfolioBounds.bytes} bytes; make a second one, or remove some`,
    )
  }
  const deflated = await deflate(json)
  const header = headerOf(lock, iv, deflated.length + tagLength)
  const options = { name: 'AES-GCM', iv: bufferOf(iv), additionalData: bufferOf(header) }
  const sealed = await globalThis.crypto.subtle.encrypt(options, lock.key, bufferOf(deflated))
  return concatBytes(header, new Uint8Array(sealed))
}

/**
 * Opens a file that `sealPortfolio` made. It is untrusted.
 *
 * Throws `InvalidInputError`: `portfolio_unknown` for another file, `portfolio_version` for one of a later version, `portfolio_damaged` where it
 * was cut or changed, `passphrase_wrong`, and what `parsePortfolio` throws.
 */
export async function openPortfolio(
  file: Uint8Array,
  passphrase: string,
): Promise<{ readonly portfolio: Portfolio; readonly lock: Lock }> {
  const header = parseHeader(file)
  const lock = await deriveLock(passphrase, header.salt, header.iterations)
  if (lock.check.some((byte, i) => byte !== header.check[i])) {
    throw new InvalidInputError('passphrase_wrong', 'the passphrase is another one')
  }
  return { portfolio: await openWith(file, header, lock), lock }
}

/** The same with a lock that is made already; throws `passphrase_wrong` where the file is of another one. */
export async function reopenPortfolio(file: Uint8Array, lock: Lock): Promise<Portfolio> {
  const header = parseHeader(file)
  if (lock.check.some((byte, i) => byte !== header.check[i])) {
    throw new InvalidInputError('passphrase_wrong', 'the file has another passphrase')
  }
  return openWith(file, header, lock)
}

async function openWith(file: Uint8Array, header: Header, lock: Lock): Promise<Portfolio> {
  const { iv, bytes } = header
  const options = { name: 'AES-GCM', iv: bufferOf(iv), additionalData: bufferOf(bytes) }
  const sealed = bufferOf(file.subarray(headerLength))
  let deflated: ArrayBuffer
  try {
    deflated = await globalThis.crypto.subtle.decrypt(options, lock.key, sealed)
  } catch {
    throw damaged('its content was changed')
  }
  // Whoever knows the passphrase made it, which is not to say that they meant well.
  const json = await inflateUpTo(new Uint8Array(deflated), portfolioBounds.bytes).catch(() => {
    throw damaged('its content is no deflated text')
  })
  if (json) return parsePortfolio(json)
  throw new InvalidInputError('too_large', `more than ${portfolioBounds.bytes} bytes are in it`)
}

interface Header {
  readonly iterations: number
  readonly salt: Uint8Array
  readonly iv: Uint8Array
  readonly check: Uint8Array
  /** All of it, which the encryption covers. */
  readonly bytes: Uint8Array
}

function headerOf({ iterations: rounds, salt, check }: Lock, iv: Uint8Array, size: number) {
  const start = concatBytes(
    magic,
    Uint8Array.of(version),
    uint32(rounds),
    salt,
    iv,
    check,
    uint32(size),
  )
  return concatBytes(start, sha256(start).subarray(0, lengths.sum))
}

function parseHeader(file: Uint8Array): Header {
  if (magic.some((byte, i) => file[i] !== byte)) {
    throw new InvalidInputError('portfolio_unknown', 'this file is no portfolio')
  }
  if (file[magic.length] !== version) {
    const found = `it is of version ${file[magic.length]}; version ${version} is read here`
    throw new InvalidInputError('portfolio_version', found)
  }
  if (file.length > maxSealed) {
    throw new InvalidInputError('too_large', `${file.length} bytes; at most ${maxSealed} are read`)
  }
  if (file.length < headerLength + tagLength) throw damaged('it was cut')
  const bytes = file.subarray(0, headerLength)
  let at = magic.length + 1
  const take = (length: number) => {
    at += length
    return bytes.subarray(at - length, at)
  }
  const rounds = readUint32(take(lengths.iterations))
  const [salt, iv, check] = [take(lengths.salt), take(lengths.iv), take(lengths.check)]
  const size = readUint32(take(lengths.size))
  const sum = sha256(bytes.subarray(0, at)).subarray(0, lengths.sum)
  if (take(lengths.sum).some((byte, i) => byte !== sum[i]))
    throw damaged('its beginning was changed')
  if (file.length !== headerLength + size) {
    throw damaged(`it has ${file.length} bytes where ${headerLength + size} belong`)
  }
  if (rounds < iterations.least || rounds > iterations.most) {
    throw damaged(`it asks for ${rounds} rounds of PBKDF2`)
  }
  return { iterations: rounds, salt, iv, check, bytes }
}

/** PBKDF2 (RFC 8018 §5.2) once, and HKDF (RFC 5869) for the key and for what tells a wrong passphrase: neither leads to the other. */
async function deriveLock(passphrase: string, salt: Uint8Array, rounds: number): Promise<Lock> {
  requireCrypto()
  const { subtle } = globalThis.crypto
  // The same letters may be typed as other code points on another keyboard.
  const secret = utf8(passphrase.trim().normalize('NFKC'))
  const typed = await subtle.importKey('raw', bufferOf(secret), 'PBKDF2', false, ['deriveBits'])
  const stretching = { name: 'PBKDF2', hash: 'SHA-256', salt: bufferOf(salt), iterations: rounds }
  const stretched = await subtle.deriveBits(stretching, typed, 256)
  const uses = ['deriveBits', 'deriveKey'] as const
  const root = await subtle.importKey('raw', stretched, 'HKDF', false, uses)
  const purpose = (info: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(0),
    info: bufferOf(utf8(`rootmark-portfolio-1 ${info}`)),
  })
  const check = await subtle.deriveBits(purpose('check'), root, 8 * lengths.check)
  const aes = { name: 'AES-GCM', length: 256 }
  const key = await subtle.deriveKey(purpose('key'), root, aes, false, ['encrypt', 'decrypt'])
  return { iterations: rounds, salt: Uint8Array.from(salt), check: new Uint8Array(check), key }
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bufferOf(bytes)]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** What WebCrypto takes is known not to be shared between threads. */
function bufferOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

function readUint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
}

function damaged(what: string): InvalidInputError {
  return new InvalidInputError(
    'portfolio_damaged',
    `the file is damaged: ${what}; use another copy of it`,
  )
}
