import { statusBits } from '../core/status-list.ts'
import { type Ending, endedIndexes, findStatusList } from './issued.ts'
import { type ServedList, signList } from './signed-list.ts'
import { type KeyStore, signerOf } from './signing.ts'

/** Where the list of an ending is served. */
export function listUrl(baseUrl: string, listId: string, ending: Ending): string {
  return `${baseUrl}/status/${listId}/${ending}`
}

/** The signed list of those credentials of a list that have ended so; `undefined` where there is no such list. */
export async function issuedStatusList(
  keys: KeyStore,
  request: {
    readonly baseUrl: string
    readonly listId: string
    readonly ending: Ending
    /** Milliseconds since 1970. */
    readonly now: number
  },
): Promise<ServedList | undefined> {
  const { baseUrl, listId, ending, now } = request
  const issuer = await findStatusList(keys.db, listId)
  const signer = issuer && (await signerOf(keys, issuer))
  if (!signer) return undefined
  const terms = {
    id: listUrl(baseUrl, listId, ending),
    issuer: issuer.profile.id as string,
    purpose: ending,
    bits: statusBits(await endedIndexes(keys.db, listId, ending)),
  }
  return signList(signer, terms, now)
}
