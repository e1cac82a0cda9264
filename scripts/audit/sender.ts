import { getAddress } from 'ethers'
import type { Eip1193Provider } from '../../core/chain.ts'
import { operatorRoles } from '../../core/registry.ts'
import { registry } from '../contracts.ts'
import type { LoggedAnchor, LoggedGrant } from './anchor-log.ts'
import type { Finding } from './findings.ts'
import type { Grant } from './state.ts'
import { sayGrant } from './truth.ts'

/**
 * Who had an anchor written: the issuer's account, an operator, whoever brought the issuer's signature, or a contract, which may
 * be the issuer itself or call in the name of anybody; `unknown` where the endpoint does not give the transaction.
 */
export interface Sender {
  readonly kind: 'issuer' | 'operator' | 'signature' | 'contract' | 'unknown'
  readonly account?: string
}

/** Reads who sent a transaction to the registry, and through which door. */
export async function senderOf(
  provider: Eip1193Provider,
  { address, issuer }: { readonly address: string; readonly issuer: string },
  transaction: string,
): Promise<Sender> {
  try {
    const params = [transaction]
    const found = await provider.request({ method: 'eth_getTransactionByHash', params })
    const { from, to, input } = found as { from: string; to: string | null; input: string }
    const account = getAddress(from)
    if (to?.toLowerCase() !== address.toLowerCase()) return { kind: 'contract', account }
    const call = registry.parseTransaction({ data: input })
    if (call?.name === 'anchorBySig') return { kind: 'signature', account }
    return { kind: account === issuer ? 'issuer' : 'operator', account }
  } catch {
    // A pruned node has no old transactions, and what else it may answer is none: that is told as unread.
    return { kind: 'unknown' }
  }
}

/** Anchors by operators that were none at the time. Judged by the block of the anchor, never by today's clock. */
export function findUnauthorised(
  batches: readonly (LoggedAnchor & { readonly blockTime: string; readonly sender: Sender })[],
  grants: readonly LoggedGrant[],
): readonly Finding[] {
  return batches.flatMap((batch) => {
    const { sender, sequence, root, blockTime } = batch
    if (sender.kind !== 'operator') return []
    const grant = grants.findLast(
      (each) => each.operator === sender.account && isBefore(each, batch),
    )
    const place = { sequence, root }
    const by = `Batch number ${sequence} was anchored by the operator ${sender.account} at ${blockTime}`
    if (!grant || (grant.roles & operatorRoles.anchor) === 0) {
      const message = `${by}, whom the issuer had not let anchor by then, as the registry’s log has it.`
      return [{ code: 'operator_unauthorized', message, ...place }]
    }
    // The contract's own condition: at its expiry an operator may do nothing more.
    if (grant.expiry * 1000 > Date.parse(blockTime)) return []
    const end = new Date(grant.expiry * 1000).toISOString().replace('.000', '')
    return [
      { code: 'operator_expired', message: `${by}, whose time was over at ${end}.`, ...place },
    ]
  })
}

/** Operators of whom the log's last word is not what the state holds: the endpoint hides a grant or a removal, or made one up. */
export function findUnloggedGrants(
  grants: readonly LoggedGrant[],
  granted: ReadonlyMap<string, Grant>,
): readonly Finding[] {
  return [...granted].flatMap(([operator, held]) => {
    const logged = grants.findLast((each) => each.operator === operator) ?? { roles: 0, expiry: 0 }
    if (logged.roles === held.roles && logged.expiry === held.expiry) return []
    const message = `The log’s last word on the operator ${operator} is “${sayGrant(logged)}”, and the registry’s state holds “${sayGrant(held)}”: audit with another endpoint.`
    return [{ code: 'grant_log_differs', message }]
  })
}

function isBefore(grant: LoggedGrant, anchor: LoggedAnchor): boolean {
  return grant.block < anchor.block || (grant.block === anchor.block && grant.index < anchor.index)
}
