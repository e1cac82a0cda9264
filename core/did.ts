import { checksumAddress } from './abi.ts'
import { InvalidInputError } from './error.ts'

/** An account on a chain, as CAIP-10 names it with `eip155`. */
export interface Account {
  readonly chainId: number
  readonly address: string
}

const pkhPattern = /^did:pkh:eip155:([1-9]\d{0,15}):(0x[0-9a-fA-F]{40})$/

/** `did:pkh:eip155:<chain id>:<address>`, did:pkh method specification §2. */
export function didPkh(account: Account): string {
  return `did:pkh:eip155:${account.chainId}:${checksumAddress(account.address)}`
}

/** The account of a did:pkh; `undefined` for any other text. */
export function parseDidPkh(did: string): Account | undefined {
  const match = pkhPattern.exec(did)
  const chainId = Number(match?.[1])
  if (!match || !Number.isSafeInteger(chainId)) return undefined
  try {
    return { chainId, address: checksumAddress(match[2] as string) }
  } catch {
    return undefined
  }
}

/** Where the document of a did:web lies, did:web method specification §3.2. `undefined` for other DIDs. */
export function didWebUrl(did: string): string | undefined {
  const match = /^did:web:([A-Za-z0-9.-]+(?:%3[Aa]\d{1,5})?)((?::[A-Za-z0-9._~%-]+)*)$/.exec(did)
  if (!match) return undefined
  const host = (match[1] as string).replace(/%3a/i, ':')
  const path = (match[2] as string).split(':').slice(1)
  // A URL parser takes %2e for a dot: no segment may climb out of the path that the DID names.
  if (path.some((part) => /^(?:\.|%2e){1,2}$/i.test(part) || /%(?:2f|5c)/i.test(part)))
    return undefined
  return path.length > 0
    ? `https://${host}/${path.join('/')}/did.json`
    : `https://${host}/.well-known/did.json`
}

export type StatusPurpose = 'revocation' | 'suspension'

/** What a `credentialStatus.id` of format rule 8 names. */
export interface StatusId {
  readonly registry: Account
  readonly purpose: StatusPurpose
  readonly statusIndex: number
}

export function formatStatusId(status: StatusId): string {
  return `${didPkh(status.registry)}#${status.purpose}-${status.statusIndex}`
}

/** `undefined` where the text is not a status id of format rule 8. */
export function parseStatusId(id: string): StatusId | undefined {
  const match = /^(did:pkh:[^#]+)#(revocation|suspension)-(0|[1-9]\d{0,9})$/.exec(id)
  const registry = match && parseDidPkh(match[1] as string)
  if (!match || !registry) return undefined
  return { registry, purpose: match[2] as StatusPurpose, statusIndex: Number(match[3]) }
}

/** The absolute URL or URN in `text`; throws `InvalidInputError` otherwise, also for what a page would run when followed. */
export function parseUri(text: string, pointer: string): string {
  if (
    /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(text) &&
    !/^(?:javascript|vbscript):/i.test(text) &&
    URL.canParse(text)
  )
    return text
  throw new InvalidInputError(
    'uri_malformed',
    `${JSON.stringify(text.slice(0, 80))} is not an absolute URI`,
    pointer,
  )
}

/** The http(s) URL in `text`: what a page may link to. Throws `InvalidInputError` for others, such as `javascript:`. */
export function parseWebUrl(text: string, pointer: string): string {
  if (/^https?:\/\//i.test(parseUri(text, pointer))) return text
  throw new InvalidInputError(
    'url_not_web',
    'expected an address that begins with https:// or http://',
    pointer,
  )
}
