import type { Json, JsonObject } from '../canonical.ts'

/** Credits are added up in ten-thousandths, as whole numbers, so that ten times 0.1 is 1. */
export const creditUnits = 10_000
/** Most that one component or one clause can state. */
export const maxCredits = 100_000

/** What a credential states in credits, or why that counts for nothing. */
export type StatedCredits =
  | { readonly units: number; readonly problem?: undefined }
  | { readonly units?: undefined; readonly problem: string }

/**
 * Credits of an Open Badges 3.0 subject: `creditsEarned`, else the achievement's `creditsAvailable`. What is there and is no number from 0
 * (a text, a negative number) counts for nothing: neither is repaired, nor is the other member taken in its place.
 */
export function creditsOf(subject: JsonObject, achievement: JsonObject): StatedCredits {
  for (const [name, value] of [
    ['creditsEarned', subject['creditsEarned']],
    ['creditsAvailable', achievement['creditsAvailable']],
  ] as const) {
    if (value === undefined) continue
    const units = unitsOf(value)
    if (units !== undefined) return { units }
    return { problem: `its ${name} is ${shown(value)}, which is no number of credits` }
  }
  return { problem: 'it states no credits' }
}

/** Ten-thousandths of a number from 0 with at most four decimals; `undefined` for anything else. */
export function unitsOf(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value >= 0) || value > maxCredits) return undefined
  const units = Math.round(value * creditUnits)
  return Math.abs(units / creditUnits - value) < 1e-9 ? units : undefined
}

export function formatCredits(units: number): string {
  return String(units / creditUnits)
}

function shown(value: Json): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 40)
}
