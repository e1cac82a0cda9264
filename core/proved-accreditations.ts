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
const textMembers = [3, 4, 5]
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
  const texts = await readTexts(
    readWords,
    starts.flatMap((start, i) =>
      textMembers.map((member) => ({
        slot: after(start, BigInt(member)),
        word: words[i * recordWords + member] ?? 0n,
      })),
    ),
  )
  return positions.map((position, i) => ({
    index: Number(position),
    ...decodeRecord(words.slice(i * recordWords, (i + 1) * recordWords)),
    scope: texts[i * 3] ?? '',
    name: texts[i * 3 + 1] ?? '',
    did: texts[i * 3 + 2] ?? '',
  }))
}

function decodeRecord([times = 0n, statement = 0n]: readonly bigint[]) {
  return {
    recordedAt: bits(times, 0n, 40n),
    withdrawnAt: bits(times, 40n, 40n),
    subject: checksumAddress(toHex(uintWord(BigInt.asUintN(160, statement)).subarray(12))),
    validFrom: bits(statement, 160n, 40n),
    validUntil: bits(statement, 200n, 40n),
    maySubaccredit: bits(statement, 240n, 8n) === 1,
  }
}

/** `string`s by their slots: up to 31 bytes stand beside their doubled length, longer ones in words of their own. All are read at once. */
async function readTexts(
  readWords: ReadWords,
  stored: readonly { readonly slot: Uint8Array; readonly word: bigint }[],
): Promise<readonly string[]> {
  const plans = stored.map(({ slot, word }) => {
    const isShort = (word & 1n) === 0n
    const length = isShort ? Number(word & 0xffn) / 2 : Math.min(maxText, Number(word >> 1n))
    const slots = isShort ? [] : wordsFrom(keccak256(slot), 0n, Math.ceil(length / 32))
    return { word, length, slots }
  })
  const long = [...(await readWords(plans.flatMap(({ slots }) => slots)))]
  return plans.map(({ word, length, slots }) => {
    const words = slots.length === 0 ? [word] : long.splice(0, slots.length)
    const bytes = concatBytes(...words.map(uintWord)).subarray(0, length)
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  })
}

function wordsFrom(slot: Uint8Array, first: bigint, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, i) => after(slot, first + BigInt(i)))
}

function bits(word: bigint, at: bigint, length: bigint): number {
  return Number(BigInt.asUintN(Number(length), word >> at))
}
