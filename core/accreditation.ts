import { AbiReader, addressWord, selectorOf, uintWord } from './abi.ts'
import { concatBytes, type Hex, toHex } from './bytes.ts'
import { InvalidInputError } from './error.ts'

/** `AccreditationRegistry` as ethers takes it (human-readable ABI). */
export const accreditationAbi = [
  'function accredit((address subject, uint40 validFrom, uint40 validUntil, bool maySubaccredit, bytes32 profileHash, string scope, string name, string did) statement) returns (uint256 index)',
  'function withdraw(uint256 index)',
  'function accreditationCount(address accreditor) view returns (uint256 count)',
  'function accreditationAt(address accreditor, uint256 index) view returns ((uint256 index, uint40 recordedAt, uint40 withdrawnAt, (address subject, uint40 validFrom, uint40 validUntil, bool maySubaccredit, bytes32 profileHash, string scope, string name, string did) statement) accreditation)',
  'function MAX_TEXT_LENGTH() view returns (uint256)',
  'function accreditations(address accreditor, uint256 first, uint256 count) view returns ((uint256 index, uint40 recordedAt, uint40 withdrawnAt, (address subject, uint40 validFrom, uint40 validUntil, bool maySubaccredit, bytes32 profileHash, string scope, string name, string did) statement)[] page)',
  'function accreditationsOf(address accreditor, address subject, uint256 first, uint256 count) view returns ((uint256 index, uint40 recordedAt, uint40 withdrawnAt, (address subject, uint40 validFrom, uint40 validUntil, bool maySubaccredit, bytes32 profileHash, string scope, string name, string did) statement)[] page)',
  'function accreditationsAlong((address accreditor, address subject)[] links, uint256 count) view returns ((uint256 index, uint40 recordedAt, uint40 withdrawnAt, (address subject, uint40 validFrom, uint40 validUntil, bool maySubaccredit, bytes32 profileHash, string scope, string name, string did) statement)[][] pages)',
  'function subaccreditations(address accreditor, uint256 first, uint256 count) view returns ((uint256 index, uint40 recordedAt, uint40 withdrawnAt, (address subject, uint40 validFrom, uint40 validUntil, bool maySubaccredit, bytes32 profileHash, string scope, string name, string did) statement)[] page)',
  'event Accredited(address indexed accreditor, address indexed subject, uint256 index)',
  'event AccreditationWithdrawn(address indexed accreditor, address indexed subject, uint256 index)',
  'error InvalidSubject(address subject)',
  'error InvertedPeriod(uint40 validFrom, uint40 validUntil)',
  'error EmptyName()',
  'error TextTooLong(uint256 length, uint256 maximum)',
  'error UnknownAccreditation(address accreditor, uint256 index, uint256 count)',
] as const

/** A record of the accreditation registry. Times are in seconds; `validUntil` and `withdrawnAt` are 0 for never. */
export interface Accreditation {
  readonly index: number
  readonly recordedAt: number
  readonly withdrawnAt: number
  readonly subject: string
  readonly validFrom: number
  readonly validUntil: number
  readonly maySubaccredit: boolean
  readonly scope: string
  readonly name: string
  readonly did: string
}

/** How the records of a registry are read, a page at a time: `first` counts from 0. */
export interface AccreditationPages {
  /** The first page of what each accreditor says about the subject. */
  readonly along: (
    accreditors: readonly string[],
    subject: string,
  ) => Promise<readonly (readonly Accreditation[])[]>
  /** A page of what one accreditor says about the subject. */
  readonly of: (
    accreditor: string,
    subject: string,
    first: number,
  ) => Promise<readonly Accreditation[]>
  /** A page of those to whom an accreditor passed its right on. */
  readonly sub: (accreditor: string, first: number) => Promise<readonly Accreditation[]>
}

const alongSelector = selectorOf('accreditationsAlong((address,address)[],uint256)')
const ofSelector = selectorOf('accreditationsOf(address,address,uint256,uint256)')
const subSelector = selectorOf('subaccreditations(address,uint256,uint256)')

/** Records asked for in one page. */
export const accreditationPage = 32

/** Call data of `accreditationsAlong`: the first page of what each accreditor says about the subject, in one call. */
export function encodeAccreditationsAlong(accreditors: readonly string[], subject: string): Hex {
  const links = accreditors.flatMap((accreditor) => [addressWord(accreditor), addressWord(subject)])
  return toHex(
    concatBytes(
      alongSelector,
      uintWord(2 * 32),
      uintWord(accreditationPage),
      uintWord(accreditors.length),
      ...links,
    ),
  )
}

/** Call data of `accreditationsOf`: a page of what one accreditor says about one subject. */
export function encodeAccreditationsOf(accreditor: string, subject: string, first: number): Hex {
  return toHex(
    concatBytes(
      ofSelector,
      addressWord(accreditor),
      addressWord(subject),
      uintWord(first),
      uintWord(accreditationPage),
    ),
  )
}

/** Call data of `subaccreditations`: a page of those to whom an accreditor passed its right on. */
export function encodeSubaccreditations(accreditor: string, first: number): Hex {
  return toHex(
    concatBytes(subSelector, addressWord(accreditor), uintWord(first), uintWord(accreditationPage)),
  )
}

/** The pages of `accreditationsAlong`, one for each of `count` accreditors. */
export function decodeAccreditationsAlong(
  answer: Uint8Array,
  count: number,
): readonly (readonly Accreditation[])[] {
  const reader = new AbiReader(answer)
  const list = reader.index(0)
  if (reader.index(list) !== count) {
    throw new InvalidInputError('abi_malformed', `expected ${count} pages of accreditations`)
  }
  const pages = list + 32
  return Array.from({ length: count }, (_, i) =>
    decodePage(reader, pages + reader.index(pages + i * 32)),
  )
}

/** A page of records; throws `InvalidInputError` for bytes that the contract cannot have given. */
export function decodeAccreditations(answer: Uint8Array): readonly Accreditation[] {
  const reader = new AbiReader(answer)
  return decodePage(reader, reader.index(0))
}

function decodePage(reader: AbiReader, list: number): readonly Accreditation[] {
  const count = reader.index(list)
  if (count > accreditationPage) {
    throw new InvalidInputError(
      'abi_malformed',
      `${count} records where at most ${accreditationPage} were asked for`,
    )
  }
  const records = list + 32
  return Array.from({ length: count }, (_, i) =>
    decodeRecord(reader, records + reader.index(records + i * 32)),
  )
}

/** ABI layout: offsets of a tuple's dynamic members count from the tuple's own start. */
function decodeRecord(reader: AbiReader, at: number): Accreditation {
  const statement = at + reader.index(at + 3 * 32)
  const text = (member: number) => reader.text(statement + reader.index(statement + member * 32))
  return {
    index: reader.index(at),
    recordedAt: reader.index(at + 32, 40),
    withdrawnAt: reader.index(at + 2 * 32, 40),
    subject: reader.address(statement),
    validFrom: reader.index(statement + 32, 40),
    validUntil: reader.index(statement + 2 * 32, 40),
    maySubaccredit: reader.flag(statement + 3 * 32),
    scope: text(5),
    name: text(6),
    did: text(7),
  }
}

/** Whether a record held at a time in seconds. What was withdrawn later still held then. */
export function holdsAt(record: Accreditation, time: number): boolean {
  return (
    record.validFrom <= time &&
    (record.validUntil === 0 || time < record.validUntil) &&
    (record.withdrawnAt === 0 || time < record.withdrawnAt)
  )
}
