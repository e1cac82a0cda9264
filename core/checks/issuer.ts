import { didPkh, didWebUrl, parseDidPkh } from '../did.ts'
import type { Evidence } from '../evidence.ts'
import type { ParsedCredential } from '../format.ts'
import { namesAccount } from '../issuer-account.ts'
import { readSite, type Site } from '../issuer-site.ts'
import type { AnchorProof } from '../proof.ts'
import type { ProofResult } from '../proof-set.ts'
import { answering, type Check, type Reading } from '../report.ts'
import { isNamedBy, isWithoutKey, type Signatures } from '../signatures.ts'
import type { Readers } from '../verify.ts'

const answer = answering('issuer')

/**
 * Is the issuer that the credential names the one that signed it, and is the account that anchored the issuer's? Format rules 10, 14, 16.
 *
 * The signatures are those of the signature check; only a valid one speaks for the issuer.
 */
export async function checkIssuer(
  credential: ParsedCredential,
  evidence: Evidence,
  signatures: Signatures,
  readers: Readers,
): Promise<Check> {
  const { issuerId } = credential
  const { results } = signatures
  const own = results.filter((result) => isNamedBy(issuerId, result))
  const other = results.find(
    ({ verificationMethod, stray }) => verificationMethod !== undefined && stray === undefined,
  )
  if (own.length === 0 && other) return keyMismatch(issuerId, other)
  const stray = results.find((result) => result.stray !== undefined)
  if (own.length === 0 && stray) return keyStray(issuerId, stray)
  const isSigned = own.some(({ outcome }) => outcome === 'valid')
  const { proof, anchor } = evidence
  if (proof && anchor) return checkAccount(credential, evidence, proof, own, readers)
  if (isSigned) {
    return answer('valid', 'issuer_key', `It is signed with a key of ${issuerId} itself.`)
  }
  return answer(
    'skipped',
    'no_anchor_account',
    'No anchor was read, so there is no account to compare the issuer with.',
  )
}

/** Is the account that anchored controlled by the issuer that the credential names? `own` are the signatures in the issuer's name. */
async function checkAccount(
  { issuerId, document }: ParsedCredential,
  { accreditation }: Evidence,
  proof: AnchorProof,
  own: readonly ProofResult[],
  readers: Readers,
): Promise<Check> {
  const account = parseDidPkh(issuerId)
  if (account) {
    return account.address === proof.issuer && account.chainId === proof.chainId
      ? answer(
          'valid',
          'issuer_account',
          `The issuer names itself by its account ${proof.issuer}, which anchored the batch.`,
        )
      : mismatch(issuerId, proof)
  }
  const isSigned = own.some(({ outcome }) => outcome === 'valid')
  const anchored = { chainId: proof.chainId, address: proof.issuer }
  const url = didWebUrl(issuerId)
  if (accreditation?.issuerDid === issuerId) {
    if (!url || isSigned) return accredited(issuerId, proof)
    // Its site was read already, for the key.
    const unread = own.find(isWithoutKey)
    return unread
      ? accredited(issuerId, proof, `does not give the key that signed (${said(unread.message)})`)
      : beside(issuerId, proof, await readSite(issuerId, url, anchored, readers))
  }
  if (isSigned && namesAccount(document['issuer'], anchored)) {
    return answer(
      'valid',
      'issuer_account_signed',
      `${issuerId} signed that ${proof.issuer}, which anchored the batch, is its own account.`,
    )
  }
  if (url) {
    const site = await readSite(issuerId, url, anchored, readers)
    return bySite(issuerId, proof, site, accreditation?.issuerDid)
  }
  // Whoever holds a copy could anchor it again, out of reach of a revocation: the issuer must have named the account.
  if (isSigned) {
    return answer(
      'invalid',
      'issuer_account_unbound',
      `${issuerId} signed it, but nowhere names ${proof.issuer}, which anchored it, as its account.`,
    )
  }
  return answer(
    'indeterminate',
    'issuer_unresolvable',
    `Whether ${issuerId} controls ${proof.issuer} cannot be told: this verifier resolves did:pkh, did:web and what an issuer signed.`,
  )
}

/** The accreditation names the DID, so the site can add to it and take nothing away: sites are lost, and their successors may answer anything. */
function beside(did: string, proof: AnchorProof, { answer: says, why, read }: Site): Check {
  return says === 'lists'
    ? answer(
        'valid',
        'issuer_did_web',
        `${did} lists ${proof.issuer}, which anchored the batch, as its own, and the accreditation on chain says the same.`,
        read,
      )
    : accredited(did, proof, why, read)
}

function accredited(
  did: string,
  proof: AnchorProof,
  why?: string,
  read: readonly Reading[] = [],
): Check {
  const says = `The accreditation on chain says that ${proof.issuer} is ${did}.`
  const message =
    why === undefined ? says : `${says} The web site of ${did} ${why}; the accreditation decides.`
  return answer('valid', 'issuer_accredited_did', message, read)
}

/** No accreditation names the DID: then its site alone can. `other` is the DID that an accreditation names instead. */
function bySite(did: string, proof: AnchorProof, site: Site, other = ''): Check {
  const { read, why } = site
  const differs = other === '' ? '' : ` Its accreditation calls the account ${said(other)}.`
  switch (site.answer) {
    case 'lists':
      return answer(
        'valid',
        'issuer_did_web',
        `${did} lists ${proof.issuer}, which anchored the batch, as its own.${differs}`,
        read,
      )
    case 'lists_not':
      return mismatch(did, proof, read)
    case 'other':
      return answer(
        'invalid',
        'did_document_mismatch',
        `The web site of ${did} ${why}, and no accreditation says that ${proof.issuer} is ${did}.${differs}`,
        read,
      )
    case 'unread':
      return answer(
        'indeterminate',
        'did_document_unreachable',
        `The document of ${did} ${why}. No accreditation says whose account ${proof.issuer} is.${differs} Try again later.`,
        read,
      )
  }
}

/** Texts of others, bounded. */
function said(text: string): string {
  return text.slice(0, 200)
}

function keyMismatch(issuerId: string, { verificationMethod }: ProofResult): Check {
  return answer(
    'invalid',
    'issuer_key_mismatch',
    `It names ${issuerId} as its issuer, but was signed with ${verificationMethod}: somebody else's key.`,
  )
}

/** Whoever makes a key can sign in anybody's name with it: the content is whole, and whose it is stays open. */
function keyStray(issuerId: string, { stray, verificationMethod }: ProofResult): Check {
  return stray === 'self_asserted'
    ? answer(
        'indeterminate',
        'issuer_key_self_asserted',
        `It carries the key that it is signed with, and nothing says that it is a key of ${issuerId}.`,
      )
    : answer(
        'indeterminate',
        'issuer_key_elsewhere',
        `It is signed with ${verificationMethod?.slice(0, 200)}, and nothing says that it is a key of ${issuerId}.`,
      )
}

function mismatch(issuerId: string, proof: AnchorProof, read: readonly Reading[] = []): Check {
  const anchored = didPkh({ chainId: proof.chainId, address: proof.issuer })
  return answer(
    'invalid',
    'issuer_account_mismatch',
    `It names ${issuerId} as its issuer, but was anchored by ${anchored}: somebody else's account.`,
    read,
  )
}
