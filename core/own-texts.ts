import { AbiReader } from './abi.ts'
import { fromMultibase } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { formatStatusId, parseStatusId, parseUri } from './did.ts'
import { InvalidInputError } from './error.ts'
import { holderPlace } from './format.ts'
import { isObject } from './i-json.ts'
import type { AnchorProof } from './proof.ts'
import { maxSiblings } from './tree-path.ts'

/** Places of texts that no check looks at: whose credential it is, and with which result. */
const ownPlaces =
  /^\/credentialSubject\/(?:id|name|identifier\/\d+\/(?:identityHash|salt)|result(?:\/0)?\/value)$|^\/id$/
const resultPlaces = /^\/credentialSubject\/result(?:\/0)?\/value$/
const statusPlaces = /^\/credentialStatus(?:\/\d+)?\/(?:id|statusListIndex)$/
const proofPlaces = /^\/proof(?:\/0)?\/proofValue$/

/** A status entry, and at which of the texts stand what names its index. */
interface StatusTexts {
  readonly purpose: 'revocation' | 'suspension'
  readonly id: number
  readonly listIndex: number
}

/** At which of the texts of a template stands what is a credential's own; -1 for what all have in common. */
export interface OwnTexts {
  readonly proofValue: number
  readonly id: number
  readonly holder: number
  readonly result: number
  readonly statuses: readonly StatusTexts[]
}

/** Whether documents that differ at these places (JSON pointers) differ in nothing but what is a credential's own. */
export function differInOwn(places: readonly string[]): boolean {
  const kinds = [ownPlaces, statusPlaces, proofPlaces]
  return (
    places.some((place) => proofPlaces.test(place)) &&
    places.every((place) => kinds.some((kind) => kind.test(place)))
  )
}

/** Where that stands in a document of the template; `undefined` where its status names no index of its own, or none of ours. */
export function ownTextsOf(document: JsonObject, places: readonly string[]): OwnTexts | undefined {
  const subject = document['credentialSubject']
  const statuses = statusTexts(document, places)
  return statuses && isObject(subject)
    ? {
        proofValue: places.findIndex((place) => proofPlaces.test(place)),
        id: places.indexOf('/id'),
        holder: places.indexOf(holderPlace(subject)),
        result: places.findIndex((place) => resultPlaces.test(place)),
        statuses,
      }
    : undefined
}

/** Where the index stands in each status entry; nothing where an entry is not of ours, or where an index is one that all have. */
function statusTexts(
  document: JsonObject,
  places: readonly string[],
): readonly StatusTexts[] | undefined {
  const status = document['credentialStatus']
  const isList = Array.isArray(status)
  const found: StatusTexts[] = []
  for (const [i, entry] of (isList ? status : [status]).entries()) {
    const pointer = isList ? `/credentialStatus/${i}` : '/credentialStatus'
    const id = places.indexOf(`${pointer}/id`)
    const listIndex = places.indexOf(`${pointer}/statusListIndex`)
    const named = isObject(entry) && parseStatusId(String(entry['id']))
    if (!named || id < 0 || listIndex < 0) return undefined
    found.push({ purpose: named.purpose, id, listIndex })
  }
  return found
}

/** Format rule 8, for an entry whose registry and purpose are those of the credential that was verified. */
export function namesIndex(
  { purpose, id, listIndex }: StatusTexts,
  texts: readonly string[],
  { chainId, registry, statusIndex }: AnchorProof,
): boolean {
  const expected = formatStatusId({
    registry: { chainId, address: registry },
    purpose,
    statusIndex,
  })
  return texts[id] === expected && texts[listIndex] === String(statusIndex)
}

/** What is a credential's own in its proof, and the proof as it is encoded; as `decodeAnchorProof`, but for the words that a batch has in common. */
export function readOwnProof(text: string) {
  try {
    const encoded = fromMultibase(text)
    const reader = new AbiReader(encoded)
    const count = reader.index(6 * 32)
    if (count > maxSiblings || encoded.length !== (7 + count) * 32) return undefined
    return {
      encoded,
      statusIndex: reader.index(3 * 32),
      salt: reader.word(4 * 32),
      siblings: Array.from({ length: count }, (_, i) => reader.word((7 + i) * 32)),
    }
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return undefined
    throw thrown
  }
}

/** Whether a text may be the id of a credential. */
export function isUri(text: string): boolean {
  try {
    return parseUri(text, '') === text
  } catch {
    return false
  }
}
