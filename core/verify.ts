import type { Json, JsonObject } from './canonical.ts'
import type { Chain } from './chain.ts'
import { checkAccreditation } from './checks/accreditation.ts'
import { checkAnchor } from './checks/anchor.ts'
import { checkFormat } from './checks/format.ts'
import { checkIntegrity } from './checks/integrity.ts'
import { checkIssuer } from './checks/issuer.ts'
import { checkSignature } from './checks/signature.ts'
import { checkStatus } from './checks/status.ts'
import { checkValidity } from './checks/validity.ts'
import { InvalidInputError } from './error.ts'
import { readEvidence } from './evidence.ts'
import type { ParsedCredential } from './format.ts'
import { assertJson, isObject } from './i-json.ts'
import { parseJson } from './json.ts'
import type { FindRoot } from './known-nodes.ts'
import type { Place } from './migration.ts'
import { endorsementsOf } from './open-badges/endorsement.ts'
import type { VerifyEndorsement } from './open-badges/endorsement-verdict.ts'
import { type Check, type CheckName, checkNames, foldVerdict, type Report } from './report.ts'
import { readSignatures, type Signatures } from './signatures.ts'
import { formatSeconds } from './time.ts'
import type { Trust } from './trust.ts'
import { makeWork, type Work } from './work.ts'

/** How a verification reaches the world. Nothing else is read. */
export interface Readers {
  /** The chain of a chain id; `undefined` where no endpoint is known. */
  readonly chain: (chainId: number) => Chain | undefined
  /** A JSON document by its https URL, such as a DID document; throws where it cannot be had. */
  readonly document: (url: string) => Promise<unknown>
  /** Migration records of a batch that was anchored at `from`, format rule 13; they are not trusted, and few are looked at. */
  readonly migrations?: (issuer: string, root: string, from: Place) => Promise<readonly unknown[]>
}

/** What a verification needs beside the credential. `onCheck` is told each check as it settles, in reading order. */
export interface VerifyOptions {
  readonly readers: Readers
  readonly trust: Trust
  /** Milliseconds since 1970. */
  readonly now: number
  readonly onCheck?: (check: Check) => void
  /** How the root of a proof is found, where several credentials of a batch are verified together. */
  readonly findRoot?: FindRoot
  /** The canonical form of a document without its proofs, where it is at hand; `undefined` for any other document. */
  readonly canonicalOf?: (document: JsonObject) => string | undefined
  /** What may be computed, where several credentials are verified together; else each has its own. */
  readonly work?: Work
}

/** What secures a credential from around it, as a JSON Web Token does, instead of within it. */
export interface Envelope {
  /** The credential as the envelope bounds it; throws `InvalidInputError` where the two contradict each other. */
  readonly bound: (credential: ParsedCredential) => ParsedCredential
  readonly readSignature: (
    credential: ParsedCredential,
    options: VerifyOptions,
  ) => Promise<Signatures>
}

/** Parses untrusted bytes and verifies the credential in them; throws `InvalidInputError` where they are not an object in I-JSON. */
export async function verifyBytes(
  bytes: Uint8Array | string,
  options: VerifyOptions,
): Promise<Report> {
  const document = parseJson(bytes)
  if (!isObject(document)) {
    throw new InvalidInputError('not_a_credential', 'expected a credential, which is a JSON object')
  }
  return verifyParsed(document, options)
}

/** As `verifyCredential`, of what `parseJson` gave within `credentialLimits`: nothing in it needs to be looked at again. */
export function verifyParsed(document: JsonObject, options: VerifyOptions): Promise<Report> {
  return verifyWith(document, () => document, options)
}

/**
 * Verifies a credential: asks every question, in reading order, and folds the answers to a verdict.
 *
 * Never throws for a bad credential or a chain that cannot be read: those are answers. `envelope` is what the document came in.
 */
export function verifyCredential(
  document: unknown,
  options: VerifyOptions,
  envelope?: Envelope,
): Promise<Report> {
  return verifyWith(document, () => assertJson(document), options, envelope)
}

/** `read` gives the document as I-JSON within bounds, or throws `InvalidInputError`. */
async function verifyWith(
  document: unknown,
  read: () => Json,
  options: VerifyOptions,
  envelope?: Envelope,
): Promise<Report> {
  const bounded = { ...options, work: options.work ?? makeWork() }
  const report = await verifyAlone(read, bounded, envelope)
  if (!report.credential || !isObject(document)) return { ...report, endorsements: [] }
  const { onCheck: _, ...quiet } = bounded
  const verify = async (endorsement: JsonObject) => {
    const { verdict, reason, summary } = await verifyAlone(() => assertJson(endorsement), quiet)
    return { verdict, reason, summary }
  }
  const { work } = bounded
  const endorsements = await readEndorsements(document as JsonObject, verify, work)
  const award = await readAwardTerms(document as JsonObject)
  return { ...report, endorsements, ...(award && { award }) }
}

/** What an award says that it was made of. The code for it is loaded where there may be one. */
async function readAwardTerms(document: JsonObject) {
  if (document['termsOfUse'] === undefined) return undefined
  const { summarizeAward } = await import('./award-terms.ts')
  return summarizeAward(document)
}

/** The code for them is loaded where there are any. */
async function readEndorsements(document: JsonObject, verify: VerifyEndorsement, work: Work) {
  if (endorsementsOf(document).endorsements.length === 0) return []
  const { verifyEndorsements } = await import('./open-badges/endorsement-verdict.ts')
  return verifyEndorsements(document, verify, work)
}

async function verifyAlone(
  read: () => Json,
  options: VerifyOptions,
  envelope?: Envelope,
): Promise<Omit<Report, 'endorsements'>> {
  const { trust, readers, now } = options
  const checks: Check[] = []
  const settle = (check: Check): boolean => {
    checks.push(check)
    options.onCheck?.(check)
    return check.outcome !== 'invalid'
  }

  const { check: format, credential } = checkFormat(read, envelope)
  settle(format)
  const evidence = credential && (await readEvidence(credential, options))
  if (
    credential &&
    evidence &&
    settle(checkIntegrity(evidence, envelope !== undefined)) &&
    settle(checkAnchor(evidence, trust))
  ) {
    const isAnchored = checks.some(({ name, outcome }) => name === 'anchor' && outcome === 'valid')
    const signatures = await readSignatures(credential, evidence, options, envelope)
    settle(checkSignature(evidence, signatures, isAnchored))
    settle(await checkIssuer(credential, evidence, signatures, readers))
    settle(checkAccreditation(evidence))
    settle(await checkStatus(credential, evidence, options))
  }
  if (credential) {
    for (const name of missing(checks, 'validity')) settle(notReached(name))
    settle(checkValidity(credential, now))
  }
  for (const name of missing(checks)) settle(notReached(name))

  return {
    ...foldVerdict(checks),
    checks,
    credential: credential?.summary,
    anchor: evidence?.anchor,
    accreditation: evidence?.accreditation,
    checkedAt: formatSeconds(now / 1000),
  }
}

function missing(checks: readonly Check[], before?: CheckName): readonly CheckName[] {
  const rest = checkNames.slice(checks.length)
  return before ? rest.slice(0, rest.indexOf(before)) : rest
}

function notReached(name: CheckName): Check {
  return {
    name,
    outcome: 'skipped',
    code: 'not_reached',
    message: 'Not asked, because an earlier check failed.',
    read: [],
  }
}
