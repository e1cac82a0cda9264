import { AbiReader, addressWord, selectorOf, uintWord } from './abi.ts'
import { concatBytes, type Hex, toHex } from './bytes.ts'
import { InvalidInputError } from './error.ts'

/** `AccreditationRegistry` as ethers takes it (human-readable ABI). */
export const accreditationAbi = [
  'function accredit((address subject, uint40 validFrom, uint40 validUntil, bool maySubaccredit, bytes32 profileHash, string scope, string name, string did) statement) returns (uint256 index)',
  'function withdraw(uint256 index)',
  'function accreditationCount(address accreditor) view returns (uint256 count)',
  'function accreditationAt(address accreditor, uint256 index) view returns ((uint256 index, uint40 recordedAt, uint40 withdrawnAt, (address subject, uint40 validFrom, uint40 validUntil, bool maySubaccredit, bytes32 profileHash, string scope, string name, string did) statement) accreditation)',
  'function accreditations(address accreditor, uint256 first, uint256 count) view returns ((uint256 index, uint40 recordedAt, uint40 withdrawnAt, (address subject, uint40 validFrom, uint40 validUntil, bool maySubaccredit, bytes32 profileHash, string scope, string name, string did) statement)[] page)',
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

const accreditationsOfSelector = selectorOf('accreditationsOf(address,address,uint256,uint256)')
const subaccreditationsSelector = selectorOf('subaccreditations(address,uint256,uint256)')

/** Records read of one accreditor about one subject, or of its sub-accreditors: more than that is not looked at. */
export const accreditationPage = 32

/** Call data of `accreditationsOf`: what one accreditor says about one subject. */
export function encodeAccreditationsOf(accreditor: string, subject: string): Hex {
  return toHex(
    concatBytes(
      accreditationsOfSelector,
      addressWord(accreditor),
      addressWord(subject),
      uintWord(0),
      uintWord(accreditationPage),
    ),
  )
}

/** Call data of `subaccreditations`: those to whom an accreditor passed its right on. */
export function encodeSubaccreditations(accreditor: string): Hex {
  return toHex(
    concatBytes(
      subaccreditationsSelector,
      addressWord(accreditor),
      uintWord(0),
      uintWord(accreditationPage),
    ),
  )
}

/** A page of records; throws `InvalidInputError` for bytes that the contract cannot have given. */
export function decodeAccreditations(answer: Uint8Array): readonly Accreditation[] {
  const reader = new AbiReader(answer)
  const list = reader.index(0)
  const count = reader.index(list)
  if (count > accreditationPage) {
    throw new InvalidInputError(
      'abi_malformed',
      `${count} records where at most ${accreditationPage} were asked for`,
    )
  }
  return Array.from({ length: count }, (_, i) =>
    decodeRecord(reader, list + 32 + reader.index(list + 32 + i * 32)),
  )
}

/** ABI layout: offsets of a tuple's dynamic members count from the tuple's own start. */
function decodeRecord(reader: AbiReader, at: number): Accreditation {
  const statement = at + reader.index(at + 3 * 32)
  const text = (member: number) => reader.text(statement + reader.index(statement + member * 32))
  return {
    index: reader.index(at),
    recordedAt: reader.index(at + 32),
    withdrawnAt: reader.index(at + 2 * 32),
    subject: reader.address(statement),
    validFrom: reader.index(statement + 32),
    validUntil: reader.index(statement + 2 * 32),
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
