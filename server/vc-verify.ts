import type { JsonObject } from '../core/canonical.ts'
import { checkReceivedModel } from '../core/data-model/credential.ts'
import { isEnveloped } from '../core/data-model/envelope.ts'
import { isLimit, type Problem, problem, problemOf } from '../core/data-model/problem.ts'
import { makeResolver } from '../core/did-resolver.ts'
import { assertJson, isObject } from '../core/i-json.ts'
import { type Opened, openEnvelope } from '../core/jwt/open.ts'
import { type PresentationReport, verifyPresentation } from '../core/presentation.ts'
import { proofsOf } from '../core/proof.ts'
import { type Check, foldVerdict, type Verdict } from '../core/report.ts'
import { type VerifyOptions, verifyCredential } from '../core/verify.ts'
import { makeWork, type Work } from '../core/work.ts'
import { withAllowance } from '../documents/allowance.ts'
import type { Service } from './service.ts'
import { insecure, malformed, problemOfCheck, type VcProblem } from './vc-problems.ts'

/** How a verification over VC-API ends. */
export interface VcVerification {
  readonly verified: boolean
  readonly verdict: Verdict
  /** Code of what decides; `valid` where nothing does. */
  readonly reason: string
  readonly summary: string
  /** What objects; where it is verified, what a verifier should know nevertheless. */
  readonly problemDetails: readonly VcProblem[]
}

/** That the key is not known to be the issuer's. */
const issuerKeyCodes = ['issuer_key_mismatch', 'issuer_key_self_asserted', 'issuer_key_elsewhere']

type Verifier = Pick<Service, 'readers' | 'trust'> & Pick<VerifyOptions, 'work'>

/** What verifies one request: it bounds what that may read and compute, however much it holds. */
export function verifierOf({ readers, trust }: Verifier): Verifier {
  const document = withAllowance(readers.document)
  return { readers: { ...readers, document }, trust, work: makeWork() }
}

/**
 * Verifies a credential as VC-API does: that a key belongs to somebody else than the issuer is told and decides nothing, since
 * issuers there may be named by any URL. `POST /verify` refuses it. The credential is untrusted and may be anything.
 */
export async function verifyOne(
  { readers, trust, work = makeWork() }: Verifier,
  credential: unknown,
  now: number,
): Promise<VcVerification> {
  const opened = openIfEnveloped(credential, work)
  if ('code' in opened) return refused([opened])
  const { document, envelope } = opened
  const problems = await checkReceivedModel(document)
  if (problems.length > 0) return refused(problems)
  const { checks } = await verifyCredential(document, { readers, trust, now, work }, envelope)
  const told = checks.filter(isOnlyTold)
  const decisive = checks.filter((check) => !isOnlyTold(check))
  const verdict = foldVerdict(decisive)
  const objecting = decisive.filter(({ outcome }) => !['valid', 'skipped'].includes(outcome))
  return {
    verified: verdict.verdict === 'valid',
    ...verdict,
    problemDetails: [...objecting, ...told].map(problemOfCheck),
  }
}

/** The credential in an envelope, or what is wrong with it; anything else as it is. */
function openIfEnveloped(
  credential: unknown,
  work: Work,
): Problem | Opened | { readonly document: unknown; readonly envelope?: undefined } {
  if (!isObject(credential) || !isEnveloped(credential)) return { document: credential }
  try {
    const opened = openEnvelope(assertJson(credential) as JsonObject)
    work.spend(opened.document)
    return opened
  } catch (thrown) {
    return problemOf(thrown)
  }
}

function isOnlyTold({ name, code }: Check): boolean {
  return name === 'issuer' && issuerKeyCodes.includes(code)
}

/** Verifies a presentation with every credential in it, each as `verifyOne` does. Untrusted, and may be anything. */
export async function verifyPresented(
  verifier: Verifier,
  presentation: unknown,
  expected: { readonly challenge: string | undefined; readonly domain: string | undefined },
  now: number,
): Promise<VcVerification> {
  if (expected.challenge === undefined && namesChallenge(presentation)) {
    const message = 'the holder signed a challenge: say which one you gave, in options.challenge'
    return refused([problem('challenge_missing', message, '/proof')])
  }
  const results: VcVerification[] = []
  const report = await verifyPresentation(presentation, {
    ...expected,
    now,
    ...(verifier.work && { work: verifier.work }),
    resolveDid: makeResolver(verifier.readers.document),
    verifyCredential: async (credential) => {
      const result = await verifyOne(verifier, credential, now)
      results.push(result)
      return result
    },
  })
  const { verdict, reason, summary } = report
  const problemDetails = problemsOf(report, results)
  return { verified: verdict === 'valid', verdict, reason, summary, problemDetails }
}

/** What is wrong with the presentation itself, and then what is said of each credential in it, with its place. */
function problemsOf(
  { problems, proofs, credentials }: PresentationReport,
  results: readonly VcVerification[],
): readonly VcProblem[] {
  const places = new Set(credentials.map(({ pointer }) => pointer))
  const isForm = proofs.length + credentials.length === 0
  const own = problems.filter(({ pointer }) => !places.has(pointer))
  const inside = credentials.flatMap(({ pointer }, i) =>
    (results[i]?.problemDetails ?? []).map((one) => ({
      ...one,
      pointer: pointer + (one.pointer ?? ''),
    })),
  )
  return [...own.map(isForm ? malformed : insecure), ...inside]
}

/** Whoever does not compare the challenge takes a presentation that somebody overheard for a new one. */
function namesChallenge(presentation: unknown): boolean {
  if (!isObject(presentation)) return false
  return proofsOf(presentation).some((proof) => isObject(proof) && proof['challenge'] !== undefined)
}

function refused(problems: readonly Problem[]): VcVerification {
  const [first] = problems
  return {
    verified: false,
    // What is not read here says nothing against it, as at POST /verify.
    verdict: problems.every(isLimit) ? 'indeterminate' : 'invalid',
    reason: first?.code ?? 'malformed',
    summary: first?.message ?? 'It is malformed.',
    problemDetails: problems.map(malformed),
  }
}
