/** Gives what was read before under the same key, or has it read. Only for what cannot change under its key. */
export type Remember = <T>(key: string, read: () => Promise<T>) => Promise<T>

/** Reads each time. */
export const rememberNothing: Remember = (_key, read) => read()

/**
 * Remembers the newest `limit` readings. Those who want the same at the same time share one reading; one that failed is made again.
 */
export function rememberNewest(limit: number): Remember {
  const held = new Map<string, Promise<unknown>>()
  return <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const known = held.get(key) as Promise<T> | undefined
    if (known) return known
    const reading = read()
    held.set(key, reading)
    const [oldest] = held.keys()
    if (held.size > limit && oldest !== undefined) held.delete(oldest)
    reading.catch(() => {
      if (held.get(key) === reading) held.delete(key)
    })
    return reading
  }
}

/** As `rememberNewest`, and nothing that was begun to be remembered longer ago than `maxAgeMs`, for what may change. */
export function rememberFor(maxAgeMs: number, limit: number, now: () => number): Remember {
  let since = now()
  let remember = rememberNewest(limit)
  return (key, read) => {
    const age = now() - since
    // A clock that was set back must not make things last.
    if (age < 0 || age >= maxAgeMs) {
      since = now()
      remember = rememberNewest(limit)
    }
    return remember(key, read)
  }
}
