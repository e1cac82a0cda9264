import type { StatusPurpose } from '../../core/did.ts'
import type { AnchoredBatch } from './chain.ts'
import type { Finding } from './findings.ts'

/** Whom a status list names as its issuer, where no credential of the batch says who that has to be. */
export interface NamedIssuer {
  readonly issuerId: string
  readonly batch: AnchoredBatch
  readonly purpose: StatusPurpose
  readonly url: string
}

interface Stranger extends NamedIssuer {
  readonly finding: Finding
}

/**
 * Lists that somebody else signed than the issuer: whom credentials at hand name (`known`), or else whom the lists of more than half
 * of the batches do. Anybody can sign a list with a key of their own, and a verifier of the credential will not believe it.
 */
export function findStrangers(
  lists: readonly NamedIssuer[],
  known: ReadonlySet<string>,
): readonly Stranger[] {
  const own = known.size > 0 ? known : mostNamed(lists)
  if (own.size === 0) return []
  return lists
    .filter(({ issuerId }) => !own.has(issuerId))
    .map((list) => {
      const { issuerId, batch, url } = list
      const { root, sequence } = batch
      const message = `It was issued by ${issuerId.slice(0, 200)}, and ${known.size > 0 ? 'the credentials at hand' : 'the lists of most batches'} are of ${[...own].join(', ').slice(0, 400)}.`
      const code = 'status_issuer_mismatch'
      return { ...list, finding: { code, message, root, sequence, file: url } }
    })
}

function mostNamed(lists: readonly NamedIssuer[]): ReadonlySet<string> {
  const groups = Map.groupBy(lists, ({ issuerId }) => issuerId)
  const [most] = [...groups.entries()].filter(([, group]) => group.length * 2 > lists.length)
  return new Set(most ? [most[0]] : [])
}
