import type { JsonObject } from '../canonical.ts'
import { InvalidInputError } from '../error.ts'
import { isObject } from '../i-json.ts'
import { membersOf } from '../open-badges/member.ts'
import { parseTimestamp } from '../time.ts'
import type { ReadClaim } from './claim.ts'

/** When something was learned and for how long it is vouched for. Times are milliseconds since 1970. */
export interface TimelineEntry {
  readonly at: number
  /** When the activity began, where the credential says so; else when it was awarded. */
  readonly startedAt: number
  readonly awardedAt: number
  /** End of its validity; `undefined` where it has none. */
  readonly endsAt: number | undefined
}

/** A time in which nothing was learned that anybody vouches for. Its end is the present where nothing follows. */
export interface Gap {
  readonly from: number
  readonly until: number
}

/** What had to be renewed and was not at once, or not at all. */
export interface Lapse {
  /** Place of the credential that ended. */
  readonly at: number
  readonly from: number
  readonly until: number
  /** Place of the one that renewed it; absent where none has. */
  readonly renewedBy?: number
}

export interface Timeline {
  /** By their beginning. */
  readonly entries: readonly TimelineEntry[]
  readonly gaps: readonly Gap[]
  readonly lapses: readonly Lapse[]
}

const day = 86_400_000

/**
 * The time line of the credentials that are genuine and the person's, with those whose validity has ended. A gap is longer than `gapDays`.
 */
export function timelineOf(
  claims: readonly ReadClaim[],
  { now, gapDays }: { readonly now: number; readonly gapDays: number },
): Timeline {
  const placed = claims.filter(({ component, claim }) => component && !isOfAnother(claim))
  const entries = placed.map(entryOf).toSorted((a, b) => a.startedAt - b.startedAt)
  return { entries, gaps: gapsIn(entries, now, gapDays * day), lapses: lapsesIn(placed, now) }
}

function isOfAnother({ holder, discount }: ReadClaim['claim']): boolean {
  return holder === 'other' || discount === 'holder_unproved'
}

function entryOf({ claim, component, document }: ReadClaim): TimelineEntry {
  const from = component?.awardedAt as number
  const awardedAt = timeAt(document, 'awardedDate') ?? from
  const [subject] = membersOf(document, 'credentialSubject', '').map(({ value }) => value)
  const begun = isObject(subject) ? timeAt(subject, 'activityStartDate') : undefined
  const startedAt = Math.min(begun ?? awardedAt, awardedAt)
  return { at: claim.at, startedAt, awardedAt, endsAt: component?.endsAt }
}

/** It is the issuer's text, and another than a time says nothing. */
function timeAt(object: JsonObject, name: string): number | undefined {
  if (object[name] === undefined) return undefined
  try {
    return parseTimestamp(object[name], '')
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return undefined
    throw thrown
  }
}

function gapsIn(entries: readonly TimelineEntry[], now: number, longest: number): readonly Gap[] {
  const gaps: Gap[] = []
  let from: number | undefined
  for (const { startedAt, awardedAt } of [...entries, { startedAt: now, awardedAt: now }]) {
    if (from !== undefined && startedAt - from > longest) gaps.push({ from, until: startedAt })
    from = Math.max(from ?? awardedAt, awardedAt)
  }
  return gaps
}

/** By component: what is the same one is what renews it. */
function lapsesIn(placed: readonly ReadClaim[], now: number): readonly Lapse[] {
  const periods = Map.groupBy(placed, ({ component }) => component?.key)
  return [...periods.values()].flatMap((same) => {
    const lapses: Lapse[] = []
    const sorted = same.toSorted((a, b) => startOf(a) - startOf(b))
    let last: { readonly at: number; readonly endsAt: number } | undefined
    for (const one of sorted) {
      const { at } = one.claim
      const endsAt = one.component?.endsAt ?? Number.POSITIVE_INFINITY
      if (last && last.endsAt < startOf(one)) {
        lapses.push({ at: last.at, from: last.endsAt, until: startOf(one), renewedBy: at })
      }
      if (!last || endsAt > last.endsAt) last = { at, endsAt }
    }
    if (last && last.endsAt < now) lapses.push({ at: last.at, from: last.endsAt, until: now })
    return lapses
  })
}

function startOf({ component }: ReadClaim): number {
  return component?.awardedAt ?? 0
}
