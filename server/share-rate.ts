import type { Config } from './config.ts'

/** Requests a minute from one address to each route that takes a secret: a person needs a few a view, and whoever guesses should not have many. */
const most = 120

/** The limit of routes that take a secret; none where the service has none. */
export function linkLimit({ RATE_LIMIT }: Config) {
  const limit = { max: Math.min(RATE_LIMIT, most), timeWindow: '1 minute' }
  return { rateLimit: RATE_LIMIT > 0 && limit }
}
