import { InvalidInputError } from './error.ts'

// XML Schema 1.1 dateTimeStamp (VC 2.0 §4.9): the time zone is required.
const dateTimeStamp =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/

/** Credentials of a batch share their times, and a report names the same few as the one before it. */
const knownTimestamps = new Map<unknown, number>()
const known = new Map<number, string>()
const mostKnown = 512

/** Milliseconds since 1970 of an XSD dateTimeStamp; throws `InvalidInputError` for other text and for days that do not exist. */
export function parseTimestamp(text: unknown, pointer: string): number {
  const parsed = knownTimestamps.get(text)
  if (parsed !== undefined) return parsed
  if (typeof text === 'string' && dateTimeStamp.test(text) && dayExists(text)) {
    const time = Date.parse(text)
    if (knownTimestamps.size >= mostKnown) knownTimestamps.clear()
    knownTimestamps.set(text, time)
    return time
  }
  throw new InvalidInputError(
    'time_malformed',
    `expected a time with its zone, for example 2026-06-30T00:00:00Z, found ${JSON.stringify(text)?.slice(0, 60)}`,
    pointer,
  )
}

/** ISO 8601 in UTC, to the second, of seconds since 1970. */
export function formatSeconds(seconds: number): string {
  const whole = Math.floor(seconds)
  const text = known.get(whole) ?? `${new Date(whole * 1000).toISOString().slice(0, -5)}Z`
  if (known.size >= mostKnown) known.clear()
  known.set(whole, text)
  return text
}

/**
 * The moment so long before another, both in milliseconds since 1970: by the calendar in UTC, and on the last day of a month that is too
 * short.
 */
export function calendarBefore(
  time: number,
  { years, months, days }: Readonly<Record<'years' | 'months' | 'days', number>>,
): number {
  const date = new Date(time)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() - 12 * years - months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last) - days)
  return date.getTime()
}

function dayExists(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number]
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
