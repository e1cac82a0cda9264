import type { Json, JsonObject } from './canonical.ts'
import { checkPresentationModel, credentialsOf } from './data-model/presentation.ts'
import { isLimit, maxProblems, type Problem, problem, problemOf } from './data-model/problem.ts'
import type { ResolveDid } from './did-resolver.ts'
import { isObject } from './i-json.ts'
import { readTerms } from './presentation-terms.ts'
import { anchorCryptosuite, proofsOf } from './proof.ts'
import { type ProofResult, verifyProofs } from './proof-set.ts'
import type { Report, Verdict } from './report.ts'
import { makeWork, type Work } from './work.ts'

/** What a verification of a presentation needs beside it. `now` is milliseconds since 1970. */
export interface PresentationOptions {
  /**
   * What the verifier gave the holder to sign, so that a presentation that somebody overheard is of no use.
   * `undefined` leaves the comparison out, which is right only where the verifier gave none.
   */
  readonly challenge: string | undefined
  readonly domain: string | undefined
  readonly now: number
  readonly resolveDid: ResolveDid
  /** Verifies one credential, by whatever rules the verifier has. Its form by the data models is checked already, that of an envelope only. */
  readonly verifyCredential: (credential: JsonObject) => Promise<CredentialVerdict>
  /** What may be computed, shared with `verifyCredential`. */
  readonly work?: Work
}

/** How a credential came out; a `Report` is one. */
export type CredentialVerdict = Pick<Report, 'verdict' | 'reason' | 'summary'>

/** How a presentation came out. */
export interface PresentationReport {
  readonly verdict: Verdict
  /** `code` of the problem that decides the verdict; `valid` where there is none. */
  readonly reason: string
  /** One sentence for a person. */
  readonly summary: string
  /** Everything that keeps the presentation from being valid, with the place. */
  readonly problems: readonly Problem[]
  readonly holder: string | undefined
  /** One for each proof of the presentation itself. */
  readonly proofs: readonly ProofResult[]
  /** One for each credential in it, in order; none where the presentation was not even well-formed. */
  readonly credentials: readonly (CredentialVerdict & { readonly pointer: string })[]
}

/** A problem, and whether it is about something that could not be checked. */
type Finding = Problem & { readonly verdict: Exclude<Verdict, 'valid'> }

/**
 * Verifies a presentation: its form, every proof of its holder for `challenge` and `domain`, and every credential in it. One bad
 * credential spoils it, and is named. Never throws for a bad presentation, which is untrusted; one without any proof is invalid.
 */
export async function verifyPresentation(
  presentation: unknown,
  options: PresentationOptions,
): Promise<PresentationReport> {
  const { work = makeWork() } = options
  const malformed = checkCost(presentation, work) ?? (await checkPresentationModel(presentation))
  if (malformed.length > 0) {
    return reportOf(malformed.map(asFinding), { holder: undefined, proofs: [], credentials: [] })
  }
  const document = presentation as JsonObject
  const holder = holderOf(document)
  const proofs = await verifyProofs(document, { ...expectedOf(options), work })
  const credentials: PresentationReport['credentials'][number][] = []
  for (const { credential, pointer } of credentialsOf(document)) {
    const { verdict, reason, summary } = await options.verifyCredential(credential as JsonObject)
    credentials.push({ pointer, verdict, reason, summary })
  }
  const findings = [
    ...findTerms(document, options),
    ...findProofs(document, proofs),
    ...findHolder(document, holder, proofs),
    ...credentials.flatMap(({ verdict, reason, summary, pointer }) =>
      verdict === 'valid' ? [] : [{ ...problem(reason, summary, pointer), verdict }],
    ),
  ]
  return reportOf(findings, { holder, proofs, credentials })
}

/** Each credential is a document of its own, and there may be as many as the bytes hold. */
function checkCost(presentation: unknown, work: Work): readonly Problem[] | undefined {
  if (!isObject(presentation)) return undefined
  try {
    for (const { credential } of credentialsOf(presentation)) work.spend(credential)
    return undefined
  } catch (thrown) {
    return [problemOf(thrown, '/verifiableCredential')]
  }
}

