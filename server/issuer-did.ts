import type { Issuer } from '../core/achievement.ts'
import { didPkh, parseDidPkh } from '../core/did.ts'
import { InvalidInputError } from '../core/error.ts'
import { hostDidWeb, ownDidWeb } from './did-documents.ts'
import { makeIssuerKey, type NewIssuerKey } from './issuer-keys.ts'
import type { SecretBox } from './secret-box.ts'
import type { DidKind } from './tables.ts'

/** How an issuer is named for ever, and the key that goes with a name that is ours to give. */
export interface IssuerIdentity {
  readonly profile: Issuer
  readonly didKind: DidKind
  readonly key: NewIssuerKey | undefined
}

/**
 * Names a new issuer: by the DID of its profile if that has one, else by one of the kind that is asked for, else by a did:web where
 * the service has an https address and by its account where not.
 *
 * Throws `InvalidInputError` where both are given and differ, or where the address can have no did:web.
 */
export function identifyIssuer(
  { baseUrl, box }: { readonly baseUrl: string; readonly box: SecretBox },
  request: {
    readonly slug: string
    readonly profile: Issuer
    readonly did: 'web' | 'key' | 'pkh' | undefined
  },
): IssuerIdentity {
  const { slug, profile, did } = request
  const web = ownDidWeb(baseUrl, slug)
  if (profile.id !== undefined && profile.id !== web) {
    const isPkh = parseDidPkh(profile.id) !== undefined
    if (did !== undefined && !(did === 'pkh' && isPkh)) throw ambiguous(profile.id)
    refuseForeignIssuer(baseUrl, profile.id)
    return { profile, didKind: isPkh ? 'pkh' : 'external', key: undefined }
  }
  if (profile.id !== undefined && did !== undefined && did !== 'web') throw ambiguous(profile.id)
  if (did === 'pkh' || (did === undefined && !web))
    return { profile, didKind: 'pkh', key: undefined }
  const key = makeIssuerKey(box)
  if (did === 'key') {
    const id = `did:key:${key.publicKeyMultibase}`
    return { profile: { ...profile, id }, didKind: 'key', key }
  }
  if (!web) {
    throw new InvalidInputError(
      'did_web_impossible',
      `a did:web needs an https address with a host name, and this service is at ${baseUrl}; take key or pkh, or set PUBLIC_BASE_URL`,
      '/did',
    )
  }
  return { profile: { ...profile, id: web }, didKind: 'web', key }
}

/** The DID that credentials of an issuer name. */
export function didOf(
  issuer: { readonly profile: Issuer; readonly account: string },
  chainId: number,
): string {
  return issuer.profile.id ?? didPkh({ chainId, address: issuer.account })
}

/** A did:web of this very service is given to the issuer of its slug and to nobody else. */
function refuseForeignIssuer(baseUrl: string, id: string): void {
  const host = hostDidWeb(baseUrl)
  if (!host || (id !== host && !id.startsWith(`${host}:`))) return
  throw new InvalidInputError(
    'issuer_did_taken',
    `${id} is an address of this service; leave the id out, and the issuer gets one of its own`,
    '/profile/id',
  )
}

function ambiguous(id: string): InvalidInputError {
  return new InvalidInputError(
    'issuer_did_ambiguous',
    `the profile names ${id}, and did asks for another one; leave one of both out`,
    '/did',
  )
}
