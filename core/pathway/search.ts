import type { Budget } from './budget.ts'
import type { Open } from './problem.ts'
import type { Leaf } from './rule.ts'
import { type Demand, seatAll } from './slots.ts'

type OpenLeaf = Extract<Open, { kind: 'leaf' }>
type OpenAny = Extract<Open, { kind: 'any' }>

/** Which components count for which clause; each for one at most. */
export type Assignment = ReadonlyMap<Leaf, readonly number[]>

/** Clauses that must all hold at once, each with components of its own. */
export interface Chosen {
  /** Clauses that single components fill, and choices between such clauses. */
  readonly seats: readonly (OpenLeaf | OpenAny)[]
  readonly sums: readonly OpenLeaf[]
}

export const nothingChosen: Chosen = { seats: [], sums: [] }

/**
 * Looks for a way in which a rule holds with no component counted twice; `undefined` where there is none. Throws `OutOfSteps`.
 *
 * Choices are tried in the order of the rule. One between clauses that a single component fills is no choice to be tried: seats settle it.
 */
export function search(open: Open, size: number, budget: Budget): Assignment | undefined {
  const visit = (rest: readonly Open[], chosen: Chosen): Assignment | undefined => {
    const [next, ...others] = rest
    if (next === undefined) return assign(chosen, size, budget)
    if (next.kind === 'all') return visit([...next.children, ...others], chosen)
    if (next.kind === 'leaf' || isSeated(next)) return visit(others, withClause(chosen, next))
    const { children, needed, rule } = next
    if (!couldHold(chosen, size, budget)) return undefined
    const [first, ...later] = children
    if (needed === 0 || first === undefined) return needed === 0 ? visit(others, chosen) : undefined
    budget.spend(children.length + chosen.seats.length)
    // With the first of them, and else without: every choice in the order of the rule, and what cannot hold is left at once.
    const left = { kind: 'any', needed: needed - 1, children: later, rule } as const
    const found = visit([first, ...(needed > 1 ? [left] : []), ...others], chosen)
    if (found || later.length < needed) return found
    return visit([{ ...left, needed }, ...others], chosen)
  }
  return visit(choicesLast([open]), nothingChosen)
}

export function withClause({ seats, sums }: Chosen, clause: OpenLeaf | OpenAny): Chosen {
  return clause.kind === 'leaf' && clause.leaf.kind === 'credits'
    ? { seats, sums: [...sums, clause] }
    : { seats: [...seats, clause], sums }
}

/** A choice between clauses of one component each, which needs no search. */
export function isSeated(open: Open): boolean {
  return (
    open.kind === 'any' &&
    open.children.every(
      (child) =>
        child.kind === 'leaf' && child.leaf.kind === 'components' && child.leaf.needed === 1,
    )
  )
}

/** What must hold anyway comes first, so that bad choices are noticed early. */
function choicesLast(rest: readonly Open[]): readonly Open[] {
  const flat = rest.flatMap(function flatten(open): readonly Open[] {
    return open.kind === 'all' ? open.children.flatMap(flatten) : [open]
  })
  const isChoice = (open: Open) => open.kind === 'any' && !isSeated(open)
  return [...flat.filter((open) => !isChoice(open)), ...flat.filter(isChoice)]
}

/** An assignment that fills everything that was chosen, or `undefined`: exact, and in polynomial time for one sum at most. */
function assign(chosen: Chosen, size: number, budget: Budget): Assignment | undefined {
  const { sums } = chosen
  if (sums.length > 1) return assignSums(chosen, size, budget)
  const [sum] = sums
  const order = lightestFirst(sum, size)
  const seated = seat(chosen, order, budget)
  if (!seated) return undefined
  if (!sum) return seated.taken
  const free = order.filter((component) => !seated.used.has(component))
  const counted = enough(sum, free)
  return counted && new Map([...seated.taken, [sum.leaf, counted]])
}

/** Seats take what brings the sum least: of all sets of components that can be seated, the lightest (greedy on a matroid). */
function lightestFirst(sum: OpenLeaf | undefined, size: number): readonly number[] {
  const all = Array.from({ length: size }, (_, i) => i)
  return sum ? all.toSorted((a, b) => (sum.worth[a] as number) - (sum.worth[b] as number)) : all
}

/** The fewest of the free components that reach a sum, the heaviest first; `undefined` where they do not. */
export function enough({ leaf, worth }: OpenLeaf, free: readonly number[]) {
  const needed = leaf.kind === 'skills' ? 0 : leaf.needed
  const counted: number[] = []
  let sum = 0
  for (const component of heaviestFirst(worth, free)) {
    if (sum >= needed) break
    counted.push(component)
    sum += worth[component] as number
  }
  return sum >= needed ? counted : undefined
}

export function heaviestFirst(worth: readonly number[], of: readonly number[]): readonly number[] {
  return of
    .filter((component) => (worth[component] as number) > 0)
    .toSorted((a, b) => (worth[b] as number) - (worth[a] as number) || a - b)
}

/** Fills the seats; `undefined` where one stays empty. */
function seat(chosen: Chosen, order: readonly number[], budget: Budget) {
  const filled = fillSeats(chosen, order, budget)
  return filled.empty.length === 0 ? filled : undefined
}

/** What a clause costs that is seated once more, beside looking for a seat. */
const stepsOfSeat = 20

