import { ChainUnreadableError } from '../chain.ts'
import type { Evidence } from '../evidence.ts'
import { type AnchorEvidence, answering, type Check } from '../report.ts'
import type { Trust } from '../trust.ts'

const answer = answering('anchor')

/** Is the batch anchored, where, by whom and how finally? */
export function checkAnchor(evidence: Evidence, trust: Trust): Check {
  const { proof, statusIds, state } = evidence
  if (!proof) {
    return statusIds.length > 0
      ? answer(
          'invalid',
          'anchor_missing',
          'It names a registry that must know it, but its anchor proof was left out.',
        )
      : answer('skipped', 'no_anchor', 'It is not anchored on a chain and does not claim to be.')
  }
  if (state === 'chain_untrusted') {
    return answer(
      'indeterminate',
      'chain_untrusted',
      `It is anchored on chain ${proof.chainId}, which the trust file of this verifier does not name.`,
    )
  }
  if (state === 'chain_unknown' || state === undefined) {
    return answer(
      'indeterminate',
      'chain_unknown',
      `It is anchored on chain ${proof.chainId}, for which this verifier has no endpoint. Name one and check again.`,
    )
  }
  if (state === 'registry_untrusted') {
    return answer(
      'invalid',
      'registry_untrusted',
      `It is anchored in ${proof.registry}, a contract whose word this verifier does not trust.`,
    )
  }
  if (state instanceof ChainUnreadableError) {
    return answer(
      'indeterminate',
      state.code,
      `The chain could not be read: ${state.message}. Try again later.`,
    )
  }
  const { verification, read } = state
  if (!evidence.anchor) {
    return answer(
      'invalid',
      'anchor_unknown',
      `${proof.issuer} has anchored nothing in this registry.`,
      read,
    )
  }
  if (verification.standing === 'unknown') {
    return answer(
      'invalid',
      'status_index_out_of_range',
      `Its status index ${proof.statusIndex} is beyond the batch's size of ${verification.record.size}.`,
      read,
    )
  }
  if (evidence.anchor.testNetwork && !trust.acceptTestNetworks) {
    return answer(
      'invalid',
      'test_network_refused',
      `It is anchored on ${evidence.anchor.chainName}, a test network, which this verifier does not accept.`,
      read,
    )
  }
  return answer('valid', 'anchored', describe(evidence.anchor), read)
}

function describe({
  chainName,
  testNetwork,
  issuer,
  anchoredAt,
  finality,
  sequence,
  migratedFrom,
}: AnchorEvidence): string {
  const network = testNetwork ? `${chainName} (a test network)` : chainName
  const moved = migratedFrom
    ? ` It names registry ${migratedFrom.registry} on chain ${migratedFrom.chainId}, which cannot be read here; its issuer signed that it moved the batch.`
    : ''
  return `Anchored on ${network} by ${issuer} at ${anchoredAt}, as its batch number ${sequence}; the anchor is ${finality}.${moved}`
}
