import { statusBits } from '../core/status-list.ts'
import { type Ending, endedIndexes, findStatusList } from './issued.ts'
import { listsOf } from './list-cache.ts'
import { listBasis, type ServedList, signList } from './signed-list.ts'
import { type KeyStore, signerOf } from './signing.ts'

/** Where the list of an ending is served. */
export function listUrl(baseUrl: string, listId: string, ending: Ending): string {
  return `${baseUrl}/status/${listId}/${ending}`
}

/**
 * The signed list of those credentials of a list that have ended so, as of half a second ago at most; `undefined` where there is no such
 * list. What was ended in this process shows at once.
 */
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
  const id = listUrl(baseUrl, listId, ending)
  const make = async () => {
    const issuer = await findStatusList(keys.db, listId)
    const signer = issuer && (await signerOf(keys, issuer))
    if (!signer) throw new NoList()
    const bits = statusBits(await endedIndexes(keys.db, listId, ending))
    const terms = { id, issuer: issuer.profile.id as string, purpose: ending, bits }
    return { list: await signList(signer, terms, now), basis: listBasis(signer, now) }
  }
  try {
    return await listsOf(keys.db).get(id, make)
  } catch (thrown) {
    if (thrown instanceof NoList) return undefined
    throw thrown
  }
}

/** Something was ended or lifted: whatever list it is in, all of them are made anew. */
export function forgetIssuedLists(db: KeyStore['db'], baseUrl: string): void {
  listsOf(db).forget(`${baseUrl}/status/`)
}

class NoList extends Error {}
