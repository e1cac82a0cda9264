import type { JsonObject } from '../../core/canonical.ts'
import { type Competencies, competenciesOf } from '../../core/competencies/competencies.ts'
import { InvalidInputError } from '../../core/error.ts'
import { type MatchReport, matchPresented } from '../../core/match.ts'
import type { Requirement } from '../../core/pathway/pathway.ts'
import { type PresentationTerms, readTerms } from '../../core/presentation-terms.ts'
import { type Presented, verifyPresented } from '../../core/presented.ts'
import { type PresentedStack, verifyPresentedStacks } from '../../core/presented-stacks.ts'
import type { Question } from '../../core/question.ts'
import type { KnownPerson } from '../../core/same-holder.ts'
import { type SignedFor, signedForOf } from '../../core/signed-for.ts'
import { type Asked, makeReaders } from '../readers.ts'
import { addAsked } from '../run.ts'
import type { Settings } from '../settings.ts'

/**
 * Where a question comes from. `asked`: this browser made it. `opened`: whoever checks opened it. `brought`: it came along with the answer, and
 * whoever answers chose it.
 */
export type QuestionSource = 'asked' | 'opened' | 'brought'

/** What is checked, and what whoever checks knows about it. */
export interface Task {
  readonly presentation: JsonObject
  readonly question: Question | undefined
  readonly source: QuestionSource | undefined
  /** A requirement without a challenge. */
  readonly requirement: Requirement | undefined
  readonly person: KnownPerson | undefined
  /** Whoever checks said: it is made for me, and my question is the one that came along. */
  readonly isConfirmed: boolean
}

/** Everything that was found out about a presentation. */
export interface Outcome {
  readonly task: Task
  readonly presented: Presented
  readonly terms: PresentationTerms
  readonly signedFor: SignedFor
  readonly match: MatchReport | undefined
  readonly stacks: readonly PresentedStack[]
  readonly competencies: Competencies
  /** Which credential each place of the summary is, from 0. */
  readonly places: readonly number[]
  /** Whether anything is known to be of who presents it. */
  readonly isProved: boolean
  /** Milliseconds since 1970. */
  readonly checkedAt: number
  /** Who was asked something for it. */
  readonly asked: readonly Asked[]
}

export interface Checking {
  readonly settings: Settings
  readonly signal: AbortSignal
  readonly now: number
  readonly onCredential: (verified: number) => void
}

/** Documents that are asked for: keys, pathways and lists of all credentials together. */
const mostDocuments = 64

export async function checkPresentation(
  task: Task,
  { settings, signal, now, onCredential }: Checking,
): Promise<Outcome> {
  let asked: readonly Asked[] = []
  const readers = makeReaders(
    settings,
    signal,
    {
      note: (purpose, origin) => {
        asked = addAsked(asked, purpose, origin)
      },
      onChain: () => undefined,
    },
    mostDocuments,
  )
  const { trust } = settings
  const { presentation, person } = task
  const signedFor = signedForOf(presentation)
  const { challenge, domain } = expectedOf(task, signedFor)
  const options = { readers, trust, now }
  const presented = await verifyPresented(presentation, {
    ...options,
    challenge,
    domain,
    ...(person && { person }),
    onCredential,
  })
  const stacks = await verifyPresentedStacks(presented, options)
  const requirement = task.question?.requirement ?? task.requirement
  // What contradicts its own parts counts for nothing, though by itself it is genuine.
  const refuted = new Set(
    stacks.flatMap(({ at, report }) => (report.verdict === 'invalid' ? [at] : [])),
  )
  const credentials = presented.credentials.map((one, at) =>
    refuted.has(at) ? { ...one, component: undefined } : one,
  )
  const read = presented.credentials.flatMap(({ document, report, told }, at) =>
    document && report && told.holder !== 'other' && !refuted.has(at)
      ? [{ document, report, at }]
      : [],
  )
  // Where nothing is known to be the person's, it is summed up all the same, and the page says what is not known.
  const isProved = presented.credentials.some(({ told }) => told.holder === 'same')
  return {
    task,
    presented,
    terms: termsOf(presentation),
    signedFor,
    match: requirement && matchPresented({ ...presented, credentials }, requirement, now),
    stacks,
    competencies: competenciesOf(read, { now, ...(isProved && { person: presented.person }) }),
    places: read.map(({ at }) => at),
    isProved,
    checkedAt: now,
    asked,
  }
}

/**
 * What must have been signed. Where no question is at hand it is what was signed, so that the signature is checked; whether that was meant for
 * whoever checks is another matter, and said.
 */
function expectedOf({ question }: Task, signedFor: SignedFor) {
  return question ?? { challenge: signedFor.challenge, domain: signedFor.domain }
}

function termsOf(presentation: JsonObject): PresentationTerms {
  try {
    return readTerms(presentation)
  } catch (thrown) {
    // The report says so.
    if (thrown instanceof InvalidInputError) return {}
    throw thrown
  }
}
