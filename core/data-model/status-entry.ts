import type { Json, JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { checkUrl } from './identifier.ts'
import { type Problems, problem, shown } from './problem.ts'
import { typesOf } from './type.ts'

/** Entries of status lists in what is issued: purpose, index and list, Bitstring Status List §2.1. Other types are left to themselves. */
export function* checkStatusEntries(credential: JsonObject): Problems {
  const { credentialStatus: status } = credential
  const entries: readonly (readonly [Json | undefined, string])[] = Array.isArray(status)
    ? status.map((entry, i) => [entry, pointerTo('/credentialStatus', i)])
    : [[status, '/credentialStatus']]
  for (const [entry, pointer] of entries) {
    // That each one is an object is asked of all typed objects.
    if (isObject(entry) && typesOf(entry).includes('BitstringStatusListEntry')) {
      yield* checkEntry(entry, pointer)
    }
  }
}

function* checkEntry(entry: JsonObject, pointer: string): Problems {
  const { statusPurpose, statusListIndex, statusSize, statusMessage } = entry
  const wrong = (member: string, expected: string) =>
    problem(
      'status_malformed',
      `expected ${expected}, found ${shown(entry[member])}`,
      pointerTo(pointer, member),
    )
  if (typeof statusPurpose !== 'string' || statusPurpose === '') {
    yield wrong('statusPurpose', 'a purpose such as revocation')
  }
  if (typeof statusListIndex !== 'string' || !/^(?:0|[1-9]\d{0,15})$/.test(statusListIndex)) {
    yield wrong('statusListIndex', 'a number from 0 in decimal, as a text')
  }
  yield* checkUrl(entry['statusListCredential'], pointerTo(pointer, 'statusListCredential'))
  if (statusSize === undefined) return
  if (!Number.isSafeInteger(statusSize) || (statusSize as number) < 1) {
    yield wrong('statusSize', 'a number of bits from 1')
  } else if (statusSize !== 1 && !(Array.isArray(statusMessage) && statusMessage.length > 0)) {
    yield wrong('statusMessage', 'what each status means')
  }
}
