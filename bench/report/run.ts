import type { Outcome } from '../part.ts'

/** All that was measured in one go. */
export interface Run {
  readonly isQuick: boolean
  readonly machine: string
  readonly date: string
  readonly minutes: number
  readonly parts: readonly MeasuredPart[]
}

export interface MeasuredPart {
  readonly name: string
  readonly outcome: Outcome
  readonly seconds: number
  /** What disturbed it, in words. */
  readonly disturbance: string | undefined
}
