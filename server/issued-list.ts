import { createHash } from 'node:crypto'
import { encodeStatusList, makeStatusListCredential, statusBits } from '../core/status-list.ts'
import { formatSeconds } from '../core/time.ts'
import { type Ending, endedIndexes, findStatusList } from './issued.ts'
import { type KeyStore, signDocument, signerOf } from './signing.ts'

/** A status list as it is served. */
export interface ServedList {
  readonly body: string
  readonly etag: string
}

const hour = 3600
const validSeconds = 24 * hour
const ttl = 300_000

/** Where the list of an ending is served. */
export function listUrl(baseUrl: string, listId: string, ending: Ending): string {
  return `${baseUrl}/status/${listId}/${ending}`
}

/**
 * The signed list of those credentials of a list that have ended so, as of now; `undefined` where there is no such list.
 *
 * It is dated by the hour, and Ed25519 draws nothing: every process serves the same bytes until a status, the hour or the key changes.
 */
export async function serveIssuedList(
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
  const from = Math.floor(now / 1000 / hour) * hour
  const validFrom = formatSeconds(from)
  const list = makeStatusListCredential({
    id: listUrl(baseUrl, listId, ending),
    issuer: issuer.profile.id as string,
    purpose: ending,
    encodedList: await encodeStatusList(statusBits(await endedIndexes(keys.db, listId, ending))),
    validFrom,
    validUntil: formatSeconds(from + validSeconds),
    ttl,
  })
  const unsigned = JSON.stringify([signer.signer.verificationMethod, list])
  const known = recent.get(unsigned)
  if (known) return known
  const body = JSON.stringify(await signDocument({ ...signer, created: validFrom }, list))
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
  return remember(unsigned, { body, etag })
}

/** Lists that were signed a while ago, by what was signed: signing costs more than reading the statuses. */
const recent = new Map<string, ServedList>()
const maxRecent = 100

function remember(unsigned: string, served: ServedList): ServedList {
  recent.set(unsigned, served)
  const [oldest] = recent.keys()
  if (recent.size > maxRecent && oldest !== undefined) recent.delete(oldest)
  return served
}
