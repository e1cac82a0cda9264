import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../../core/bytes.ts'
import { sha256 } from '../../../core/hash.ts'
import type { Portfolio } from '../../../core/portfolio/portfolio.ts'
import {
  iterations,
  makeLock,
  openPortfolio,
  reopenPortfolio,
  sealPortfolio,
} from '../../../core/portfolio/sealed.ts'
import { rejectionOf } from '../thrown.ts'

const passphrase = 'correct horse battery staple'
const salt = new Uint8Array(16).fill(1)
const iv = new Uint8Array(12).fill(2)
const addedAt = '2026-06-01T00:00:00Z'
const portfolio: Portfolio = {
  seed: new Uint8Array(32).fill(7),
  credentials: Array.from({ length: 20 }, (_, i) => ({ text: `{"id":"urn:x:${i}"}`, addedAt })),
  pathways: [],
}
const lock = await makeLock(passphrase, salt)
const file = await sealPortfolio(portfolio, lock, iv)

const codeOf = async (bytes: Uint8Array, phrase = passphrase) =>
  (await rejectionOf(openPortfolio(bytes, phrase))).code
/** Known to be opened by the lock, so that each case costs no new derivation. */
const codeWithLock = async (bytes: Uint8Array) =>
  (await rejectionOf(reopenPortfolio(bytes, lock))).code

function changed(at: number, bit = 1): Uint8Array {
  const copy = Uint8Array.from(file)
  copy[at] = (copy[at] as number) ^ bit
  return copy
}

/** The header with its sum put right, as somebody would who knows the format. */
function forged(change: (header: Uint8Array) => void): Uint8Array {
  const header = Uint8Array.from(file.subarray(0, 61))
  change(header)
  return concatBytes(header, sha256(header).subarray(0, 8), file.subarray(69))
}

describe('a sealed portfolio', () => {
  it('opens with its passphrase, however that is typed, and shows nothing to others', async () => {
    const opened = await openPortfolio(file, ` ${passphrase}\n`)
    expect(opened.portfolio).toEqual(portfolio)
    expect(await reopenPortfolio(file, opened.lock)).toEqual(portfolio)
    const text = new TextDecoder('latin1').decode(file)
    expect(text.slice(0, 8)).toBe('rootmark')
    expect(text).not.toContain('urn:x')
    expect(opened.lock.key.extractable).toBe(false)
    const composed = await makeLock('Zoë’s long passphrase', salt)
    const typed = await makeLock('Zoe\u0308’s long passphrase', salt)
    expect(typed.check).toEqual(composed.check)
  })

  it('is derived with no fewer rounds than are recommended', () => {
    expect(new DataView(file.buffer).getUint32(9)).toBe(iterations.made)
    expect(iterations.made).toBeGreaterThanOrEqual(600_000)
  })

  it('tells a wrong passphrase from a damaged file', async () => {
    expect(await codeOf(file, 'correct horse battery stable')).toBe('passphrase_wrong')
    expect(await codeOf(file, '')).toBe('passphrase_wrong')
    expect(await codeOf(changed(file.length - 1))).toBe('portfolio_damaged')
  })

  it('is known to be damaged whichever bit was flipped', async () => {
    for (let at = 0; at < file.length; at++) {
      const code = await codeWithLock(changed(at, 1 << (at % 8)))
      const expected =
        at < 8 ? 'portfolio_unknown' : at === 8 ? 'portfolio_version' : 'portfolio_damaged'
      expect([at, code]).toEqual([at, expected])
    }
  })

  it('is known to be damaged wherever it was cut, and with anything behind it', async () => {
    for (let length = 0; length < file.length; length += 7) {
      const code = await codeWithLock(file.subarray(0, length))
      const expected =
        length < 8 ? 'portfolio_unknown' : length === 8 ? 'portfolio_version' : 'portfolio_damaged'
      expect([length, code]).toEqual([length, expected])
    }
    expect(await codeWithLock(concatBytes(file, Uint8Array.of(0)))).toBe('portfolio_damaged')
    expect(await codeWithLock(new Uint8Array(0))).toBe('portfolio_unknown')
  })

  it('binds its header: another IV, size or number of rounds opens nothing', async () => {
    expect(await codeWithLock(forged((header) => header.fill(9, 29, 41)))).toBe('portfolio_damaged')
    expect(await codeWithLock(forged((header) => header.fill(9, 41, 57)))).toBe('passphrase_wrong')
    const rounds = (n: number) => forged((header) => new DataView(header.buffer).setUint32(9, n))
    // One round is for whoever wants to guess, four thousand million for whoever wants a browser to hang.
    expect(await codeOf(rounds(1))).toBe('portfolio_damaged')
    expect(await codeOf(rounds(4_000_000_000))).toBe('portfolio_damaged')
    expect(await codeOf(rounds(600_001))).toBe('passphrase_wrong')
  })

  it('refuses what unpacks to more than a portfolio can be, and a short passphrase', async () => {
    const zeros = new Blob([new Uint8Array(80_000_000)]).stream()
    const deflated = await new Response(
      zeros.pipeThrough(new CompressionStream('deflate')),
    ).arrayBuffer()
    const header = Uint8Array.from(file.subarray(0, 61))
    new DataView(header.buffer).setUint32(57, deflated.byteLength + 16)
    const whole = concatBytes(header, sha256(header).subarray(0, 8)) as Uint8Array<ArrayBuffer>
    const options = { name: 'AES-GCM', iv, additionalData: whole }
    const sealed = new Uint8Array(await crypto.subtle.encrypt(options, lock.key, deflated))
    expect(await codeWithLock(concatBytes(whole, sealed))).toBe('too_large')
    expect((await rejectionOf(makeLock('too short', salt))).code).toBe('passphrase_short')
    expect((await rejectionOf(makeLock('            x', salt))).code).toBe('passphrase_short')
  })
})
