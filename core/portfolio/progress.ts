import { summarizeAward } from '../award-terms.ts'
import type { JsonObject } from '../canonical.ts'
import type { VerifiedCredential } from '../competencies/claim.ts'
import { equivalenceOf, isStatement } from '../equivalence.ts'
import { pathwayBounds } from '../pathway/bounds.ts'
import { type Component, componentOf } from '../pathway/component.ts'
import type { Equivalence } from '../pathway/equivalence.ts'
import { type Evaluation, evaluate } from '../pathway/evaluate.ts'
import { fitOf } from '../pathway/fit.ts'
import type { Requirement } from '../pathway/pathway.ts'
import type { Leaf, Rule } from '../pathway/rule.ts'
import { isAbout, isAboutAnother, type KnownPerson } from '../same-holder.ts'

/** How far a holder has got on a pathway, or towards a requirement. */
export interface Progress extends Evaluation {
  /** Places of the credentials that count, among those given. */
  readonly places: readonly number[]
  /** Ids of those among them of which nothing here shows that they are the holder's: who asks will want to see that. */
  readonly unproved: readonly string[]
}

/** A rule, and the id of the pathway where it is one. */
type Asked = Pick<Requirement, 'rule' | 'equivalences'> & { readonly id?: string }

/**
 * Evaluates a rule over what a holder keeps. Only what is valid counts, nothing that is somebody else's, and no award towards itself. Of more credentials than a rule
 * is evaluated over, those that fit none of its clauses are left out first.
 */
export function progressOf(
  requirement: Asked,
  held: readonly VerifiedCredential[],
  { now, person }: { readonly now: number; readonly person: KnownPerson },
): Progress {
  const places = new Map<string, number>()
  const components: Component[] = []
  const equivalences: Equivalence[] = []
  for (const [place, { document, report }] of held.entries()) {
    if (report.verdict !== 'valid' || isAboutAnother(document, person)) continue
    if (requirement.id !== undefined && pathwayOf(document) === requirement.id) continue
    const read = isStatement(document)
      ? equivalenceOf(document, report)
      : componentOf(document, report)
    if (typeof read === 'string') continue
    if ('from' in read) equivalences.push(read)
    else if (!places.has(read.id)) {
      places.set(read.id, place)
      components.push(read)
    }
  }
  const chosen = chosenFrom(components, requirement.rule, { at: now, equivalences })
  const evaluation = evaluate(requirement, chosen, { at: now, equivalences })
  const counted = evaluation.counted.map((id) => places.get(id) as number)
  return {
    ...evaluation,
    places: counted,
    unproved: evaluation.counted.filter((id) => {
      const document = held[places.get(id) as number]?.document
      return document !== undefined && !isAbout(document, person)
    }),
  }
}

/** The pathway that a credential was awarded by; `undefined` where it is no award. Malformed terms name none. */
export function pathwayOf(document: JsonObject): string | undefined {
  const summary = summarizeAward(document)
  return summary && 'pathway' in summary ? summary.pathway : undefined
}

function chosenFrom(
  components: readonly Component[],
  rule: Rule,
  context: Parameters<typeof fitOf>[2],
): readonly Component[] {
  if (components.length <= pathwayBounds.components) return components
  const leaves = leavesOf(rule)
  const fits = (one: Component) => leaves.some(({ where }) => fitOf(where, one, context).fits)
  return components.filter(fits).slice(0, pathwayBounds.components)
}

function leavesOf(rule: Rule): readonly Leaf[] {
  return rule.kind === 'all' || rule.kind === 'any' ? rule.rules.flatMap(leavesOf) : [rule]
}
