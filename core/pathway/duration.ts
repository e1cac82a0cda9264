import { InvalidInputError } from '../error.ts'

/** A length of time by the calendar, ISO 8601, such as `P3Y` or `P1Y6M`. */
export interface Duration {
  readonly text: string
  readonly years: number
  readonly months: number
  readonly days: number
}

const pattern = /^P(?=\d)(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,4})D)?$/

/** Throws `InvalidInputError`; hours are no matter of awards. */
export function parseDuration(value: unknown, pointer: string): Duration {
  const found = typeof value === 'string' ? pattern.exec(value) : null
  if (!found) {
    throw new InvalidInputError(
      'duration_malformed',
      'expected a length of time in years, months and days, such as P3Y, P18M or P90D',
      pointer,
    )
  }
  const [years, months, days] = found.slice(1).map((digits) => Number(digits ?? 0))
  return {
    text: value as string,
    years: years as number,
    months: months as number,
    days: days as number,
  }
}

/** For a person: `3 years`, `1 year and 6 months`. */
export function describeDuration({ years, months, days }: Duration): string {
  const parts = [
    [years, 'year'],
    [months, 'month'],
    [days, 'day'],
  ] as const
  const said = parts.flatMap(([n, noun]) => (n > 0 ? [`${n} ${noun}${n === 1 ? '' : 's'}`] : []))
  return said.length === 0 ? '0 days' : said.join(' and ')
}
