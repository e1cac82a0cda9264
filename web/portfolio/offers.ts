import type { VerifiedCredential } from '../../core/competencies/claim.ts'
import { didPkh } from '../../core/did.ts'
import { InvalidInputError, messageOf } from '../../core/error.ts'
import { isObject } from '../../core/i-json.ts'
import { parseJson } from '../../core/json.ts'
import { readBounded } from '../bounded.ts'

/** A pathway that may be followed, and where it is. */
export interface Offer {
  readonly id: string
  readonly name: string
}

const limits = { bytes: 1_048_576, depth: 6, values: 20_000 }

/**
 * Pathways that this site's service publishes, of issuers of what is kept. All of them are asked for and chosen from here, so that the service does
 * not learn whose credentials somebody holds. Throws `InvalidInputError`.
 */
export async function readOffers(held: readonly VerifiedCredential[]): Promise<readonly Offer[]> {
  const issuers = new Set(
    held.flatMap(({ report: { anchor, credential } }) => [
      ...(anchor ? [didPkh({ chainId: anchor.chainId, address: anchor.issuer })] : []),
      ...(credential ? [credential.issuer.id] : []),
    ]),
  )
  const answer = await readJson(new URL('pathways', serviceUrl()).href)
  const pathways = isObject(answer) && Array.isArray(answer['pathways']) ? answer['pathways'] : []
  return pathways.flatMap((one: unknown) => {
    if (!isObject(one)) return []
    const { id, name, issuer } = one
    const isOffer = typeof id === 'string' && typeof name === 'string'
    const ids = isObject(issuer) ? Object.values(issuer) : []
    return isOffer && ids.some((by) => issuers.has(by as string)) ? [{ id, name }] : []
  })
}

/** Where the service is that this page came from: the page stands right below it. */
export function serviceUrl(): URL {
  return new URL(location.pathname.replace(/[^/]*(?:\/|\/index\.html)?$/, ''), location.origin)
}

async function readJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(10_000),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return parseJson(await readBounded(response, limits.bytes, 'too large'), limits)
  } catch (thrown) {
    throw new InvalidInputError('offers_unreachable', messageOf(thrown))
  }
}
