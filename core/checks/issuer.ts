import { didPkh, didWebUrl, parseDidPkh } from '../did.ts'
import { messageOf } from '../error.ts'
import type { Evidence } from '../evidence.ts'
import type { ParsedCredential } from '../format.ts'
import { isObject } from '../i-json.ts'
import { namesAccount } from '../issuer-account.ts'
import type { AnchorProof } from '../proof.ts'
import type { ProofResult } from '../proof-set.ts'
import { answering, type Check, type Reading } from '../report.ts'
import { isNamedBy, type Signatures } from '../signatures.ts'
import type { Readers } from '../verify.ts'

const answer = answering('issuer')

/**
 * Is the issuer that the credential names the one that signed it, and is the account that anchored the issuer's? Format rules 10, 14.
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
  if (proof && anchor) return checkAccount(credential, evidence, proof, isSigned, readers)
  if (isSigned) {
    return answer('valid', 'issuer_key', `It is signed with a key of ${issuerId} itself.`)
  }
  return answer(
    'skipped',
    'no_anchor_account',
    'No anchor was read, so there is no account to compare the issuer with.',
  )
}

/** Is the account that anchored controlled by the issuer that the credential names? */
async function checkAccount(
  { issuerId, document }: ParsedCredential,
  { accreditation }: Evidence,
  proof: AnchorProof,
  isSigned: boolean,
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
  if (accreditation?.issuerDid === issuerId) {
    return answer(
      'valid',
      'issuer_accredited_did',
      `The accreditation on chain says that ${proof.issuer} is ${issuerId}.`,
    )
  }
  const anchored = { chainId: proof.chainId, address: proof.issuer }
  if (isSigned && namesAccount(document['issuer'], anchored)) {
    return answer(
      'valid',
      'issuer_account_signed',
      `${issuerId} signed that ${proof.issuer}, which anchored the batch, is its own account.`,
    )
  }
  const url = didWebUrl(issuerId)
  if (url) return checkDidWeb(issuerId, url, proof, readers)
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

async function checkDidWeb(
  did: string,
  url: string,
  proof: AnchorProof,
  readers: Readers,
): Promise<Check> {
  const read = [{ what: `DID document of ${did}`, from: url }]
  try {
    const document = await readers.document(url)
    if (!isObject(document) || document['id'] !== did) {
      return answer(
        'invalid',
        'did_document_mismatch',
        `The document at ${url} is not the one of ${did}.`,
        read,
      )
    }
    return accountsOf(document).includes(`eip155:${proof.chainId}:${proof.issuer.toLowerCase()}`)
      ? answer(
          'valid',
          'issuer_did_web',
          `${did} lists ${proof.issuer}, which anchored the batch, as its own.`,
          read,
        )
      : mismatch(did, proof, read)
  } catch (thrown) {
    return answer(
      'indeterminate',
      'did_document_unreachable',
      `The document of ${did} could not be read: ${messageOf(thrown).slice(0, 200)}. Try again later.`,
      read,
    )
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
