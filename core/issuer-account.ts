import type { Json, JsonObject } from './canonical.ts'
import { type Account, didPkh, parseDidPkh } from './did.ts'
import { isObject } from './i-json.ts'

/** How an issuer's profile names the account that anchors for it, format rule 14: an Open Badges 3.0 `IdentifierEntry`. */
export function accountIdentifier(account: Account): JsonObject {
  return { type: 'IdentifierEntry', identifier: didPkh(account), identifierType: 'identifier' }
}

/** Whether the issuer of a credential names an account as its own. It counts where the issuer signed it, format rule 14. */
export function namesAccount(issuer: Json | undefined, account: Account): boolean {
  if (!isObject(issuer)) return false
  const entries: readonly Json[] = [issuer['otherIdentifier'] ?? []].flat()
  return entries.some((entry) => {
    if (!isObject(entry) || entry['identifierType'] !== 'identifier') return false
    const { identifier } = entry
    const named = typeof identifier === 'string' ? parseDidPkh(identifier) : undefined
    return named?.chainId === account.chainId && named.address === account.address
  })
}
