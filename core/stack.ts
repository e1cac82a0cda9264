import { type BoundAward, readAward } from './award-terms.ts'
import { toHex } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { canonicalForm } from './digest.ts'
import { InvalidInputError, messageOf } from './error.ts'
import { parseCredential } from './format.ts'
import { sha256 } from './hash.ts'
import { knowingClaims } from './known-claims.ts'
import { knowingNodes } from './known-nodes.ts'
import { type HandedIn, type OpenedCredential, openCredential } from './opened.ts'
import { pathwayBounds } from './pathway/bounds.ts'
import { type Budget, makeBudget } from './pathway/budget.ts'
import type { ClauseResult, Evaluation } from './pathway/evaluate.ts'
import type { Pathway } from './pathway/pathway.ts'
import type { AwardPolicy } from './pathway/policy.ts'
import type { Report, Verdict } from './report.ts'
import { compareHolders, isAboutAnother, type KnownPerson } from './same-holder.ts'
import {
  boundOnly,
  dated,
  differing,
  innerStack,
  type JudgedPart,
  judgePart,
  type PartReport,
} from './stack-part.ts'
import { findPathway, parsePathways } from './stack-pathway.ts'
import { judgeStack } from './stack-verdict.ts'
import { type Readers, type VerifyOptions, verifyCredential } from './verify.ts'
import { makeWork } from './work.ts'

/** An award and what came along with it. All of it is untrusted. */
export interface Stack {
  readonly award: HandedIn
  /** Components, their own components where they are awards, and statements, in any order. */
  readonly components: readonly HandedIn[]
  /** Pathways, as JSON that is parsed; one that is missing is read at its id, where that is a URL that the readers may read. */
  readonly pathways?: readonly unknown[]
}

export interface StackOptions extends Pick<VerifyOptions, 'readers' | 'trust' | 'now'> {
  /** Who shows the stack, where the verifier knows: then every part must be theirs. */
  readonly person?: KnownPerson
}

/** What became of the pathway: what came fits the digest in the award, or does not, or nothing came. */
export interface PathwayReport {
  readonly id: string
  readonly name: string | undefined
  readonly policy: AwardPolicy
  readonly state: 'bound' | 'withheld' | 'differs' | 'changed'
  readonly message: string
}

/** How an award and its parts came out. */
export interface StackReport {
  readonly verdict: Verdict
  /** Stable code of what decides; `valid` where nothing objects. */
  readonly reason: string
  /** One sentence for a person. */
  readonly summary: string
  /** About the award by itself. */
  readonly award: Report
  readonly pathway: PathwayReport
  readonly parts: readonly PartReport[]
  /** The rule over the parts that came along, as of the award. `unchecked`: the pathway is not at hand. */
  readonly rule: 'met' | 'unmet' | 'undecided' | 'unchecked'
  readonly clause: ClauseResult | undefined
  readonly missing: readonly string[]
  readonly asides: Evaluation['asides']
  /** What was handed in and belongs to no award in the stack, by its id. */
  readonly strangers: readonly string[]
  /** What must not go unsaid, though it decides nothing. */
  readonly notes: readonly string[]
}

/** Documents and pathways handed in with one award, and how many awards may lie within one another. */
export const stackBounds = { documents: 120, pathways: 20, depth: 6 } as const

/** A document that came along, which is verified once, whoever wants it. */
interface Handed extends OpenedCredential {
  readonly id: string
  readonly digest: string
  isUsed: boolean
  report?: Promise<Report>
  /** As an award so many steps down: whatever awards share it, it is looked into once. */
  readonly stacks: Promise<StackReport>[]
}

/**
 * Verifies an award with its parts: each by itself, that they are what the award binds, that they are of one holder, and that the rule of
 * the pathway holds. The registries are asked about all of them together.
 *
 * Never throws for bad parts. Throws `InvalidInputError` where what is handed in as the award is none, and beyond `stackBounds`.
 */
