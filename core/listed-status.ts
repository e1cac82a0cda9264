import { InvalidInputError, messageOf } from './error.ts'
import { type ListReading, readStatusList, type StatusList } from './foreign-list.ts'
import type { StatusEntry } from './format.ts'
import type { Check, Outcome } from './report.ts'
import { type ListedType, minimumEntries, statusAt } from './status-list.ts'

type ReadList = (url: string, type: ListedType) => Promise<StatusList>

/** Bits that the status of one credential may have; processors may support less than any number, Bitstring Status List §1.3. */
const maxStatusSize = 32

/**
 * Asks the status lists that entries of a credential name, each list once. `entries` are of the types of `listTypes`.
 * Bitstring Status List §3.2.
 *
 * A list that cannot be read, or not be relied on, leaves the status open: it is never taken for "not revoked".
 */
export async function checkListed(
  entries: readonly StatusEntry[],
  reading: ListReading,
): Promise<readonly Check[]> {
  const known = new Map<string, Promise<StatusList>>()
  const readList: ReadList = (url, type) => {
    const key = `${type} ${url}`
    const list = known.get(key) ?? readStatusList(url, type, reading)
    known.set(key, list)
    return list
  }
  return Promise.all(entries.map((entry) => checkEntry(entry, readList)))
}

async function checkEntry(entry: StatusEntry, readList: ReadList): Promise<Check> {
  const place = parsePlace(entry)
  if (place instanceof InvalidInputError) {
    return answer('invalid', 'status_malformed', `${place.message} (at ${place.pointer}).`)
  }
  const { url, purpose, index, size } = place
  try {
    if (size > maxStatusSize) {
      const message = `statuses of ${size} bits are not read here`
      throw new InvalidInputError('status_unsupported', message)
    }
    const { purposes, bits } = await readList(url, entry.type as ListedType)
    if (!purposes.includes(purpose)) {
      throw new InvalidInputError('status_purpose_mismatch', 'the list is for another purpose')
    }
    return conclude(purpose, valueAt(bits, index, size), url)
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    return answer(
      'indeterminate',
      thrown.code,
      `Its status list for ${purpose.slice(0, 60)} cannot be relied on: ${messageOf(thrown).slice(0, 400)}.`,
      url,
    )
  }
}

interface EntryPlace {
  readonly url: string
  readonly purpose: string
  readonly index: number
  readonly size: number
}

/** What an entry points at, or what is wrong with it. Bitstring Status List §2.1. */
function parsePlace({
  entry,
  purpose,
  listIndex,
  pointer,
}: StatusEntry): EntryPlace | InvalidInputError {
  const { statusListCredential: url, statusSize: size = 1 } = entry
  const malformed = (name: string, expected: string) =>
    new InvalidInputError('status_malformed', `${name} must be ${expected}`, `${pointer}/${name}`)
  if (!purpose) return malformed('statusPurpose', 'a text')
  // A number is not what the specification wants, but what several issuers write.
  if (listIndex === undefined || !/^(?:0|[1-9]\d*)$/.test(listIndex)) {
    return malformed('statusListIndex', 'a whole number from 0 on')
  }
  if (typeof url !== 'string' || !URL.canParse(url)) {
    return malformed('statusListCredential', 'a URL')
  }
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 1) {
    return malformed('statusSize', 'a whole number from 1 on')
  }
  return { url, purpose, index: Number(listIndex), size }
}

/** The value of `size` bits, the left-most first. Throws `InvalidInputError` where the list does not reach that far. */
function valueAt(bits: Uint8Array, index: number, size: number): number {
  if ((bits.length * 8) / size < minimumEntries) {
    throw new InvalidInputError(
      'status_list_too_short',
      `it has less than ${minimumEntries} entries`,
    )
  }
  let value = 0
  for (let bit = 0; bit < size; bit++) {
    const isSet = statusAt(bits, index * size + bit)
    if (isSet === undefined) {
      throw new InvalidInputError('status_index_beyond_list', `it has no entry ${index}`)
    }
    value = value * 2 + Number(isSet)
  }
  return value
}

function conclude(purpose: string, value: number, url: string): Check {
  const shown = purpose.slice(0, 60)
  if (value === 0) {
    return answer('valid', 'active', `Its status list for ${shown} says nothing against it.`, url)
  }
  switch (purpose) {
    case 'revocation':
      return answer('invalid', 'revoked', 'The issuer has revoked it. This is final.', url)
    case 'suspension':
      return answer('invalid', 'suspended', 'The issuer has suspended it, maybe for a time.', url)
    case 'refresh':
    case 'message':
      // These tell something without ending the credential, Bitstring Status List §2.1.
      return answer('valid', 'status_message', `The issuer has set its ${shown} to ${value}.`, url)
    default:
      return answer(
        'indeterminate',
        'status_unsupported',
        `The issuer has marked it for a purpose that this verifier does not know: ${shown}.`,
        url,
      )
  }
}

function answer(outcome: Outcome, code: string, message: string, url?: string): Check {
  const read = url === undefined ? [] : [{ what: 'status list', from: url }]
  return { name: 'status', outcome, code, message, read }
}