/** Fills as many seats as can be filled. `empty` says how many of which clause stay empty. */
export function fillSeats({ seats }: Chosen, order: readonly number[], budget: Budget) {
  budget.spend(stepsOfSeat * seats.length)
  const demands = seats.map(demandOf)
  const taken = new Map<Leaf, number[]>()
  const found = seatAll(demands, order, budget)
  const counts = demands.map(() => 0)
  for (const [component, { demand, place }] of found) {
    const leaf = leavesOf(seats[demand] as OpenLeaf | OpenAny)[place] as OpenLeaf
    const list = taken.get(leaf.leaf) ?? []
    taken.set(
      leaf.leaf,
      [...list, component].toSorted((a, b) => a - b),
    )
    counts[demand] = (counts[demand] as number) + 1
  }
  const empty = demands.flatMap(({ capacity }, i) => {
    const missing = capacity - (counts[i] as number)
    return missing > 0 ? [{ clause: seats[i] as OpenLeaf | OpenAny, missing }] : []
  })
  return { taken, used: new Set(found.keys()), empty }
}

/** A search asks for the same ones over and over. */
const demandsOfClauses = new WeakMap<OpenLeaf | OpenAny, Demand>()

function demandOf(clause: OpenLeaf | OpenAny): Demand {
  const known = demandsOfClauses.get(clause)
  if (known) return known
  const made = makeDemand(clause)
  demandsOfClauses.set(clause, made)
  return made
}

function makeDemand(clause: OpenLeaf | OpenAny): Demand {
  const fitting = ({ worth }: OpenLeaf) => worth.flatMap((each, i) => (each > 0 ? [i] : []))
  if (clause.kind === 'any') {
    const places = leavesOf(clause).map((leaf) => ({ room: 1, fitting: fitting(leaf) }))
    return { capacity: clause.needed, places }
  }
  const capacity = clause.leaf.kind === 'skills' ? 0 : clause.leaf.needed
  return { capacity, places: [{ room: capacity, fitting: fitting(clause) }] }
}

function leavesOf(clause: OpenLeaf | OpenAny): readonly OpenLeaf[] {
  return clause.kind === 'leaf' ? [clause] : (clause.children as readonly OpenLeaf[])
}

/** Several sums over the same components are a packing problem: every contested component is tried at each, with dead ends remembered. */
function assignSums(chosen: Chosen, size: number, budget: Budget): Assignment | undefined {
  const { sums } = chosen
  const neededOf = ({ leaf }: OpenLeaf) => (leaf.kind === 'skills' ? 0 : leaf.needed)
  const isSeatable = Array.from({ length: size }, (_, i) =>
    chosen.seats.some((clause) => leavesOf(clause).some(({ worth }) => (worth[i] as number) > 0)),
  )
  const most = (i: number) => Math.max(...sums.map(({ worth }) => worth[i] as number))
  const order = Array.from({ length: size }, (_, i) => i)
    .filter((i) => most(i) > 0)
    .toSorted((a, b) => most(b) - most(a) || a - b)
  const dead = new Set<string>()

  const visit = (
    at: number,
    lacks: readonly number[],
    counted: readonly (readonly number[])[],
  ): Assignment | undefined => {
    budget.spend(10 * sums.length)
    if (lacks.every((lack) => lack <= 0)) return finish(counted)
    const rest = order.slice(at)
    const isHopeless = sums.some(({ worth }, s) => {
      budget.spend(rest.length)
      return rest.reduce((sum, i) => sum + (worth[i] as number), 0) < (lacks[s] as number)
    })
    if (isHopeless) return undefined
    const used = counted.flat().filter((i) => isSeatable[i])
    const key = `${at} ${lacks.map((lack) => Math.max(0, lack))} ${used.toSorted((a, b) => a - b)}`
    if (dead.has(key)) return undefined
    const component = order[at] as number
    const takers = sums.flatMap(({ worth }, s) =>
      (worth[component] as number) > 0 && (lacks[s] as number) > 0 ? [s] : [],
    )
    for (const s of takers) {
      const worth = sums[s]?.worth[component] as number
      const found = visit(
        at + 1,
        lacks.map((lack, i) => (i === s ? lack - worth : lack)),
        counted.map((list, i) => (i === s ? [...list, component] : list)),
      )
      if (found) return found
    }
    // Left out only where something else may want it: for one sum alone, having it is never worse.
    if (takers.length !== 1 || isSeatable[component]) {
      const found = visit(at + 1, lacks, counted)
      if (found) return found
    }
    dead.add(key)
    return undefined
  }
  const finish = (counted: readonly (readonly number[])[]): Assignment | undefined => {
    const used = new Set(counted.flat())
    const free = Array.from({ length: size }, (_, i) => i).filter((i) => !used.has(i))
    const seated = seat(chosen, free, budget)
    if (!seated) return undefined
    const sumsTaken = sums.map(({ leaf }, s) => [leaf, counted[s] ?? []] as const)
    return new Map([...seated.taken, ...sumsTaken])
  }
  return visit(
    0,
    sums.map(neededOf),
    sums.map(() => []),
  )
}

/** Whether what is chosen so far could hold if sums took nothing from one another. */
function couldHold(chosen: Chosen, size: number, budget: Budget): boolean {
  if (chosen.seats.length === 0) return true
  const order = Array.from({ length: size }, (_, i) => i)
  return seat(chosen, order, budget) !== undefined
}
