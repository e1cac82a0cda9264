/** A stretch of the calendar (UTC), in milliseconds; `until` is the first moment after it. */
export interface Period {
  readonly from: number
  readonly until: number
}

const hour = 3_600_000
const day = 24 * hour
/** 1970 began on a Thursday. */
const firstMonday = 4 * day

const fewest = 12
const most = 48

/** Each gives the beginning of the period `count` periods after the one that a time lies in. */
const units = [
  ...[1, 6].map((hours) => (time: number, count: number) => {
    const length = hours * hour
    return (Math.floor(time / length) + count) * length
  }),
  (time: number, count: number) => (Math.floor(time / day) + count) * day,
  (time: number, count: number) =>
    firstMonday + (Math.floor((time - firstMonday) / (7 * day)) + count) * 7 * day,
  ...[1, 3, 12, 60, 240, 1200].map((months) => (time: number, count: number) => {
    const date = new Date(time)
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth()
    const first = (Math.floor(month / months) + count) * months
    return Date.UTC(Math.floor(first / 12), first % 12)
  }),
]

/**
 * The calendar between two times in at most 48 equal periods: hours, days, weeks, months, quarters or years. At least twelve, so that a
 * log that has just begun is not one column; they go back from `last`.
 */
export function periodsBetween(first: number, last: number): readonly Period[] {
  for (const [i, start] of units.entries()) {
    const isLast = i === units.length - 1
    if (!isLast && start(first, most - 1) <= start(last, 0) - 1) continue
    const periods: Period[] = []
    for (let back = 0; back < most; back++) {
      const from = start(last, -back)
      periods.unshift({ from, until: start(last, 1 - back) })
      if (from <= first && periods.length >= fewest) break
    }
    return periods
  }
  return []
}
