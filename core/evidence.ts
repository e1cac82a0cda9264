import { type AnchorState, type ChainState, type PlacedAnchor, readPlace } from './anchor-state.ts'
import { toHex } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { parseStatusId, type StatusId } from './did.ts'
import { digestOf, digestOfCanonical } from './digest.ts'
import { InvalidInputError } from './error.ts'
import type { ParsedCredential } from './format.ts'
import { isLost, readMigrated } from './migrated.ts'
import { type AnchorProof, parseProofs } from './proof.ts'
import type { AccreditationEvidence, AnchorEvidence } from './report.ts'
import { leafOf, rootFrom } from './tree-path.ts'
import type { VerifyOptions } from './verify.ts'

/** What the proofs of a credential say and what follows from its content, before anything is read. */
export interface Evidence {
  /** Why the proofs cannot be taken as they are. */
  readonly proofProblem: InvalidInputError | undefined
  readonly proof: AnchorProof | undefined
  readonly otherProofs: readonly JsonObject[]
  /** Registry and index that the credential's own status entries name. Format rule 8. */
  readonly statusIds: readonly StatusId[]
  readonly state: AnchorState | undefined
  readonly anchor: AnchorEvidence | undefined
  readonly accreditation: AccreditationEvidence | undefined
  /** Another registry that the issuer migrated the batch to, where that one has ended the credential. Format rule 13. */
  readonly successor: ChainState | undefined
}

/** Reads all that the checks decide on. Never throws for a bad credential or an unreadable chain. */
export async function readEvidence(
  credential: ParsedCredential,
  options: VerifyOptions,
): Promise<Evidence> {
  const statusIds = credential.statuses.flatMap(({ id }) => (id && parseStatusId(id)) || [])
  const bare = {
    proof: undefined,
    otherProofs: [],
    statusIds,
    state: undefined,
    anchor: undefined,
    accreditation: undefined,
    successor: undefined,
  }
  try {
    const { anchor: proof, others: otherProofs } = parseProofs(credential.document)
    if (!proof) return { ...bare, proofProblem: undefined, otherProofs }
    const evidence = { ...bare, proofProblem: undefined, otherProofs, proof }
    return { ...evidence, ...(await readAnchor(credential.document, proof, options)) }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    return { ...bare, proofProblem: thrown }
  }
}

/** The registry that the credential names decides as long as it can be read; else one that the issuer migrated to. */
async function readAnchor(
  document: JsonObject,
  proof: AnchorProof,
  options: VerifyOptions,
): Promise<PlacedAnchor & Partial<Pick<Evidence, 'successor'>>> {
  const canonical = options.canonicalOf?.(document)
  const digest =
    canonical === undefined
      ? digestOf(document, proof.salt)
      : digestOfCanonical(canonical, proof.salt)
  const leaf = leafOf(digest, proof.statusIndex)
  const root = toHex((options.findRoot ?? rootFrom)(leaf, proof.siblings))
  const subject = {
    claim: { ...proof, digest },
    hashes: { root, leaf: toHex(leaf), digest: toHex(digest) },
    document,
  }
  const { chainId, registry } = proof
  const own = await readPlace(subject, { chainId, registry }, options)
  const lost = isLost(own.state)
  if (!lost && standingOf(own) !== 'active') return own
  const migrated = await readMigrated(subject, { chainId, registry }, options)
  if (lost) return migrated ?? own
  return migrated && standingOf(migrated) !== 'active' ? { ...own, successor: migrated.state } : own
}

function standingOf({ state }: PlacedAnchor): string | undefined {
  return typeof state === 'object' && 'verification' in state
    ? state.verification.standing
    : undefined
}
