import type { BatchRow } from './batches.ts'
import type { ServiceChain } from './chains.ts'
import { HttpProblem } from './problem.ts'
import { SendError } from './send-error.ts'
import type { OperatorRole, Sender } from './sender.ts'

/** The sender, if this service may act for the batch's issuer on the batch's registry. Throws `HttpProblem` with the reason. */
export async function requireManaged(
  chain: ServiceChain,
  sender: Sender | undefined,
  batch: BatchRow,
  role: OperatorRole,
): Promise<Sender> {
  if (!sender) {
    throw new HttpProblem(
      409,
      'operator_missing',
      'This service has no operator key: use the batch file and the key of the issuer’s account, or set OPERATOR_KEYSTORE.',
    )
  }
  if (batch.chain_id !== chain.chainId || batch.registry !== chain.registry) {
    throw new HttpProblem(
      409,
      'registry_mismatch',
      `The batch belongs to registry ${batch.registry} on chain ${batch.chain_id}, and this service works with ${chain.registry} on chain ${chain.chainId}.`,
    )
  }
  try {
    await sender.requireRole(batch.account, role)
  } catch (thrown) {
    throw problemOfSend(thrown)
  }
  return sender
}

/** A refusal to send as the caller is told it; anything else as it is. */
export function problemOfSend(thrown: unknown): unknown {
  if (!(thrown instanceof SendError)) return thrown
  const status = thrown.code === 'operator_not_authorised' ? 409 : 503
  return new HttpProblem(status, thrown.code, `${capitalized(thrown.message)}.`)
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
