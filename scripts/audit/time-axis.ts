/** A line of the axis: its time in milliseconds and its words. */
export interface Tick {
  readonly time: number
  readonly label: string
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const maxTicks = 8

const inWords = (format: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...format })
  return (date: Date) => formatter.format(date)
}
const clock = (date: Date) => date.toISOString().slice(11, 16)
const dayAndMonth = inWords({ day: 'numeric', month: 'short' })
const dayAndClock = (date: Date) => `${dayAndMonth(date)} ${clock(date)}`
const monthAndYear = inWords({ month: 'short', year: 'numeric' })

const steps = [
  ...[1, 5, 15, 30].map((count) => ({ length: count * minute, label: clock })),
  ...[1, 3, 6, 12].map((count) => ({ length: count * hour, label: dayAndClock })),
  ...[1, 2, 7].map((count) => ({ length: count * day, label: dayAndMonth })),
]
const monthSteps = [1, 3, 6, 12, 24, 60, 120, 600]

/** Round times between two others, few enough to be read. */
export function ticksBetween(from: number, to: number): readonly Tick[] {
  const step = steps.find(({ length }) => (to - from) / length <= maxTicks)
  if (step) {
    const first = Math.ceil(from / step.length)
    const count = Math.floor(to / step.length) - first + 1
    return Array.from({ length: count }, (_, i) => {
      const time = (first + i) * step.length
      return { time, label: step.label(new Date(time)) }
    })
  }
  const months = monthSteps.find((each) => (to - from) / (each * 30.4 * day) <= maxTicks) ?? 1200
  return monthTicks(from, to, months)
}

function monthTicks(from: number, to: number, months: number): readonly Tick[] {
  const ticks: Tick[] = []
  const start = new Date(from)
  const first = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months
  for (let month = first; ; month += months) {
    const time = Date.UTC(Math.floor(month / 12), month % 12)
    if (time > to) return ticks
    if (time < from) continue
    const label = months % 12 === 0 ? String(Math.floor(month / 12)) : monthAndYear(new Date(time))
    ticks.push({ time, label })
  }
}
