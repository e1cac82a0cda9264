import { readLatestBlock } from '../core/chain.ts'
import type { BatchRow } from './batches.ts'
import { readAnchor, type ServiceChain } from './chains.ts'
import { HttpProblem } from './problem.ts'
import { SendError, sendError } from './send-error.ts'
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
    if (role === 'anchor') await requireFreeRoot(chain, batch, sender.operator)
  } catch (thrown) {
    throw problemOfSend(thrown)
  }
  return sender
}

/** A root is anchored once and for good: with another size, no transaction makes it this batch's. */
async function requireFreeRoot(
  chain: ServiceChain,
  { account, root, size }: BatchRow,
  operator: string,
): Promise<void> {
  const record = await readAnchorNow(chain, account, Uint8Array.from(root)).catch((thrown) => {
    throw sendError(thrown, operator)
  })
  if (!record || record.size === size) return
  throw new HttpProblem(
    409,
    'anchor_size_mismatch',
    `The registry holds the root of this batch with size ${record.size}, but the batch has ${size} credentials. A root is anchored once: issue the batch anew.`,
  )
}

async function readAnchorNow(chain: ServiceChain, account: string, root: Uint8Array) {
  const { number } = await readLatestBlock(chain.chain, chain.chainId)
  return readAnchor(chain, account, root, number)
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
