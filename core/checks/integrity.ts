import { ChainUnreadableError } from '../chain.ts'
import type { Evidence } from '../evidence.ts'
import { answering, type Check } from '../report.ts'

const integrity = answering('integrity')

/** Is the content what the issuer committed to? Every byte counts: the root follows from the content, the salt and the index. An envelope is a proof, too. */
export function checkIntegrity(evidence: Evidence, isEnveloped = false): Check {
  const { proof, proofProblem, state } = evidence
  if (proofProblem) {
    return integrity(
      'invalid',
      proofProblem.code,
      `Its proof cannot be used: ${proofProblem.message}.`,
    )
  }
  if (!proof) return withoutAnchorProof(evidence, isEnveloped)
  if (!bindsStatus(evidence)) {
    return integrity(
      'invalid',
      'proof_mismatch',
      'Its proof belongs to another credential: registry or status index differ from what the credential names.',
    )
  }
  if (
    state === undefined ||
    state === 'chain_untrusted' ||
    state === 'chain_unknown' ||
    state === 'registry_untrusted' ||
    state instanceof ChainUnreadableError
  ) {
    return integrity(
      'skipped',
      'not_compared',
      'The content is well bound, but the anchor it must match could not be read.',
    )
  }
  if (state.verification.record.anchoredAt === 0 && state.anchorCount === 0) {
    return integrity('skipped', 'not_compared', 'There is no anchor to compare the content with.')
  }
  if (state.verification.record.anchoredAt === 0) {
    return integrity(
      'invalid',
      'tampered',
      `The content matches nothing that ${proof.issuer} ever anchored: it was changed after it was issued, or its batch is not anchored yet.`,
      state.read,
    )
  }
  return integrity(
    'valid',
    'content_matches',
    'The content is, byte for byte, what the issuer committed to.',
    state.read,
  )
}

/** Format rule 8: what names a registry must prove that it is anchored there. */
function withoutAnchorProof({ statusIds, otherProofs }: Evidence, isEnveloped: boolean): Check {
  if (statusIds.length > 0 || otherProofs.length > 0 || isEnveloped) {
    return integrity(
      'skipped',
      'no_anchor_proof',
      'It carries no anchor proof to compare the content with.',
    )
  }
  return integrity(
    'invalid',
    'proof_missing',
    'It carries no proof at all: anybody could have written it.',
  )
}

function bindsStatus({ proof, statusIds }: Evidence): boolean {
  return (
    statusIds.length > 0 &&
    statusIds.every(
      ({ registry, statusIndex }) =>
        registry.chainId === proof?.chainId &&
        registry.address === proof.registry &&
        statusIndex === proof.statusIndex,
    )
  )
}
