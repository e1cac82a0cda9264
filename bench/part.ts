import type { GoalKey } from './goal.ts'
import type { Plan } from './plan.ts'
import type { Row } from './row.ts'

/** A table or a chart that says more than the goals do. */
export interface Finding {
  readonly title: string
  /** Markdown. */
  readonly notes: string
  readonly head: readonly string[]
  readonly lines: readonly (readonly string[])[]
}

export interface Chart {
  readonly file: string
  readonly title: string
  readonly unit: string
  readonly bars: readonly Bar[]
}

export interface Bar {
  readonly name: string
  readonly value: number
  readonly isOurs: boolean
}

export interface Outcome {
  readonly rows: readonly Row[]
  readonly findings?: readonly Finding[]
  readonly charts?: readonly Chart[]
}

/** Something that is measured in one go, for some of the goals. */
export interface Part {
  readonly name: string
  readonly goals: readonly GoalKey[]
  /** Throws where nothing of it could be measured; then its goals are told as not measured, with the words. */
  readonly measure: (plan: Plan, say: (text: string) => void) => Promise<Outcome>
}
