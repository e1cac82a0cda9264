import { addressWord, checksumAddress, uintWord } from './abi.ts'
import { type Accreditation, type AccreditationPages, accreditationPage } from './accreditation.ts'
import { concatBytes, toHex } from './bytes.ts'
import { keccak256 } from './hash.ts'
import { after, mapped } from './storage-layout.ts'

/** Reads words of an account's storage, proved; throws `ChainUnreadableError`. */
export type ReadWords = (slots: readonly Uint8Array[]) => Promise<readonly bigint[]>

/** Where `AccreditationRegistry` keeps its state, as the compiler laid it out. */
const recordsSlot = uintWord(0)
const bySubjectSlot = uintWord(1)
const subaccreditingSlot = uintWord(2)

/** Words of a `Record`: times; subject, period and right; profile hash; scope, name, DID. */
const recordWords = 6
/** The contract takes texts of at most 256 bytes. */
const maxText = 256

/** The pages that the registry's view functions would answer, out of its storage. */
export function provedAccreditations(readWords: ReadWords): AccreditationPages {
  const of = (accreditor: string, subject: string, first: number) => {
    const list = mapped(addressWord(subject), mapped(addressWord(accreditor), bySubjectSlot))
    return readPage(readWords, accreditor, list, first)
  }
  return {
    of,
    along: (accreditors, subject) =>
      Promise.all(accreditors.map((accreditor) => of(accreditor, subject, 0))),
    sub: (accreditor, first) =>
      readPage(readWords, accreditor, mapped(addressWord(accreditor), subaccreditingSlot), first),
  }
}

/** A page of the records whose positions a list holds. */
async function readPage(
  readWords: ReadWords,
  accreditor: string,
  list: Uint8Array,
  first: number,
): Promise<readonly Accreditation[]> {
  const [length = 0n] = await readWords([list])
  const count = Math.max(0, Math.min(accreditationPage, Number(length) - first))
  const positions = await readWords(wordsFrom(keccak256(list), BigInt(first), count))
  const records = keccak256(mapped(addressWord(accreditor), recordsSlot))
  const starts = positions.map((position) => after(records, position * BigInt(recordWords)))
  const words = await readWords(starts.flatMap((start) => wordsFrom(start, 0n, recordWords)))
  return Promise.all(
    starts.map((start, i) =>
      readRecord(
        readWords,
        start,
        Number(positions[i]),
        words.slice(i * recordWords, (i + 1) * recordWords),
      ),
    ),
  )
}

async function readRecord(
  readWords: ReadWords,
  start: Uint8Array,
  index: number,
  [times = 0n, statement = 0n, _profileHash, ...texts]: readonly bigint[],
): Promise<Accreditation> {
  const [scope = '', name = '', did = ''] = await Promise.all(
    texts.map((word, i) => readText(readWords, after(start, BigInt(3 + i)), word)),
  )
  return {
    index,
    recordedAt: bits(times, 0n, 40n),
    withdrawnAt: bits(times, 40n, 40n),
    subject: checksumAddress(toHex(uintWord(BigInt.asUintN(160, statement)).subarray(12))),
    validFrom: bits(statement, 160n, 40n),
    validUntil: bits(statement, 200n, 40n),
    maySubaccredit: bits(statement, 240n, 8n) === 1,
    scope,
    name,
    did,
  }
}

/** A `string`: up to 31 bytes stand beside their doubled length, longer ones in words of their own. */
async function readText(readWords: ReadWords, slot: Uint8Array, word: bigint): Promise<string> {
  const isShort = (word & 1n) === 0n
  const length = isShort ? Number(word & 0xffn) / 2 : Math.min(maxText, Number(word >> 1n))
  const words = isShort
    ? [word]
    : await readWords(wordsFrom(keccak256(slot), 0n, Math.ceil(length / 32)))
  const bytes = concatBytes(...words.map(uintWord)).subarray(0, length)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

function wordsFrom(slot: Uint8Array, first: bigint, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, i) => after(slot, first + BigInt(i)))
}

function bits(word: bigint, at: bigint, length: bigint): number {
  return Number(BigInt.asUintN(Number(length), word >> at))
}