function expectedOf({ challenge, domain, now, resolveDid }: PresentationOptions) {
  return {
    now,
    resolveDid,
    expected: {
      proofPurpose: 'authentication' as const,
      ...(challenge !== undefined && { challenge }),
      ...(domain !== undefined && { domain }),
    },
  }
}

/** What this verifier does not read leaves the verdict open; everything else that is wrong with the form decides it. */
function asFinding(found: Problem): Finding {
  return { ...found, verdict: isLimit(found) ? 'indeterminate' : 'invalid' }
}

/** What the holder says of whom it is for, and until when, binds whoever is honest even where nobody signed it. */
function findTerms(document: JsonObject, { domain, now }: PresentationOptions): readonly Finding[] {
  const invalid = (one: Problem): readonly Finding[] => [{ ...one, verdict: 'invalid' }]
  try {
    const { audience, until } = readTerms(document)
    if (until !== undefined && until < now) {
      return invalid(problem('presentation_expired', 'its holder let it end', '/termsOfUse'))
    }
    if (domain === undefined || audience === undefined || audience === domain) return []
    return invalid(problem('domain_mismatch', 'it is meant for another domain', '/termsOfUse'))
  } catch (thrown) {
    return invalid(problemOf(thrown))
  }
}

function findProofs(document: JsonObject, results: readonly ProofResult[]): readonly Finding[] {
  const proofs = proofsOf(document)
  const pointerOf = (proof: Json) =>
    Array.isArray(document['proof']) ? `/proof/${proofs.indexOf(proof)}` : '/proof'
  if (proofs.length === 0) {
    const message = 'the presentation carries no proof of its holder'
    return [{ ...problem('proof_missing', message, '/proof'), verdict: 'invalid' }]
  }
  const anchors = proofs.filter(isAnchorProof).map((proof): Finding => {
    const message = 'an anchor proof says nothing about who presents; remove it'
    return { ...problem('proof_misplaced', message, pointerOf(proof)), verdict: 'invalid' }
  })
  const others = results.flatMap(({ proof, outcome, code, message }): readonly Finding[] =>
    outcome === 'valid' ? [] : [{ ...problem(code, message, pointerOf(proof)), verdict: outcome }],
  )
  return [...anchors, ...others]
}

function isAnchorProof(proof: Json): boolean {
  return isObject(proof) && proof['cryptosuite'] === anchorCryptosuite
}

/** Whom the presentation names as holder must hold every key that signed it: VC 2.0 §4.13. */
function findHolder(
  document: JsonObject,
  holder: string | undefined,
  results: readonly ProofResult[],
): readonly Finding[] {
  if (holder === undefined) return []
  const other = results.find(({ controller }) => controller !== undefined && controller !== holder)
  if (!other) return []
  const message = `the key of the proof belongs to ${other.controller?.slice(0, 200)}, not to the holder`
  const pointer = isObject(document['holder']) ? '/holder/id' : '/holder'
  return [{ ...problem('holder_key_mismatch', message, pointer), verdict: 'invalid' }]
}

function holderOf(document: JsonObject): string | undefined {
  const holder = document['holder']
  const id: Json | undefined = isObject(holder) ? holder['id'] : holder
  return typeof id === 'string' ? id : undefined
}

function reportOf(
  findings: readonly Finding[],
  read: Pick<PresentationReport, 'holder' | 'proofs' | 'credentials'>,
): PresentationReport {
  const deciding = findings.find(({ verdict }) => verdict === 'invalid') ?? findings[0]
  return {
    verdict: deciding?.verdict ?? 'valid',
    reason: deciding?.code ?? 'valid',
    summary: deciding?.message ?? 'The presentation and every credential in it are genuine.',
    problems: findings
      .slice(0, maxProblems)
      .map(({ code, message, pointer }) => problem(code, message, pointer)),
    ...read,
  }
}
