import { canonicalize, type Json, type JsonObject } from '../canonical.ts'
import { InvalidInputError, pointerTo } from '../error.ts'
import { sha256 } from '../hash.ts'
import { assertJson, isObject } from '../i-json.ts'
import { parseJson } from '../json.ts'
import { pathwayBounds } from './bounds.ts'
import { type AwardPolicy, awardPolicies } from './policy.ts'
import { parseEvery, parseRule, type Rule } from './rule.ts'
import {
  malformed,
  parseText,
  parseUriText,
  parseWhere,
  refuseUnknown,
  requireIssuers,
  requireObject,
  type Where,
} from './where.ts'

export const pathwayFormat = 'rootmark-pathway-1'
export const requirementFormat = 'rootmark-requirement-1'

/** What somebody asks for: a rule, and whose statements that one achievement counts as another it takes. */
export interface Requirement {
  readonly name: string
  readonly rule: Rule
  /** Whose equivalence statements count; `undefined` for nobody's. */
  readonly equivalences: Where | undefined
  /** Everything in it. */
  readonly document: JsonObject
}

/** A rule by which credentials make up a larger award. */
export interface Pathway extends Requirement {
  readonly id: string
  readonly policy: AwardPolicy
  /** What is awarded, as Open Badges 3.0 has it; `parseAchievement` reads it before anything is issued. */
  readonly achievement: JsonObject
  /** SHA-256 of its canonical form, 32 bytes. */
  readonly digest: Uint8Array
}

const limits = { bytes: pathwayBounds.bytes, depth: 32, values: 20_000 }

/** Parses untrusted bytes; throws `InvalidInputError` with the place. */
export function parsePathwayText(bytes: Uint8Array | string): Pathway {
  return parsePathway(parseJson(bytes, limits))
}

/** Parses an untrusted pathway, docs/pathways.md. Throws `InvalidInputError` with the place. */
export function parsePathway(value: unknown): Pathway {
  const known = ['format', 'id', 'name', 'description', 'version', 'policy', 'achievement']
  const { document, ...requirement } = parseShared(value, pathwayFormat, known)
  const { achievement, policy, id } = document
  if (!awardPolicies.includes(policy as AwardPolicy)) {
    throw malformed(`one of ${awardPolicies.join(', ')}`, policy, '/policy')
  }
  if (!isObject(achievement)) throw malformed('an achievement', achievement, '/achievement')
  parseText(achievement['name'], 400, '/achievement/name')
  return {
    ...requirement,
    document,
    id: parseUriText(id, '/id'),
    policy: policy as AwardPolicy,
    achievement,
    digest: sha256(canonicalize(document)),
  }
}

/** Parses an untrusted requirement, docs/pathways.md. Throws `InvalidInputError` with the place below `pointer`. */
export function parseRequirement(value: unknown, pointer = ''): Requirement {
  return parseShared(value, requirementFormat, ['format', 'name', 'description'], pointer)
}

/** The one text of a pathway, whose digest awards bind. */
export function pathwayText({ document }: Pathway): string {
  return canonicalize(document)
}

function parseShared(
  value: unknown,
  format: string,
  known: readonly string[],
  pointer = '',
): Requirement {
  requireObject(value, pointer)
  refuseSize(value, pointer)
  const document = assertJson(value, limits) as JsonObject
  const at = (name: string) => pointerTo(pointer, name)
  if (document['format'] !== format) {
    throw malformed(`"${format}"`, document['format'], at('format'))
  }
  refuseUnknown(document, [...known, 'every', 'equivalences', 'rule'], pointer)
  const name = parseText(document['name'], 400, at('name'))
  for (const member of ['description', 'version']) {
    if (document[member] !== undefined) parseText(document[member], 10_000, at(member))
  }
  const every = parseEvery(document['every'], at('every'))
  return {
    name,
    rule: parseRule(document['rule'], at('rule'), every),
    equivalences: parseEquivalences(document['equivalences'], at('equivalences')),
    document,
  }
}

/** Whoever is believed about equivalence decides what counts: who that is must be said. */
function parseEquivalences(value: Json | undefined, pointer: string): Where | undefined {
  if (value === undefined) return undefined
  refuseUnknown(requireObject(value, pointer), ['issuers', 'accredited'], pointer)
  const where = parseWhere(value, pointer)
  requireIssuers(where, pointer)
  return where
}

/** Told plainly and before anything is walked: deep input is refused here, not by the stack. */
function refuseSize(value: unknown, pointer: string): void {
  let values = 0
  const visit = (item: unknown, depth: number): void => {
    values += 1
    if (depth > limits.depth || values > limits.values) {
      const what =
        depth > limits.depth ? `${limits.depth} levels deep` : `of ${limits.values} values`
      throw new InvalidInputError(
        'pathway_too_large',
        `it is more than ${what}, and a rule has at most ${pathwayBounds.clauses} clauses that lie at most ${pathwayBounds.depth} deep`,
        pointer,
      )
    }
    if (typeof item !== 'object' || item === null) return
    for (const child of Object.values(item)) visit(child, depth + 1)
  }
  visit(value, 0)
}
