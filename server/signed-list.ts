import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { encodeStatusList, makeStatusListCredential } from '../core/status-list.ts'
import { formatSeconds } from '../core/time.ts'
import { type IssuerSigner, signDocument } from './signing.ts'
import { vcMediaType } from './vc-media-type.ts'

/** A status list as it is served. */
export interface ServedList {
  readonly body: string
  /** Changes with every byte of the body. RFC 9110 §8.8.3. */
  readonly etag: string
}

/** What a list says: `id` is its URL, `issuer` the DID that signs, `bits` who has ended. */
export interface ListTerms {
  readonly id: string
  readonly issuer: string
  readonly purpose: string
  readonly bits: Uint8Array
}

const hour = 3600
const validSeconds = 6 * hour
/** How long a copy may be kept before it is asked for again: what was revoked is seen by then. */
const keepSeconds = 60

/** Lists that were signed a while ago, by what was signed: signing costs more than reading the statuses. */
const recent = new Map<string, ServedList>()
const maxRecent = 200

/**
 * Signs a status list as of `now`, in milliseconds.
 *
 * It is dated by the hour, and Ed25519 draws nothing: every process serves the same bytes until a status, the hour or the key changes.
 */
export async function signList(
  signer: IssuerSigner,
  { bits, ...terms }: ListTerms,
  now: number,
): Promise<ServedList> {
  const from = Math.floor(now / 1000 / hour) * hour
  const validFrom = formatSeconds(from)
  const list = makeStatusListCredential({
    ...terms,
    encodedList: await encodeStatusList(bits),
    validFrom,
    validUntil: formatSeconds(from + validSeconds),
    ttl: keepSeconds * 1000,
  })
  const unsigned = JSON.stringify([signer.signer.verificationMethod, list])
  const known = recent.get(unsigned)
  if (known) return known
  const body = JSON.stringify(await signDocument({ ...signer, created: validFrom }, list))
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
  recent.set(unsigned, { body, etag })
  const [oldest] = recent.keys()
  if (recent.size > maxRecent && oldest !== undefined) recent.delete(oldest)
  return { body, etag }
}

/** Answers with a list, or with 304 where the caller has it already. */
export function sendList(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: ServedList,
): FastifyReply {
  reply
    .header('etag', etag)
    .header('cache-control', `public, max-age=${keepSeconds}`)
    .header('vary', 'Accept')
  // RFC 9110 §13.1.2, where a tag may be weakened by a proxy that compresses.
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (known?.some((tag) => tag === etag || tag === '*')) return reply.code(304).send()
  return reply
    .type(vcMediaType(headers.accept))
    .serializer((text: string) => text)
    .send(body)
}
