/** Takes one of what an address may have in a minute; false where nothing is left. */
export type TakeItem = (address: string) => boolean

const minuteMs = 60_000
/** Addresses are strangers': the one that came first is forgotten first. */
const mostAddresses = 10_000

/** Counts items instead of requests, by address and in windows of a minute; `max` 0 is no limit. `now` is in milliseconds. */
export function createItemRate(max: number, now: () => number): TakeItem {
  const windows = new Map<string, { readonly until: number; taken: number }>()
  return (address) => {
    if (max === 0) return true
    let window = windows.get(address)
    if (!window || now() >= window.until) {
      window = { until: now() + minuteMs, taken: 0 }
      windows.delete(address)
      windows.set(address, window)
      const [first] = windows.keys()
      if (windows.size > mostAddresses && first !== undefined) windows.delete(first)
    }
    if (window.taken >= max) return false
    window.taken += 1
    return true
  }
}
