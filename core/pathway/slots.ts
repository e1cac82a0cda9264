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
  /** By component: whether it fits. */
  readonly fits: readonly boolean[]
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
  const offer = (component: number, seen: Set<string>): boolean => {
    for (const [d, { capacity, places }] of demands.entries()) {
      for (const [p, { room, fits }] of places.entries()) {
        budget.spend(1)
        if (!fits[component] || seen.has(`${d}/${p}`)) continue
        seen.add(`${d}/${p}`)
        const here = sitting[d]?.[p] as Set<number>
        const isOpen = () => here.size < room && (counts[d] as number) < capacity
        if (isOpen()) return sit(component, d, p)
        const isFull = here.size < room && !seen.has(`${d}`)
        if (isFull) seen.add(`${d}`)
        // Where the demand is full one of its components, wherever in it, has to find a seat elsewhere; else one of this place.
        const others = isFull ? (sitting[d] as Set<number>[]).flatMap((set) => [...set]) : [...here]
        for (const other of others) {
          if (other !== component && offer(other, seen) && isOpen()) return sit(component, d, p)
        }
      }
    }
    return false
  }
  for (const component of order) offer(component, new Set())
  return seats
}
