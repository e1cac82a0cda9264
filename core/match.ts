import type { JsonObject } from './canonical.ts'
import { credentialsOf } from './data-model/presentation.ts'
import { makeResolver } from './did-resolver.ts'
import { equivalenceOf, isStatement } from './equivalence.ts'
import { InvalidInputError, messageOf } from './error.ts'
import { isObject } from './i-json.ts'
import { knowingClaims } from './known-claims.ts'
import { knowingNodes } from './known-nodes.ts'
import { openCredential } from './opened.ts'
import { type Component, componentOf } from './pathway/component.ts'
import type { Equivalence } from './pathway/equivalence.ts'
import { type Evaluation, evaluate } from './pathway/evaluate.ts'
import type { Requirement } from './pathway/pathway.ts'
import { type PresentationReport, verifyPresentation } from './presentation.ts'
import { proofsOf } from './proof.ts'
import type { Report, Verdict } from './report.ts'
import { isAbout, isAboutAnother, type KnownPerson, type SameHolder } from './same-holder.ts'
import { type VerifyOptions, verifyCredential } from './verify.ts'
import { makeWork } from './work.ts'

export interface MatchOptions extends Pick<VerifyOptions, 'readers' | 'trust' | 'now' | 'work'> {
  /** What the verifier gave the holder to sign. */
  readonly challenge?: string | undefined
  readonly domain?: string | undefined
  /** Who the verifier knows the holder to be, for credentials that name an e-mail address only. */
  readonly person?: KnownPerson
}

/** A credential of a presentation. */
export interface MatchedCredential {
  /** Where it stands in the presentation. */
  readonly pointer: string
  readonly id: string
  readonly name: string
  readonly verdict: Verdict
  readonly reason: string
  readonly summary: string
  /** Whether it is of who presents it; absent for statements of equivalence, which are about nobody. */
  readonly holder?: SameHolder
  /** Whether it counts for a clause. */
  readonly counts: boolean
}

/** Which clauses of a requirement the verified credentials of a presentation meet. */
export interface MatchReport extends Pick<Evaluation, 'outcome' | 'clause' | 'missing' | 'asides'> {
  readonly verdict: Verdict
  readonly reason: string
  readonly summary: string
  readonly requirement: string
  /** About the presentation itself: its form and its holder's proof. `unsigned`: nobody signed it, and the verifier knows the holder. */
  readonly presentation: Pick<
    PresentationReport,
    'verdict' | 'reason' | 'summary' | 'problems' | 'holder'
  > & {
    readonly unsigned: boolean
  }
  readonly credentials: readonly MatchedCredential[]
}

interface Read {
  readonly document: JsonObject | undefined
  readonly report: Pick<Report, 'verdict' | 'reason' | 'summary'> & Partial<Report>
}

/**
 * Verifies a presentation with every credential in it, and evaluates a requirement over those that are valid and of its holder. The holder is
 * whose DID signed the presentation, and whom the verifier knows. Never throws for a bad presentation, which is untrusted.
 */
export async function matchPresentation(
  presentation: unknown,
  requirement: Requirement,
  options: MatchOptions,
): Promise<MatchReport> {
  const { now, trust, work = makeWork() } = options
  const read: Read[] = []
  const readers = await knowingClaims(documentsIn(presentation), options.readers, trust)
  const findRoot = knowingNodes()
  const readOne = async (credential: JsonObject): Promise<Read> => {
    try {
      const { document, envelope } = await openCredential(credential)
      const given = { readers, trust, now, findRoot, work }
      return { document, report: await verifyCredential(document, given, envelope) }
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      const { code } = thrown
      const verdict = code === 'envelope_unsupported' ? 'indeterminate' : 'invalid'
      return { document: undefined, report: { verdict, reason: code, summary: messageOf(thrown) } }
    }
  }
  const { challenge, domain } = options
  const report = await verifyPresentation(presentation, {
    challenge,
    domain,
    now,
    work,
    resolveDid: makeResolver(options.readers.document),
    // Each is told by itself: one that is bad does not count, and spoils nothing.
    verifyCredential: async (credential) => {
      read.push(await readOne(credential))
      return { verdict: 'valid', reason: 'valid', summary: '' }
    },
  })
  const told = tellPresentation(report, presentation, options)
  const person = personOf(report, told, options.person)
  const judged = read.map((one, i) => judge(one, report.credentials[i]?.pointer ?? '', person))
  const evaluation = evaluate(
    requirement,
    judged.flatMap(({ component }) => (component ? [component] : [])),
    {
      at: now,
      equivalences: judged.flatMap(({ equivalence }) => (equivalence ? [equivalence] : [])),
    },
  )
  const counted = new Set(evaluation.counted)
  const credentials = judged.map(({ matched, component }) => ({
    ...matched,
    counts: component !== undefined && counted.has(component.id),
  }))
  const { outcome, clause, missing, asides } = evaluation
  return {
    ...fold(told, evaluation, credentials),
    requirement: requirement.name,
    presentation: told,
    outcome,
    clause,
    missing,
    asides,
    credentials,
  }
}

