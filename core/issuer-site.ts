import type { Account } from './did.ts'
import { messageOf } from './error.ts'
import { isObject } from './i-json.ts'
import type { Reading } from './report.ts'
import type { Readers } from './verify.ts'

/** What the web site of a did:web says of the account. */
export interface Site {
  readonly answer: 'lists' | 'lists_not' | 'other' | 'unread'
  /** Where it is no document of the issuer's: what it is instead, for a person. */
  readonly why: string
  readonly read: readonly Reading[]
}

/** Reads the document of a did:web, which is untrusted, and looks for the account that anchored. Never throws. */
export async function readSite(
  did: string,
  url: string,
  { chainId, address }: Account,
  { document: readDocument }: Readers,
): Promise<Site> {
  const read = [{ what: `DID document of ${did}`, from: url }]
  try {
    const document = await readDocument(url)
    if (!isObject(document) || document['id'] !== did) {
      return { answer: 'other', why: 'answers with the document of somebody else', read }
    }
    return accountsOf(document).includes(`eip155:${chainId}:${address.toLowerCase()}`)
      ? { answer: 'lists', why: '', read }
      : { answer: 'lists_not', why: 'does not list the account', read }
  } catch (thrown) {
    return { answer: 'unread', why: `could not be read: ${messageOf(thrown).slice(0, 200)}`, read }
  }
}

/** CAIP-10 ids, in lower case, of the accounts that a DID document lists for assertions. DID Core §5.3.2. */
function accountsOf(document: Readonly<Record<string, unknown>>): readonly string[] {
  const methods = Array.isArray(document['verificationMethod'])
    ? document['verificationMethod']
    : []
  const assertions = Array.isArray(document['assertionMethod']) ? document['assertionMethod'] : []
  const named = new Set(
    assertions
      .map((method: unknown) => (isObject(method) ? method['id'] : method))
      .filter((id) => typeof id === 'string'),
  )
  return [
    ...methods.filter(
      (method: unknown) =>
        isObject(method) && typeof method['id'] === 'string' && named.has(method['id']),
    ),
    ...assertions,
  ]
    .flatMap((method: unknown) => (isObject(method) ? [method['blockchainAccountId']] : []))
    .filter((id) => typeof id === 'string')
    .map((id) => id.toLowerCase())
}
