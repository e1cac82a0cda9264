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
import { type PresentationReport, verifyPresentation } from './presentation.ts'
import { proofsOf } from './proof.ts'
import type { Report, Verdict } from './report.ts'
import { isAbout, isAboutAnother, type KnownPerson, type SameHolder } from './same-holder.ts'
import { type VerifyOptions, verifyCredential } from './verify.ts'
import { makeWork } from './work.ts'

export interface PresentedOptions
  extends Pick<VerifyOptions, 'readers' | 'trust' | 'now' | 'work'> {
  /** What the verifier gave the holder to sign. */
  readonly challenge?: string | undefined
  readonly domain?: string | undefined
  /** Who the verifier knows the holder to be, for credentials that name an e-mail address only. */
  readonly person?: KnownPerson
  /** Told how many credentials are verified so far, one after the other. */
  readonly onCredential?: (verified: number) => void
}

/** A credential of a presentation, verified by itself. */
export interface PresentedCredential {
  /** Where it stands in the presentation. */
  readonly pointer: string
  readonly id: string
  readonly name: string
  readonly verdict: Verdict
  readonly reason: string
  readonly summary: string
  /** Whether it is of who presents it; absent for statements of equivalence, which are about nobody. */
  readonly holder?: SameHolder
}

/** The same with all that was found out about it. */
export interface JudgedCredential {
  readonly told: PresentedCredential
  /** As it stands in the presentation. */
  readonly credential: JsonObject
  /** What it says; `undefined` where it could not be opened. */
  readonly document: JsonObject | undefined
  readonly report: Report | undefined
  /** Where it is valid and of the holder. */
  readonly component: Component | undefined
  /** Where it is a valid statement. */
  readonly equivalence: Equivalence | undefined
}

/** About a presentation itself: its form and its holder's proof. `unsigned`: nobody signed it, and the verifier knows the holder. */
export interface PresentationStanding
  extends Pick<PresentationReport, 'verdict' | 'reason' | 'summary' | 'problems' | 'holder'> {
  readonly unsigned: boolean
}

/** A presentation with every credential in it, each with a verdict of its own. */
export interface Presented {
  readonly presentation: PresentationStanding
  /** Whose credentials count: whose DID signed, and whom the verifier knows. */
  readonly person: KnownPerson
  readonly credentials: readonly JudgedCredential[]
}

interface Read {
  readonly credential: JsonObject
  readonly document: JsonObject | undefined
  readonly report: Pick<Report, 'verdict' | 'reason' | 'summary'> & Partial<Report>
}

/**
 * Verifies a presentation and every credential in it: one that is bad spoils nothing but itself. The holder is whose DID signed the
 * presentation, and whom the verifier knows. Never throws for a bad presentation, which is untrusted.
 */
export async function verifyPresented(
  presentation: unknown,
  options: PresentedOptions,
): Promise<Presented> {
  const { now, trust, work = makeWork(), challenge, domain } = options
  const read: Read[] = []
  const readers = await knowingClaims(documentsIn(presentation), options.readers, trust)
  const findRoot = knowingNodes()
  const readOne = async (credential: JsonObject): Promise<Read> => {
    try {
      const { document, envelope } = await openCredential(credential)
      const given = { readers, trust, now, findRoot, work }
      const report = await verifyCredential(document, given, envelope)
      return { credential, document, report }
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      const { code } = thrown
      const verdict = code === 'envelope_unsupported' ? 'indeterminate' : 'invalid'
      const report = { verdict, reason: code, summary: messageOf(thrown) } as const
      return { credential, document: undefined, report }
    }
  }
  const report = await verifyPresentation(presentation, {
    challenge,
    domain,
    now,
    work,
    resolveDid: makeResolver(options.readers.document),
    // Each is told by itself: one that is bad does not count, and spoils nothing.
    verifyCredential: async (credential) => {
      read.push(await readOne(credential))
      options.onCredential?.(read.length)
      return { verdict: 'valid', reason: 'valid', summary: '' }
    },
  })
  const standing = standingOf(report, presentation, options)
  const person = personOf(report, standing, options.person)
  const credentials = read.map((one, i) => judge(one, report.credentials[i]?.pointer ?? '', person))
  return { presentation: standing, person, credentials }
}

function documentsIn(presentation: unknown): readonly JsonObject[] {
  if (!isObject(presentation as never)) return []
  return credentialsOf(presentation as JsonObject)
    .map(({ credential }) => credential)
    .filter(isObject)
    .slice(0, 100)
}

/** Where nobody asked for a signature and the verifier knows the person, hashes of the address bind the credentials instead. */
function standingOf(
  { verdict, reason, summary, problems, holder }: PresentationReport,
  presentation: unknown,
  { challenge, domain, person }: PresentedOptions,
): PresentationStanding {
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
  { verdict, unsigned }: PresentationStanding,
  known: KnownPerson | undefined,
): KnownPerson {
  const signer = verdict === 'valid' && !unsigned ? proofs[0]?.controller : undefined
  const did = signer ?? known?.did
  const email = known?.email
  return { ...(did !== undefined && { did }), ...(email !== undefined && { email }) }
}

function judge(
  { credential, document, report }: Read,
  pointer: string,
  person: KnownPerson,
): JudgedCredential {
  const { verdict, reason, summary } = report
  const id = typeof document?.['id'] === 'string' ? document['id'] : ''
  const told = { pointer, id, name: report.credential?.name ?? '', verdict, reason, summary }
  if (document === undefined) {
    const nothing = { report: undefined, component: undefined, equivalence: undefined }
    return { told, credential, document, ...nothing }
  }
  const full = report as Report
  if (isStatement(document)) {
    const said = verdict === 'valid' ? equivalenceOf(document, full) : ''
    const equivalence = typeof said === 'string' ? undefined : said
    return { told, credential, document, report: full, component: undefined, equivalence }
  }
  const holder = holderOf(document, person)
  const read = verdict === 'valid' && holder === 'same' ? componentOf(document, full) : ''
  return {
    told: { ...told, holder },
    credential,
    document,
    report: full,
    component: typeof read === 'string' ? undefined : read,
    equivalence: undefined,
  }
}

function holderOf(document: JsonObject, person: KnownPerson): SameHolder {
  if (isAbout(document, person)) return 'same'
  return isAboutAnother(document, person) ? 'other' : 'unproved'
}