function documentsIn(presentation: unknown): readonly JsonObject[] {
  if (!isObject(presentation as never)) return []
  return credentialsOf(presentation as JsonObject)
    .map(({ credential }) => credential)
    .filter(isObject)
    .slice(0, 100)
}

/** Where nobody asked for a signature and the verifier knows the person, hashes of the address bind the credentials instead. */
function tellPresentation(
  { verdict, reason, summary, problems, holder }: PresentationReport,
  presentation: unknown,
  { challenge, domain, person }: MatchOptions,
): MatchReport['presentation'] {
  const expected = challenge !== undefined || domain !== undefined
  const isUnsigned = problems.length === 1 && reason === 'proof_missing'
  if (isUnsigned && !expected && person?.email !== undefined) {
    const said = 'Nobody signed it; the credentials are compared with whom you know.'
    return {
      verdict: 'valid',
      reason: 'unsigned',
      summary: said,
      problems: [],
      holder,
      unsigned: true,
    }
  }
  // Who does not compare the challenge takes a presentation that somebody overheard for a new one.
  if (verdict === 'valid' && challenge === undefined && namesChallenge(presentation)) {
    const message = 'the holder signed a challenge: say which one you gave'
    const problem = { code: 'challenge_missing', message, pointer: '/proof' }
    return {
      verdict: 'invalid',
      reason: problem.code,
      summary: message,
      problems: [problem],
      holder,
      unsigned: false,
    }
  }
  return { verdict, reason, summary, problems, holder, unsigned: false }
}

function namesChallenge(presentation: unknown): boolean {
  return (
    isObject(presentation as never) &&
    proofsOf(presentation as JsonObject).some(
      (proof) => isObject(proof) && proof['challenge'] !== undefined,
    )
  )
}

/** The DID counts only where its key signed. */
function personOf(
  { proofs }: PresentationReport,
  { verdict, unsigned }: MatchReport['presentation'],
  known: KnownPerson | undefined,
): KnownPerson {
  const signer = verdict === 'valid' && !unsigned ? proofs[0]?.controller : undefined
  const did = signer ?? known?.did
  const email = known?.email
  return { ...(did !== undefined && { did }), ...(email !== undefined && { email }) }
}

function judge({ document, report }: Read, pointer: string, person: KnownPerson) {
  const { verdict, reason, summary } = report
  const id = typeof document?.['id'] === 'string' ? document['id'] : ''
  const matched = { pointer, id, name: report.credential?.name ?? '', verdict, reason, summary }
  if (document === undefined) return { matched, component: undefined, equivalence: undefined }
  if (isStatement(document)) {
    const said = verdict === 'valid' ? equivalenceOf(document, report as Report) : ''
    const equivalence: Equivalence | undefined = typeof said === 'string' ? undefined : said
    return { matched, component: undefined, equivalence }
  }
  const holder = holderOf(document, person)
  const read =
    verdict === 'valid' && holder === 'same' ? componentOf(document, report as Report) : ''
  const component: Component | undefined = typeof read === 'string' ? undefined : read
  return { matched: { ...matched, holder }, component, equivalence: undefined }
}

function holderOf(document: JsonObject, person: KnownPerson): SameHolder {
  if (isAbout(document, person)) return 'same'
  return isAboutAnother(document, person) ? 'other' : 'unproved'
}

function fold(
  presentation: MatchReport['presentation'],
  { outcome, missing }: Evaluation,
  credentials: readonly MatchedCredential[],
): Pick<MatchReport, 'verdict' | 'reason' | 'summary'> {
  if (presentation.verdict !== 'valid') {
    const { verdict, reason, summary } = presentation
    return { verdict, reason, summary }
  }
  if (outcome === 'met') {
    return {
      verdict: 'valid',
      reason: 'valid',
      summary: 'Verified credentials of the holder meet the requirement.',
    }
  }
  if (outcome === 'undecided') {
    const summary = 'Whether the requirement is met takes longer to find out than is spent on it.'
    return { verdict: 'indeterminate', reason: 'rule_undecided', summary }
  }
  const unchecked = credentials.find(({ verdict }) => verdict === 'indeterminate')
  const unproved = credentials.find(
    ({ verdict, holder }) => verdict === 'valid' && holder === 'unproved',
  )
  const lack = `Missing: ${missing.join('; ')}.`
  if (unchecked) {
    const summary = `${unchecked.id} could not be checked: ${unchecked.summary} ${lack}`
    return { verdict: 'indeterminate', reason: unchecked.reason, summary }
  }
  if (unproved) {
    const summary = `Nothing shows that ${unproved.id} is of who presents it; say which e-mail address you know them by. ${lack}`
    return { verdict: 'indeterminate', reason: 'holder_unproved', summary }
  }
  return { verdict: 'invalid', reason: 'requirement_unmet', summary: lack }
}
