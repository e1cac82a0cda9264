import { partOf } from './award.ts'
import { type BoundPart, maxParts } from './award-terms.ts'
import type { JsonObject } from './canonical.ts'
import { equivalenceOf, isStatement } from './equivalence.ts'
import { InvalidInputError } from './error.ts'
import type { Budget } from './pathway/budget.ts'
import { type Component, componentOf } from './pathway/component.ts'
import type { Equivalence } from './pathway/equivalence.ts'
import { type ClauseResult, type Evaluation, evaluate } from './pathway/evaluate.ts'
import type { Pathway } from './pathway/pathway.ts'
import type { Report } from './report.ts'
import { isAbout, type KnownPerson } from './same-holder.ts'

/** A credential or statement that was handed in for an award, and the report about it. */
export interface Presented {
  readonly document: JsonObject
  readonly report: Report
}

/** Whether somebody gets an award. */
export interface Qualification extends Evaluation {
  /** What the award binds: the components that count, and the statements by which they do. */
  readonly parts: readonly BoundPart[]
  /** What was not even looked at by the rule, and why. */
  readonly refused: readonly { readonly id: string; readonly why: string }[]
}

/**
 * Evaluates a pathway for one person over what they hand in. Only what is valid now counts, and of the credentials only those that are about
 * this person: by their DID, or by the hash of their e-mail address. `at` is when the award is made, `budget` what may be computed.
 */
export function qualify(
  pathway: Pathway,
  person: KnownPerson,
  presented: readonly Presented[],
  at: number,
  budget?: Budget,
): Qualification {
  const refused: { id: string; why: string }[] = []
  const components: Component[] = []
  const equivalences: Equivalence[] = []
  const documents = new Map<string, JsonObject>()
  for (const { document, report } of presented) {
    const read = take(document, report, person)
    const isRepeated = typeof read !== 'string' && documents.has(read.id)
    const taken = isRepeated ? 'it was given twice' : read
    const id = typeof document['id'] === 'string' ? document['id'].slice(0, 200) : 'without an id'
    if (typeof taken === 'string') refused.push({ id, why: taken })
    else {
      documents.set(taken.id, document)
      if ('from' in taken) equivalences.push(taken)
      else components.push(taken)
    }
  }
  const evaluation = evaluate(pathway, components, {
    at,
    equivalences,
    ...(budget && { budget }),
  })
  const ids = new Set([...evaluation.counted, ...statementsIn(evaluation.clause)])
  if (evaluation.outcome === 'met' && ids.size > maxParts) {
    throw new InvalidInputError(
      'components_too_many',
      `an award binds at most ${maxParts} parts, and this one would bind ${ids.size}`,
    )
  }
  const parts = [...ids].map((id) => partOf(documents.get(id) as JsonObject))
  return { ...evaluation, parts, refused }
}

function take(
  document: JsonObject,
  report: Report,
  person: KnownPerson,
): Component | Equivalence | string {
  const { verdict, reason, summary } = report
  if (verdict !== 'valid') return `${summary} [${reason}]`
  if (isStatement(document)) return equivalenceOf(document, report)
  if (!isAbout(document, person)) return 'it is about somebody else, or does not say about whom'
  return componentOf(document, report)
}

function statementsIn({ components, rules }: ClauseResult): readonly string[] {
  return [...components.flatMap(({ by }) => (by ? [by.id] : [])), ...rules.flatMap(statementsIn)]
}
