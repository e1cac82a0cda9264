import { readAward } from '../award-terms.ts'
import type { JsonObject } from '../canonical.ts'
import { InvalidInputError } from '../error.ts'
import { creditUnits } from '../pathway/credits.ts'
import type { ReadClaim } from './claim.ts'

/** A credential whose credits are in the total. */
export interface CountedCredits {
  readonly at: number
  readonly credits: number
  /** Places of credentials that are parts of this award, for which it stands. */
  readonly standsFor: readonly number[]
}

/**
 * A credential that states credits which are not in the total.
 *
 * `same_component`: `because` says the same. `part_of`: the award `because` was made of it, and counts. `parts_counted`: its parts bring more than
 * it states, and count. `shares_parts`: it was made of something that is in the total already; its other parts count.
 */
export interface UncountedCredits {
  readonly at: number
  readonly credits: number
  readonly why: 'same_component' | 'part_of' | 'parts_counted' | 'shares_parts'
  readonly because?: number
}

/** Credits added up so that nothing is in the total twice. Open Badges knows no unit: people say ECTS. */
export interface CreditTotal {
  readonly total: number
  readonly counted: readonly CountedCredits[]
  readonly uncounted: readonly UncountedCredits[]
  /** Credentials that count and of whose credits nothing is known, with the reason in words. */
  readonly unstated: readonly { readonly at: number; readonly why: string }[]
}

/** What became of a credential: `whole` where it counts itself, and else what it was made of does. */
interface Settled {
  readonly at: number
  readonly units: number
  /** What it binds, as places of credentials that are here and ids of those that are not. */
  readonly bound: readonly (number | string)[]
  /** What it binds and nobody had settled before. */
  readonly parts: number[]
  startedAt: number
  /** When the first of all that lies below it was settled. */
  earliest: number
  next: number
  partUnits: number
  whole: boolean
}

/**
 * Adds up the credits of the credentials that count.
 *
 * An award and what it was made of are one: the award's credits count, or its parts' where these are more. Of awards that share a part only
 * the first counts as a whole, in the order of what they state. Whether a part came along or is only named makes no difference to that.
 */
export function addCredits(claims: readonly ReadClaim[]): CreditTotal {
  const counting = claims.filter(({ claim }) => claim.discount === undefined)
  const settled = settle(counting, bindingsOf(claims, counting))
  const counted: CountedCredits[] = []
  const uncounted: UncountedCredits[] = []
  let units = 0
  for (const root of settled.roots) {
    const open: { readonly one: Settled; readonly award?: CountedParts }[] = [{ one: root }]
    for (let item = open.pop(); item; item = open.pop()) {
      const { one, award } = item
      const { at } = one
      const credits = one.units / creditUnits
      let under = award
      if (award) {
        award.standsFor.push(at)
        if (credits > 0) uncounted.push({ at, credits, why: 'part_of', because: award.at })
      } else if (one.whole) {
        const standsFor: number[] = []
        if (one.parts.length > 0) under = { at, standsFor }
        if (credits > 0) counted.push({ at, credits, standsFor })
        units += one.units
      } else if (credits > 0) {
        const why = one.earliest < one.startedAt ? 'shares_parts' : 'parts_counted'
        uncounted.push({ at, credits, why })
      }
      for (const part of one.parts) {
        open.push({ one: settled.byPlace.get(part) as Settled, ...(under && { award: under }) })
      }
    }
  }
  for (const { claim, component } of claims) {
    const stated = component?.credits.units ?? 0
    if (claim.discount !== 'same_component' || stated === 0) continue
    const credits = stated / creditUnits
    uncounted.push({
      at: claim.at,
      credits,
      why: 'same_component',
      because: claim.sameAs as number,
    })
  }
  return {
    total: units / creditUnits,
    counted: counted.toSorted(byPlace),
    uncounted: uncounted.toSorted(byPlace),
    unstated: counting.flatMap(({ claim: { at }, component }) => {
      const why = component?.credits.problem
      return why === undefined ? [] : [{ at, why }]
    }),
  }
}

interface CountedParts {
  readonly at: number
  readonly standsFor: number[]
}

function byPlace(a: { readonly at: number }, b: { readonly at: number }): number {
  return a.at - b.at
}

/** What each award binds. One component under two ids is one, whichever of them the award names. */
function bindingsOf(claims: readonly ReadClaim[], counting: readonly ReadClaim[]) {
  const places = new Map<string, number>()
  for (const { claim } of claims) {
    const { at, discount, sameAs } = claim
    if (claim.id === '' || (discount !== undefined && sameAs === undefined)) continue
    places.set(claim.id, sameAs ?? at)
  }
  return new Map(
    counting.map(({ claim, document }) => {
      const ids = partIdsOf(document)
      const bound = new Set(ids.map((id) => places.get(id) ?? id))
      bound.delete(claim.at)
      return [claim.at, [...bound]] as const
    }),
  )
}

function partIdsOf(document: JsonObject): readonly string[] {
  try {
    return readAward(document)?.parts.map(({ id }) => id) ?? []
  } catch (thrown) {
    // Malformed terms bind nothing.
    if (thrown instanceof InvalidInputError) return []
    throw thrown
  }
}

/** Each credential is settled once, and without recursion: who binds what is an issuer's word and may go round or deep. */
function settle(
  counting: readonly ReadClaim[],
  bindings: ReadonlyMap<number, readonly (number | string)[]>,
) {
  const units = new Map(
    counting.map(({ claim, component }) => [claim.at, component?.credits.units ?? 0] as const),
  )
  const bound = new Set([...bindings.values()].flat())
  const places = [...units.keys()].toSorted(
    (a, b) =>
      Number(bound.has(a)) - Number(bound.has(b)) ||
      (units.get(b) as number) - (units.get(a) as number),
  )
  const settledAt = new Map<number | string, number>()
  const settled = new Map<number, Settled>()
  const roots: Settled[] = []
  let clock = 0
  const start = (at: number): Settled => {
    const startedAt = clock++
    settledAt.set(at, startedAt)
    const own = { at, units: units.get(at) as number, bound: bindings.get(at) ?? [], parts: [] }
    const state = { startedAt, earliest: startedAt, next: 0, partUnits: 0, whole: false }
    const one: Settled = { ...own, ...state }
    settled.set(at, one)
    return one
  }
  for (const place of places) {
    if (settled.has(place)) continue
    const root = start(place)
    roots.push(root)
    const path = [root]
    for (let one = path.at(-1); one; one = path.at(-1)) {
      const part = one.bound[one.next++]
      if (part !== undefined) {
        const before = settledAt.get(part)
        if (before !== undefined) one.earliest = Math.min(one.earliest, before)
        else if (typeof part === 'number') {
          one.parts.push(part)
          path.push(start(part))
        } else settledAt.set(part, clock++)
        continue
      }
      path.pop()
      one.whole = one.earliest >= one.startedAt && one.units >= one.partUnits
      const above = path.at(-1)
      if (!above) continue
      above.earliest = Math.min(above.earliest, one.earliest)
      above.partUnits += one.whole ? one.units : one.partUnits
    }
  }
  return { roots, byPlace: settled }
}
