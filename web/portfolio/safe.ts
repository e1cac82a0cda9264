import { InvalidInputError } from '../../core/error.ts'
import { emptyPortfolio, type Portfolio } from '../../core/portfolio/portfolio.ts'
import {
  type Lock,
  makeLock,
  maxSealed,
  openPortfolio,
  sealPortfolio,
} from '../../core/portfolio/sealed.ts'
import { keepVault, type Stored, writeVault } from './vault.ts'

/** A portfolio that lies open, in the memory of this page alone. */
export interface Opened {
  readonly portfolio: Portfolio
  readonly lock: Lock
  readonly revision: number
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** A new portfolio under a passphrase, with what it begins with. Throws `InvalidInputError`. */
export async function createSafe(passphrase: string, portfolio = emptyPortfolio): Promise<Opened> {
  const lock = await makeLock(passphrase, random(16))
  await keepVault()
  return write(portfolio, lock, 0)
}

/** Throws `InvalidInputError` as `openPortfolio` does. */
export async function openSafe({ bytes, revision }: Stored, passphrase: string): Promise<Opened> {
  return { ...(await openPortfolio(bytes, passphrase)), revision }
}

/** The portfolio, changed and kept. Where it cannot be kept nothing is changed; throws `InvalidInputError`. */
export function saveSafe({ lock, revision }: Opened, portfolio: Portfolio): Promise<Opened> {
  return write(portfolio, lock, revision)
}

export async function relockSafe(opened: Opened, passphrase: string): Promise<Opened> {
  return write(opened.portfolio, await makeLock(passphrase, random(16)), opened.revision)
}

/** The portfolio as a file, under the passphrase that it is kept under. */
export function fileOf({ portfolio, lock }: Opened): Promise<Uint8Array> {
  return sealPortfolio(portfolio, lock, random(12))
}

/** 32 secret bytes for a new key. */
export function newSeed(): Uint8Array {
  return random(32)
}

async function write(portfolio: Portfolio, lock: Lock, before: number): Promise<Opened> {
  const bytes = await sealPortfolio(portfolio, lock, random(12))
  const { revision } = await writeVault(bytes, before)
  return { portfolio, lock, revision }
}

/** The bytes of a file that is said to be a portfolio. It is untrusted: what is larger than any is not read. Throws `InvalidInputError`. */
export async function readFileBytes(file: File): Promise<Uint8Array> {
  if (file.size <= maxSealed) return new Uint8Array(await file.arrayBuffer())
  throw new InvalidInputError('too_large', `${file.size} bytes; at most ${maxSealed} are read`)
}
