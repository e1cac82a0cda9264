import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { encodeStatusList, makeStatusListCredential } from '../core/status-list.ts'
import { formatSeconds } from '../core/time.ts'
import { type IssuerSigner, signDocument } from './signing.ts'
import { vcMediaType } from './vc-media-type.ts'

/** A status list as it is served. */
export interface ServedList {
  readonly body: string
  /** The same, compressed once: a quarter less, which is what base64 wastes. The bits in it are compressed as the standard has it. */
  readonly gzip?: Buffer
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

/** Lists that were signed a while ago, by a hash of what was signed: signing costs more than reading the statuses. */
const recent = new Map<string, ServedList>()
const maxRecent = 200
/** About what one packet takes: there is nothing to win below. */
const leastCompressed = 1_400
const compress = promisify(gzip)

/** What the list of an issuer is made from besides the statuses. */
export function listBasis({ signer }: IssuerSigner, now: number): string {
  return `${signer.verificationMethod} ${Math.floor(now / 1000 / hour)}`
}

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
  const facts = JSON.stringify([signer.signer.verificationMethod, terms, validFrom])
  const known = createHash('sha256').update(facts).update(bits).digest('base64url')
  const signed = recent.get(known) ?? (await sign())
  recent.delete(known)
  recent.set(known, signed)
  const [oldest] = recent.keys()
  if (recent.size > maxRecent && oldest !== undefined) recent.delete(oldest)
  return signed

  async function sign(): Promise<ServedList> {
    const list = makeStatusListCredential({
      ...terms,
      encodedList: await encodeStatusList(bits),
      validFrom,
      validUntil: formatSeconds(from + validSeconds),
      ttl: keepSeconds * 1000,
    })
    const body = JSON.stringify(await signDocument({ ...signer, created: validFrom }, list))
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    return body.length < leastCompressed
      ? { body, etag }
      : { body, gzip: await compress(body), etag }
  }
}

/** Answers with a list, or with 304 where the caller has it already. */
export function sendList(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { body, gzip, etag }: ServedList,
): FastifyReply {
  const isCompressed = gzip !== undefined && takesGzip(headers['accept-encoding'])
  // Other bytes, another strong tag. RFC 9110 §8.8.3.3.
  const tags = [etag, `${etag.slice(0, -1)}-gzip"`]
  reply
    .header('etag', tags[isCompressed ? 1 : 0])
    .header('cache-control', `public, max-age=${keepSeconds}`)
    .header('vary', 'Accept, Accept-Encoding')
  // RFC 9110 §13.1.2, where a tag may be weakened by a proxy that compresses.
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (known?.some((tag) => tags.includes(tag) || tag === '*')) return reply.code(304).send()
  if (isCompressed) reply.header('content-encoding', 'gzip')
  return reply
    .type(vcMediaType(headers.accept))
    .serializer((content: string) => content)
    .send(isCompressed ? gzip : body)
}

/** RFC 9110 §12.5.3, as far as it is about gzip by name. */
function takesGzip(accepted: string | string[] | undefined): boolean {
  return /(?:^|[\s,])gzip\s*(?:$|,|;\s*q=(?!0(?:\.0*)?\s*(?:$|,)))/i.test(String(accepted ?? ''))
}
