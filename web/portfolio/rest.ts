/** How long long work may keep the page from answering its visitor. */
const mostMs = 30

/** Lets the page answer in between; to be awaited often in work that takes long. */
export function createRest(): () => Promise<void> {
  let rested = performance.now()
  return async () => {
    if (performance.now() - rested < mostMs) return
    await new Promise((resolve) => setTimeout(resolve))
    rested = performance.now()
  }
}
