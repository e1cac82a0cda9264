import type { ServedList } from './signed-list.ts'

/** A list with what it was made from: while that is the same, so is the list. */
export interface MadeList {
  readonly list: ServedList
  readonly basis: string
}

/** Status lists in memory. */
export interface ListCache {
  /**
   * The list of a URL, as it was at most `freshMs` ago: whoever asks within that time, or while it is being made, gets the same. `make`
   * is given what was made before, and may return that. What it throws everybody gets who waits, and nothing is kept.
   */
  readonly get: (
    url: string,
    make: (last: MadeList | undefined) => Promise<MadeList>,
  ) => Promise<ServedList>
  /** Lists whose URL begins so are made anew when they are asked for, because something changed here. */
  readonly forget: (start: string) => void
}

/** A list is no older than this and the reading of the chain that it is made from (`chain-head.ts`): a second together. */
export const freshMs = 500
const maxEntries = 1_000
const maxBytes = 64 * 1024 * 1024

interface Entry {
  readonly making: Promise<MadeList>
  /** When it began to be made, by `performance.now()`. */
  readonly at: number
  readonly made?: MadeList
  readonly bytes: number
}

/** `now` is in milliseconds and never goes back. The lists that were not asked for longest go first, beyond a thousand or 64 MiB. */
export function createListCache(now = () => performance.now()): ListCache {
  const entries = new Map<string, Entry>()
  let held = 0
  const put = (url: string, entry: Entry) => {
    drop(url)
    entries.set(url, entry)
    held += entry.bytes
    for (const [oldest] of entries) {
      if (entries.size <= maxEntries && held <= maxBytes) break
      drop(oldest)
    }
  }
  const drop = (url: string) => {
    held -= entries.get(url)?.bytes ?? 0
    entries.delete(url)
  }
  return {
    async get(url, make) {
      const known = entries.get(url)
      if (known && (!known.made || now() - known.at < freshMs)) {
        put(url, known)
        return (await known.making).list
      }
      const at = now()
      const making = make(known?.made)
      const entry = { making, at, bytes: known?.bytes ?? 0 }
      put(url, entry)
      try {
        const made = await making
        // Whoever forgot it meanwhile, or has it made again, knows better.
        if (entries.get(url)?.making === making) {
          put(url, { ...entry, made, bytes: sizeOf(made.list) })
        }
        return made.list
      } catch (thrown) {
        if (entries.get(url)?.making === making) drop(url)
        throw thrown
      }
    },
    forget(start) {
      for (const url of entries.keys()) if (url.startsWith(start)) drop(url)
    },
  }
}

function sizeOf({ body, gzip }: ServedList): number {
  return body.length + (gzip?.length ?? 0)
}

const caches = new WeakMap<object, ListCache>()

/** The lists of one service, by its database. */
export function listsOf(db: object): ListCache {
  const lists = caches.get(db) ?? createListCache()
  caches.set(db, lists)
  return lists
}
