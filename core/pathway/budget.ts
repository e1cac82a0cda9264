/** What one evaluation may still compute. */
export interface Budget {
  /** Throws `OutOfSteps` when it is used up. */
  readonly spend: (steps: number) => void
}

/** The search was given up: nothing is known about whether there is a solution. */
export class OutOfSteps extends Error {
  override readonly name = 'OutOfSteps'
}

/** Counted in steps and never in time, so that every machine gives up at the same place. */
export function makeBudget(steps: number): Budget {
  let left = steps
  return {
    spend: (spent) => {
      left -= spent
      if (left < 0) throw new OutOfSteps('the search has used up its steps')
    },
  }
}
