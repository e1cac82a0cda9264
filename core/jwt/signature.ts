import type { JsonObject } from '../canonical.ts'
import { checkMeaning } from '../data-model/linked-data.ts'
import { type Problem, problemOf } from '../data-model/problem.ts'
import { makeResolver } from '../did-resolver.ts'
import { InvalidInputError, messageOf } from '../error.ts'
import type { ParsedCredential } from '../format.ts'
import { requireCrypto } from '../multikey.ts'
import { isUnchecked, type ProofResult } from '../proof-set.ts'
import type { Reading } from '../report.ts'
import type { Signatures } from '../signatures.ts'
import type { VerifyOptions } from '../verify.ts'
import { makeWork, type Work } from '../work.ts'
import { parseAlgorithm, parsePublicKey } from './algorithm.ts'
import { signedAt } from './claims.ts'
import { findTokenKey, maxKidLength, type TokenKey } from './key.ts'
import type { Token } from './token.ts'

/**
 * What linked data says of a document whose every byte is signed: nobody but who signed it could have disguised anything in it. A
 * context that is not pinned, or a term that none defines, leaves the JSON, which is what was signed.
 */
const unaskedMeaning = ['context_unknown', 'json_ld_too_complex', 'json_ld_unsafe']

/** Checks the signature of a token over the credential in it, RFC 7515 §5.2. Never throws for a bad token, which is untrusted. */
export async function verifyToken(
  token: Token,
  credential: ParsedCredential,
  { readers, now, work = makeWork() }: Pick<VerifyOptions, 'readers' | 'now' | 'work'>,
): Promise<Signatures> {
  const read: Reading[] = []
  const readDocument = (url: string) => {
    read.push({ what: 'document of the key that signed', from: url })
    return readers.document(url)
  }
  let key: TokenKey | undefined
  const conclude = (outcome: ProofResult['outcome'], code: string, message: string): Signatures => {
    const { verificationMethod, controller, stray } = key ?? namedIn(token.header)
    const found = { proof: token.header, outcome, code, message, verificationMethod, controller }
    return { results: [{ ...found, ...(stray && { stray }) }], read }
  }
  try {
    requireCrypto()
    const algorithm = parseAlgorithm(token.header)
    key = await findTokenKey(token.header, {
      issuerId: credential.issuerId,
      resolveDid: makeResolver(readDocument),
      readDocument,
    })
    checkInForce(key, signedAt(token.payload) ?? now, now)
    const publicKey = parsePublicKey(key.jwk, algorithm)
    const { compactVerify, errors } = await import('jose')
    try {
      await compactVerify(token.text, publicKey, { algorithms: [algorithm] })
    } catch (thrown) {
      if (thrown instanceof errors.JWSSignatureVerificationFailed) {
        return conclude('invalid', 'signature_invalid', 'the signature does not fit the content')
      }
      throw refusalOf(thrown)
    }
    const problems = await meaningOf(credential.document, work)
    const problem = problems.find(({ code }) => !unaskedMeaning.includes(code))
    if (problem) throw new InvalidInputError(problem.code, problem.message, problem.pointer)
    return conclude('valid', 'signature_valid', `signed with ${key.verificationMethod}`)
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const outcome = isUnchecked(thrown.code) ? 'indeterminate' : 'invalid'
    return conclude(outcome, thrown.code, thrown.message)
  }
}

/** Whose key it would be: a name that was signed speaks against an issuer of another name, also where the key cannot be read. */
function namedIn({
  kid,
}: JsonObject): Pick<TokenKey, 'verificationMethod' | 'controller' | 'stray'> {
  const isDid = typeof kid === 'string' && kid.startsWith('did:') && kid.length <= maxKidLength
  return { verificationMethod: isDid ? kid : undefined, controller: undefined }
}

async function meaningOf(document: JsonObject, work: Work): Promise<readonly Problem[]> {
  try {
    work.spend(document)
  } catch (thrown) {
    return [problemOf(thrown)]
  }
  return checkMeaning(document)
}

/** A retired key keeps what it signed in its time. */
function checkInForce({ expires, revoked }: TokenKey, signed: number, now: number): void {
  if (revoked !== undefined && revoked <= now) {
    throw new InvalidInputError('key_revoked', 'the key was revoked')
  }
  if (expires !== undefined && signed >= expires) {
    throw new InvalidInputError('key_expired', 'the key had expired when it signed')
  }
}

/** Why a key did not even come to check the signature: this computer lacks the algorithm, or the key is no key. */
function refusalOf(thrown: unknown): InvalidInputError {
  const { name, code } = thrown as { readonly name?: string; readonly code?: string }
  if (name === 'NotSupportedError' || code === 'ERR_JOSE_NOT_SUPPORTED') {
    return new InvalidInputError(
      'signature_unsupported',
      `this computer cannot check a signature of its kind: ${messageOf(thrown).slice(0, 200)}`,
    )
  }
  return new InvalidInputError(
    'key_malformed',
    `the key cannot be read: ${messageOf(thrown).slice(0, 200)}`,
  )
}
