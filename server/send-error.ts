import { isError } from 'ethers'
import { ChainUnreadableError } from '../core/chain.ts'
import { messageOf } from '../core/error.ts'
import { registryInterface } from './chains.ts'

export type SendProblem =
  | 'insufficient_funds'
  | 'operator_not_authorised'
  | 'fee_above_ceiling'
  | 'nonce_occupied'
  | 'chain_unreadable'
  | 'transaction_refused'
  | 'transaction_pending'

/** A transaction that was not sent, or whose fate is unknown yet (`transaction_pending`). */
export class SendError extends Error {
  override readonly name = 'SendError'
  readonly code: SendProblem

  constructor(code: SendProblem, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** What a node means by refusing a transaction. */
export type Refusal =
  | 'known'
  | 'nonce_too_low'
  | 'replacement_underpriced'
  | 'insufficient_funds'
  | 'refused'

/** As geth, Nethermind, Besu, Erigon, Reth, anvil and Hardhat word it. */
const words: readonly (readonly [RegExp, Refusal])[] = [
  [/already known|known transaction|already (?:been )?imported|already exists/i, 'known'],
  [/nonce (?:is )?too low|nonce too low|old ?nonce|nonce has already been used/i, 'nonce_too_low'],
  [
    /replacement|replacing|could not replace|same nonce|with this nonce|already in pool/i,
    'replacement_underpriced',
  ],
  [
    /insufficient (?:funds|balance)|have enough funds|upfront cost|balance too low/i,
    'insufficient_funds',
  ],
]

export function refusalOf(message: string): Refusal {
  return words.find(([pattern]) => pattern.test(message))?.[1] ?? 'refused'
}

export function notAuthorised(operator: string): SendError {
  return new SendError(
    'operator_not_authorised',
    `the issuer's account has not authorised the operator ${operator} on chain, or no longer; call setOperator with the issuer's key`,
  )
}

export function withoutFunds(operator: string): SendError {
  return new SendError(
    'insufficient_funds',
    `the operator ${operator} has no funds to pay the fee; send it some and try again`,
  )
}

export function pending(hash: string): SendError {
  return new SendError(
    'transaction_pending',
    `transaction ${hash} is signed and not included yet; it will be watched`,
  )
}

export function tooMuchGas(most: bigint): SendError {
  return new SendError(
    'transaction_refused',
    `one transaction would cost more than ${most} gas, the MAX_TRANSACTION_GAS of this service`,
    'gas',
  )
}

/** Whether a transaction is too large to be sent as one, also as nodes say it that refuse to estimate as much. */
export function isTooMuchGas(thrown: unknown): boolean {
  if (thrown instanceof SendError) return thrown.cause === 'gas'
  if (isError(thrown, 'CALL_EXCEPTION') && thrown.data) return false
  const { info } = thrown as { readonly info?: unknown }
  return /gas required exceeds|out of gas|gas limit|gas too high/i.test(
    nodeMessage(info) + nodeMessage(thrown),
  )
}

/** Any failure while a transaction is prepared, by name; what the database throws stays as it is. */
export function sendError(thrown: unknown, operator: string): unknown {
  if (thrown instanceof SendError || isFromDatabase(thrown)) return thrown
  if (thrown instanceof ChainUnreadableError) {
    return new SendError('chain_unreadable', thrown.message, thrown)
  }
  if (isError(thrown, 'INSUFFICIENT_FUNDS')) return withoutFunds(operator)
  if (isError(thrown, 'CALL_EXCEPTION')) {
    const reason = thrown.data ? registryInterface.parseError(thrown.data)?.name : undefined
    if (reason === 'NotAuthorized' || reason === 'OperatorExpired') return notAuthorised(operator)
    const said = reason ?? thrown.shortMessage
    return new SendError('transaction_refused', `the registry refuses: ${said}`, thrown)
  }
  const said = nodeMessage(thrown).slice(0, 300)
  if (refusalOf(said) === 'insufficient_funds') return withoutFunds(operator)
  return new SendError('chain_unreadable', said, thrown)
}

/** PostgreSQL names a severity with every error; a connection that is lost is the driver's. */
function isFromDatabase(thrown: unknown): boolean {
  return (
    thrown instanceof Error && ('severity' in thrown || /terminat|Client|pool/.test(thrown.message))
  )
}

/** What the node said, without the library's wrapping, which repeats the whole request. */
function nodeMessage(thrown: unknown): string {
  const { error } = (thrown ?? {}) as { readonly error?: { readonly message?: unknown } }
  return typeof error?.message === 'string' ? error.message : messageOf(thrown)
}
