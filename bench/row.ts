import { type Bound, boundText, type Goal, type GoalKey, goals, isMet } from './goal.ts'

/** How one goal fares. Of a goal that was not measured, `why` says why; then there are no numbers. */
export interface Row {
  readonly name: string
  readonly what: string
  readonly ours: number | undefined
  readonly peer: number | undefined
  /** Of `ours` and `peer`. */
  readonly unit: string
  /** What is held against the goal: ours by the peer's, or ours alone where the goal is a quantity. */
  readonly ratio: number | undefined
  readonly goal: string
  readonly met: boolean | undefined
  readonly note: string
  readonly why?: string
}

/** Two sides and how they were measured. */
export interface Sides {
  readonly ours: number
  readonly peer: number
  readonly unit: string
  readonly note: string
}

/** The goal is a ratio in which more is better for us: our rate by theirs, or their time by ours. */
export function ratioRow(key: GoalKey, sides: Sides, ratio = sides.ours / sides.peer): Row {
  return judged(key, sides, ratio)
}

/** The goal bounds what we take, by itself. */
export function quantityRow(key: GoalKey, ours: number, unit: string, note: string): Row {
  return judged(key, { ours, peer: undefined, unit, note }, ours)
}

function judged(
  key: GoalKey,
  sides: Omit<Sides, 'peer'> & { readonly peer: number | undefined },
  ratio: number,
): Row {
  const { name, what, bound, unit } = goals[key] as Goal
  const { ours, peer, note } = sides
  const met = isMet(bound as Bound, ratio)
  return {
    name,
    what,
    ours,
    peer,
    unit: sides.unit,
    ratio,
    goal: boundText(bound, unit),
    met,
    note,
  }
}

export function unmeasured(key: GoalKey, why: string): Row {
  const { name, what, bound, unit } = goals[key] as Goal
  const none = { ours: undefined, peer: undefined, ratio: undefined, met: undefined }
  return { name, what, unit: '', goal: boundText(bound, unit), note: '', why, ...none }
}
