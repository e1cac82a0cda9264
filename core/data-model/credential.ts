import type { JsonObject } from '../canonical.ts'
import { assertJson, isObject } from '../i-json.ts'
import { checkContexts, checkContextsDiffer, versionOf } from './context.ts'
import { isEnveloped, unopened } from './envelope.ts'
import { checkId, checkUrlOrObject } from './identifier.ts'
import { checkNames } from './language.ts'
import { checkMeaning, checkMeaningAndNames } from './linked-data.ts'
import { firstProblems, type Problem, type Problems, problem, problemOf } from './problem.ts'
import { checkProofs } from './proof-shape.ts'
import { checkRelatedResources } from './related-resource.ts'
import { checkStatusEntries } from './status-entry.ts'
import { checkSubjects } from './subject.ts'
import { checkTypeIsArray, checkTypeNamed } from './type.ts'
import { checkTypedObjects } from './typed-object.ts'
import { checkPeriod } from './validity.ts'

/**
 * Everything that is wrong with a credential that is to be issued, by the Verifiable Credentials Data Models 2.0 and 1.1; nothing
 * where it may be issued. Never throws for what a JSON value can be: the credential is untrusted, and read within `credentialLimits`.
 *
 * It may carry proofs already: their form is looked at, not what they sign.
 */
export async function checkDataModel(credential: unknown): Promise<readonly Problem[]> {
  const read = readCredential(credential)
  if ('problem' in read) return [read.problem]
  const { document } = read
  const problems = firstProblems(
    checkCredential(document),
    checkContextsDiffer(document['@context']),
    checkTypeIsArray(document),
    checkStatusEntries(document),
  )
  return problems.length > 0 ? problems : checkMeaningAndNames(document)
}

/**
 * Everything that is wrong with a credential that somebody else issued. As `checkDataModel`, but takes what the specifications
 * leave open: `type` as a single text, a context that is named twice, and blank node identifiers within claims.
 */
export async function checkReceivedModel(credential: unknown): Promise<readonly Problem[]> {
  const read = readCredential(credential)
  if ('problem' in read) return [read.problem]
  const problems = firstProblems(checkCredential(read.document))
  return problems.length > 0 ? problems : checkMeaning(read.document)
}

function readCredential(value: unknown) {
  const read = readObject(value, 'credential')
  return 'document' in read && isEnveloped(read.document)
    ? { problem: unopened(read.document, '/type') }
    : read
}

/** An untrusted value as a JSON object within `credentialLimits`, or what keeps it from being one. */
export function readObject(
  value: unknown,
  what: 'credential' | 'presentation',
): { readonly document: JsonObject } | { readonly problem: Problem } {
  try {
    const document = assertJson(value)
    if (isObject(document)) return { document }
  } catch (thrown) {
    return { problem: problemOf(thrown) }
  }
  return { problem: problem(`not_a_${what}`, `expected a ${what}, which is a JSON object`, '') }
}

function* checkCredential(credential: JsonObject): Problems {
  const version = versionOf(credential['@context']) ?? '2.0'
  yield* checkContexts(credential['@context'])
  yield* checkTypeNamed(credential, 'VerifiableCredential')
  yield* checkId(credential, '')
  yield* checkUrlOrObject(credential['issuer'], '/issuer')
  yield* checkSubjects(credential)
  yield* checkPeriod(credential, version)
  yield* checkTypedObjects(credential, version)
  yield* checkProofs(credential)
  if (version === '2.0') yield* checkNewIn20(credential)
}

/** Members that version 1.1 does not define: there they are what a context of the issuer says. */
function* checkNewIn20(credential: JsonObject): Problems {
  yield* checkNames(credential, '')
  const issuer = credential['issuer']
  if (isObject(issuer)) yield* checkNames(issuer, '/issuer')
  yield* checkRelatedResources(credential)
}
