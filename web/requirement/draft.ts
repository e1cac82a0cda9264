import { canonicalize, type Json, type JsonObject } from '../../core/canonical.ts'
import { isObject } from '../../core/i-json.ts'
import { requirementFormat } from '../../core/pathway/pathway.ts'

/** What the form holds, as it was typed. */
export interface Draft {
  readonly name: string
  readonly description: string
  readonly who: 'accredited' | 'issuers' | 'any'
  /** One on each line. */
  readonly issuers: string
  /** Empty for credentials of any age. */
  readonly years: string
  readonly plain: boolean
  /** How many of the points it takes; empty for all. */
  readonly holds: string
  readonly shared: boolean
  readonly points: readonly Point[]
}

export interface DraftSkill {
  readonly url: string
  readonly name: string
}

/** One clause as it was typed. */
export interface Point {
  readonly kind: PointKind
  readonly amount: string
  readonly eqf: string
  readonly field: string
  readonly subject: string
  /** How old a credential for it may be, where that is another limit than for all. */
  readonly years: string
  readonly label: string
  readonly ids: string
  readonly skills: readonly DraftSkill[]
}

export const pointKinds = ['credits', 'skills', 'achievements', 'components'] as const
export type PointKind = (typeof pointKinds)[number]

export const emptyDraft: Draft = {
  name: '',
  description: '',
  who: 'accredited',
  issuers: '',
  years: '',
  plain: false,
  holds: '',
  shared: true,
  points: [],
}

export function emptyPoint(kind: PointKind): Point {
  const amount = kind === 'achievements' ? '1' : ''
  return {
    kind,
    amount,
    eqf: '',
    field: '',
    subject: '',
    years: '',
    label: '',
    ids: '',
    skills: [],
  }
}

/** What is still missing, by the name of its message and the place of the point, from 1. */
export type Lack = { readonly what: LackName; readonly place?: number }
type LackName = 'name' | 'clause' | 'issuers' | 'amount' | 'ids' | 'skills'

export function lackOf({ name, who, issuers, points }: Draft): Lack | undefined {
  if (name.trim() === '') return { what: 'name' }
  if (who === 'issuers' && linesOf(issuers).length === 0) return { what: 'issuers' }
  if (points.length === 0) return { what: 'clause' }
  for (const [i, point] of points.entries()) {
    const what = lackOfPoint(point)
    if (what) return { what, place: i + 1 }
  }
  return undefined
}

function lackOfPoint({ kind, amount, label, ids, skills }: Point): LackName | undefined {
  if (kind === 'skills') return skills.length === 0 ? 'skills' : undefined
  if (kind === 'achievements' && (linesOf(ids).length === 0 || label.trim() === '')) return 'ids'
  return amount.trim() === '' ? 'amount' : undefined
}

/** The draft as a requirement, for core to parse. */
export function documentOf(draft: Draft): JsonObject {
  const { name, description, who, years, plain, holds, points, shared } = draft
  const clauses = points.map((point) => clauseOf(point, shared))
  const needed = holds === '' ? clauses.length : Number(holds)
  return {
    format: requirementFormat,
    name: name.trim(),
    ...(description.trim() !== '' && { description: description.trim() }),
    every: {
      ...(who === 'accredited' && { accredited: true }),
      ...(who === 'issuers' && { issuers: linesOf(draft.issuers) }),
      ...(who === 'any' && { issuers: 'any' }),
      ...(years !== '' && { within: `P${years}Y` }),
      ...(plain && { plain: true, withoutStatus: true }),
    },
    rule: needed === clauses.length ? { all: clauses } : { any: needed, of: clauses },
  }
}

function clauseOf(point: Point, shared: boolean): JsonObject {
  const { kind, amount, eqf, field, subject, years, label, ids, skills } = point
  if (kind === 'skills') return { skills: skills.map(({ url, name }) => ({ url, name })) }
  const where: JsonObject = {
    ...(kind === 'achievements' && { achievements: linesOf(ids) }),
    ...(eqf !== '' && { eqf: Number(eqf) }),
    ...(field.trim() !== '' && { isced: [field.trim()] }),
    ...(subject.trim() !== '' && { name: subject.trim() }),
    ...(years !== '' && { within: `P${years}Y` }),
  }
  return {
    [kind === 'credits' ? 'credits' : 'components']: Number(amount),
    ...(Object.keys(where).length > 0 && { where }),
    ...(shared && { shared: true }),
    ...(label.trim() !== '' && { label: label.trim() }),
  }
}

/** A requirement as a draft; `undefined` where it has more in it than the form can show. */
export function draftOf(document: JsonObject): Draft | undefined {
  const { name, description, every = {}, rule } = document
  if (!isObject(every) || !isObject(rule) || typeof name !== 'string') return undefined
  const clauses = rule['all'] ?? rule['of']
  if (!Array.isArray(clauses)) return undefined
  const { issuers, within, plain } = every
  const draft: Draft = {
    name,
    description: textOf(description),
    who: every['accredited'] === true ? 'accredited' : issuers === 'any' ? 'any' : 'issuers',
    issuers: Array.isArray(issuers) ? issuers.join('\n') : '',
    years: yearsOf(within),
    plain: plain === true,
    holds: rule['any'] === undefined ? '' : String(rule['any']),
    shared: clauses.some((clause) => isObject(clause) && clause['shared'] === true),
    points: clauses.map(pointOf),
  }
  return canonicalize(documentOf(draft)) === canonicalize(document) ? draft : undefined
}

function pointOf(clause: Json): Point {
  const object = isObject(clause) ? clause : {}
  const where = isObject(object['where'] ?? null) ? (object['where'] as JsonObject) : {}
  const { achievements, eqf, isced, name, within } = where
  const kind: PointKind =
    object['credits'] !== undefined
      ? 'credits'
      : object['skills'] !== undefined
        ? 'skills'
        : achievements === undefined
          ? 'components'
          : 'achievements'
  const skills = Array.isArray(object['skills']) ? (object['skills'] as readonly Json[]) : []
  return {
    kind,
    amount: String(object['credits'] ?? object['components'] ?? ''),
    eqf: eqf === undefined ? '' : String(eqf),
    field: Array.isArray(isced) ? textOf(isced[0]) : '',
    subject: textOf(name),
    years: yearsOf(within),
    label: textOf(object['label']),
    ids: Array.isArray(achievements) ? achievements.join('\n') : '',
    skills: skills.map((skill) =>
      isObject(skill)
        ? { url: textOf(skill['url']), name: textOf(skill['name']) }
        : { url: textOf(skill), name: textOf(skill) },
    ),
  }
}

function yearsOf(within: Json | undefined): string {
  return /^P(\d{1,2})Y$/.exec(textOf(within))?.[1] ?? ''
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
