import { ChainUnreadableError, readLatestBlock } from '../core/chain.ts'
import type { StatusPurpose } from '../core/did.ts'
import { statusBits } from '../core/status-list.ts'
import { isAnchored } from './batch-state.ts'
import { type BatchRow, findBatch } from './batches.ts'
import { type ChainStatuses, readStatuses } from './chain-statuses.ts'
import { readAnchor, type ServiceChain } from './chains.ts'
import { findIssuerById } from './issuers.ts'
import { HttpProblem } from './problem.ts'
import type { Service } from './service.ts'
import { type ServedList, signList } from './signed-list.ts'
import { signerOf } from './signing.ts'

/** What the chain says of a whole batch. */
interface BatchStatuses extends ChainStatuses {
  readonly isWithdrawn: boolean
}

/**
 * The status list of a batch for verifiers that know no chain: its bitmaps on the chain as they are now, signed by the issuer.
 *
 * Throws `HttpProblem`: 404 where there is no such batch or nobody here can sign for its issuer, 409 before it is anchored, 503 where
 * the chain cannot be read.
 */
export async function batchStatusList(
  service: Service,
  id: string,
  purpose: StatusPurpose,
  now: number,
): Promise<ServedList> {
  const { config, database, secretBox, chain } = service
  const { db } = database
  const batch = await findBatch(db, id)
  if (!batch) throw new HttpProblem(404, 'batch_unknown', 'There is no such batch here.')
  if (!isAnchored(batch.state)) throw notAnchored()
  const issuer = await findIssuerById(db, batch.issuer_id)
  const signer = issuer && (await signerOf({ db, box: secretBox }, issuer))
  const isHere = batch.chain_id === chain.chainId && batch.registry === chain.registry
  if (!signer || !isHere) throw notServed(batch, isHere)
  const statuses = await shareReading(service.chain, batch)
  return signList(
    signer,
    {
      id: `${config.PUBLIC_BASE_URL}/batches/${id}/status/${purpose}`,
      issuer: issuer.profile.id as string,
      purpose,
      bits: statusBits(endedIndexes(statuses, purpose, batch.size), batch.size),
    },
    now,
  )
}

/** A withdrawn batch is revoked as a whole. */
function endedIndexes(
  { revoked, suspended, isWithdrawn }: BatchStatuses,
  purpose: StatusPurpose,
  size: number,
): Iterable<number> {
  if (purpose === 'suspension') return suspended
  return isWithdrawn ? Array.from({ length: size }, (_, index) => index) : revoked
}

const underWay = new WeakMap<ServiceChain, Map<string, Promise<BatchStatuses>>>()

/** Requests for the same batch that come while the chain is being asked share its answer. */
function shareReading(chain: ServiceChain, batch: BatchRow): Promise<BatchStatuses> {
  const readings = underWay.get(chain) ?? new Map<string, Promise<BatchStatuses>>()
  underWay.set(chain, readings)
  const reading =
    readings.get(batch.id) ??
    readBatch(chain, batch).finally(() => {
      readings.delete(batch.id)
    })
  readings.set(batch.id, reading)
  return reading
}

async function readBatch(chain: ServiceChain, batch: BatchRow): Promise<BatchStatuses> {
  try {
    const { number } = await readLatestBlock(chain.chain, chain.chainId)
    const record = await readAnchor(chain, batch.account, batch.root, number)
    if (!record) throw notAnchored()
    const statuses = await readStatuses(chain, batch, number)
    return { ...statuses, isWithdrawn: record.withdrawnAt > 0 }
  } catch (thrown) {
    if (!(thrown instanceof ChainUnreadableError)) throw thrown
    throw new HttpProblem(
      503,
      'chain_unready',
      'The chain, which has the statuses, cannot be read for now; try again later.',
    )
  }
}

function notAnchored(): HttpProblem {
  return new HttpProblem(
    409,
    'batch_not_anchored',
    'The batch is not anchored yet, so it has no statuses; try again in a minute.',
  )
}

function notServed({ chain_id, registry }: BatchRow, isHere: boolean): HttpProblem {
  const why = isHere
    ? 'The issuer has no key here that a list could be signed with'
    : 'The batch is anchored on another chain than this service reads'
  return new HttpProblem(
    404,
    'status_list_unsigned',
    `${why}, and an unsigned list proves nothing. The statuses stand in the registry ${registry} on chain ${chain_id}, where POST /verify reads them.`,
  )
}
