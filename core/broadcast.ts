import { fromHex, toHex } from './bytes.ts'
import { type Endpoint, tellingFailure } from './endpoint.ts'
import { messageOf } from './error.ts'
import { keccak256 } from './hash.ts'

const known = /already known|known transaction|already (?:been )?imported|already exists/i

/**
 * Hands a signed transaction to every endpoint; resolves with its hash as soon as one has it. Safe to call twice.
 *
 * Rejects with what tells most where none takes it.
 */
export async function broadcast(
  endpoints: readonly Endpoint[],
  params: readonly unknown[],
): Promise<string> {
  const hash = toHex(keccak256(fromHex(String(params[0]))))
  const send = async ({ label, ask }: Endpoint): Promise<string> => {
    try {
      const answer = await ask('eth_sendRawTransaction', params)
      if (String(answer).toLowerCase() === hash) return hash
    } catch (thrown) {
      if (known.test(messageOf(thrown))) return hash
      throw thrown
    }
    throw new Error(`${label} answers a transaction with the hash of another`)
  }
  try {
    return await Promise.any(endpoints.map(send))
  } catch (thrown) {
    throw tellingFailure((thrown as AggregateError).errors)
  }
}

/**
 * A transaction that any of the endpoints knows, pending ones included, which each node sees for itself; `null` where at least `k`
 * know none.
 */
export async function findTransaction(
  endpoints: readonly Endpoint[],
  k: number,
  params: readonly unknown[],
): Promise<unknown> {
  const unknown = new Error('no endpoint knows the transaction')
  const find = async ({ ask }: Endpoint): Promise<unknown> => {
    const found = await ask('eth_getTransactionByHash', params)
    if (found === null) throw unknown
    return found
  }
  try {
    return await Promise.any(endpoints.map(find))
  } catch (thrown) {
    const { errors } = thrown as AggregateError
    const failures = errors.filter((error) => error !== unknown)
    if (errors.length - failures.length >= k) return null
    throw tellingFailure(failures)
  }
}