export async function verifyStack(stack: Stack, options: StackOptions): Promise<StackReport> {
  if (stack.components.length > stackBounds.documents) {
    throw new InvalidInputError(
      'components_too_many',
      `${stack.components.length} documents; at most ${stackBounds.documents} are looked at with one award`,
    )
  }
  if ((stack.pathways?.length ?? 0) > stackBounds.pathways) {
    throw new InvalidInputError(
      'pathways_too_many',
      `${stack.pathways?.length} pathways; at most ${stackBounds.pathways} are looked at with one award`,
    )
  }
  const award = await openCredential(stack.award)
  if (!readAward(award.document)) {
    throw new InvalidInputError(
      'not_an_award',
      'the credential names no pathway, so it is no award',
    )
  }
  const notes: string[] = []
  const handed: Handed[] = []
  for (const [i, component] of stack.components.entries()) {
    try {
      handed.push(toHanded(await openCredential(component)))
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
      notes.push(`Document ${i + 1} could not be read: ${messageOf(thrown)}`)
    }
  }
  const first = toHanded(award)
  const documents = [first, ...handed].map(({ document }) => document)
  const readers = await knowingClaims(documents, options.readers, options.trust)
  const findRoot = knowingNodes()
  const work = makeWork(stackWork)
  const verify = (one: Handed): Promise<Report> => {
    const { trust, now } = options
    const given = { readers, trust, now, findRoot, work }
    one.report ??= verifyCredential(one.document, given, one.envelope)
    return one.report
  }
  const pathways = parsePathways(stack.pathways ?? [])
  const budget = makeBudget(pathwayBounds.steps)
  const context: Context = { handed, pathways, options, verify, budget, readers }
  const report = await verifyWithin(first, context, [])
  const strangers = handed.filter(({ isUsed }) => !isUsed).map(({ id }) => id || 'without an id')
  const unread = strangers.map((id) => `${id} was handed in, and no award here binds it.`)
  return { ...report, strangers, notes: [...notes, ...report.notes, ...unread] }
}

/** Signatures of so many badges: three times as many as one presentation may hold. */
const stackWork = 3

interface Context {
  readonly handed: readonly Handed[]
  readonly pathways: readonly Pathway[]
  /** All rules of the stack are evaluated within it. */
  readonly budget: Budget
  readonly options: StackOptions
  readonly verify: (one: Handed) => Promise<Report>
  readonly readers: Readers
}

function toHanded({ document, envelope }: OpenedCredential): Handed {
  const { id } = document
  return {
    document,
    ...(envelope && { envelope }),
    id: typeof id === 'string' ? id : '',
    digest: toHex(sha256(canonicalForm(document))),
    isUsed: false,
    stacks: [],
  }
}

/** `above` are the ids of the awards that this one is a part of. */
async function verifyWithin(
  award: Handed,
  context: Context,
  above: readonly string[],
): Promise<StackReport> {
  const { options, verify } = context
  const report = await verify(award)
  const bound = readAward(award.document) as BoundAward
  const { validFrom: awardedAt } = timesOf(award.document)
  const ids = [...above, award.id]
  const circular = bound.parts.find(({ id }) => ids.includes(id))
  const { pathway, state } = await findPathway(bound, context.pathways, options.readers)
  const innerOf = async (one: Handed, own: Report) => {
    // One that is no good itself is not looked into: nobody can have that done for nothing.
    if (own.verdict !== 'valid' || !isAward(one.document)) return undefined
    one.stacks[ids.length] ??= verifyWithin(one, context, ids)
    return innerStack(await (one.stacks[ids.length] as Promise<StackReport>))
  }
  const judged: JudgedPart[] = []
  const doubles: string[] = []
  const isTooDeep = above.length >= stackBounds.depth
  for (const part of isTooDeep || circular ? [] : bound.parts) {
    const came = context.handed.filter(({ id }) => id === part.id)
    const fitting = came.find(({ digest }) => digest === toHex(part.digest))
    for (const one of came) one.isUsed = true
    if (fitting && came.some((one) => one !== fitting && one.digest !== fitting.digest)) {
      doubles.push(part.id)
    }
    if (!fitting) {
      judged.push(came.length > 0 ? differing(part) : boundOnly(part))
      continue
    }
    const own = await verify(fitting)
    const holder = compareHolders(award.document, fitting.document, options.person)
    const found = judgePart(part, fitting.document, own, holder, await innerOf(fitting, own))
    judged.push(await dated(found, awardedAt, context.readers))
  }
  return judgeStack({
    report,
    bound,
    pathway,
    pathwayState: state,
    judged,
    awardedAt,
    doubles,
    budget: context.budget,
    nesting: circular ? 'stack_circular' : isTooDeep ? 'stack_too_deep' : undefined,
    isOfAnother: options.person !== undefined && isAboutAnother(award.document, options.person),
  })
}

/** One whose terms are malformed binds nothing that could be looked into. */
function isAward(document: JsonObject): boolean {
  try {
    return readAward(document) !== undefined
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return false
    throw thrown
  }
}

function timesOf(document: JsonObject): { readonly validFrom: number | undefined } {
  try {
    return parseCredential(document)
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return { validFrom: undefined }
    throw thrown
  }
}
