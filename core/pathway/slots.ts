import type { Budget } from './budget.ts'

/**
 * Demands that are filled by single components: `capacity` of them at most, each through one of the demand's places, which takes `room`.
 *
 * “Any two of A, B, C” is one demand of capacity 2 with three places of room 1; “three electives” is one of capacity 3 with one place of room 3.
 */
export interface Demand {
  readonly capacity: number
  readonly places: readonly Place[]
}

export interface Place {
  readonly room: number
  /** Numbers of the components that fit. */
  readonly fitting: readonly number[]
}

/** Where a component counts: numbers of the demand and of the place in it. */
export interface Seat {
  readonly demand: number
  readonly place: number
}

/**
 * Seats components one after another, each where all seated before keep a seat (augmenting paths). The components that can be seated at the same
 * time form a gammoid, which is a matroid: so the number seated is the greatest there is, and of all such sets the one that is seated comes
 * first in the order in which components are offered.
 */
export function seatAll(
  demands: readonly Demand[],
  order: readonly number[],
  budget: Budget,
): ReadonlyMap<number, Seat> {
  const seats = new Map<number, Seat>()
  const sitting = demands.map(({ places }) => places.map(() => new Set<number>()))
  const counts = demands.map(() => 0)

  const leave = (component: number): void => {
    const seat = seats.get(component)
    if (!seat) return
    sitting[seat.demand]?.[seat.place]?.delete(component)
    counts[seat.demand] = (counts[seat.demand] as number) - 1
    seats.delete(component)
  }
  const sit = (component: number, demand: number, place: number): true => {
    leave(component)
    sitting[demand]?.[place]?.add(component)
    counts[demand] = (counts[demand] as number) + 1
    seats.set(component, { demand, place })
    return true
  }
  /** By component, the places that it fits, wherever they are. */
  const fits = new Map<number, (readonly [demand: number, place: number])[]>()
  for (const [d, { places }] of demands.entries()) {
    for (const [p, { fitting }] of places.entries()) {
      budget.spend(1 + fitting.length)
      for (const component of fitting) {
        const known = fits.get(component)
        if (known) known.push([d, p])
        else fits.set(component, [[d, p]])
      }
    }
  }
  const hasRoom = (d: number, p: number) =>
    (sitting[d]?.[p]?.size ?? 0) < (demands[d]?.places[p]?.room ?? 0)
  const isOpen = (d: number, p: number) =>
    hasRoom(d, p) && (counts[d] ?? 0) < (demands[d]?.capacity ?? 0)

  const offer = (component: number, seen: Set<string>): boolean => {
    const places = fits.get(component) ?? []
    budget.spend(1 + places.length)
    const free = places.find(([d, p]) => isOpen(d, p))
    if (free) return sit(component, ...free)
    for (const [d, p] of places) {
      budget.spend(1)
      if (seen.has(`${d}/${p}`)) continue
      seen.add(`${d}/${p}`)
      const here = sitting[d]?.[p] as Set<number>
      const isFull = hasRoom(d, p) && !seen.has(`${d}`)
      if (isFull) seen.add(`${d}`)
      // Where the demand is full one of its components, wherever in it, has to find a seat elsewhere; else one of this place.
      const others = isFull ? (sitting[d] as Set<number>[]).flatMap((set) => [...set]) : [...here]
      for (const other of others) {
        if (other !== component && offer(other, seen) && isOpen(d, p)) return sit(component, d, p)
      }
    }
    return false
  }
  const most = demands.reduce((sum, { capacity }) => sum + capacity, 0)
  for (const component of order) {
    if (seats.size === most) break
    if (fits.has(component)) offer(component, new Set())
  }
  return seats
}
