import { messageOf } from './error.ts'

// No standard names this refusal: the words are those of public gateways and clients, and of our own reader of answers.
const tooMuch =
  /range|too[ _](?:large|wide|many[ _](?:blocks|logs|results))|more than [\d,]+ (?:results|logs|bytes)|response size|blocks? distance|query timeout|HTTP 413/i
const otherwise =
  /rate.?limit|per second|\/sec\b|too many requests|credits|capacity|head block|invalid block range/i

/**
 * Whether a query for logs was refused because it spans too many blocks or finds too much: fewer blocks may be answered.
 *
 * Codes do not tell: -32005, -32600, -32602 and -32000 are each used for this and for other things.
 */
export function isLogRangeRefusal(thrown: unknown): boolean {
  const message = messageOf(thrown)
  return tooMuch.test(message) && !otherwise.test(message)
}
