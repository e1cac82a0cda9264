import { type Block, ChainUnreadableError } from '../core/chain.ts'
import type { StatusPurpose } from '../core/did.ts'
import { statusBits } from '../core/status-list.ts'
import { isAnchored } from './batch-state.ts'
import { type BatchRow, findBatch } from './batches.ts'
import { forgetHead, readHeadSoon } from './chain-head.ts'
import { type ChainStatuses, readStatuses } from './chain-statuses.ts'
import { readAnchor, type ServiceChain } from './chains.ts'
import { findIssuerById } from './issuers.ts'
import { listsOf, type MadeList } from './list-cache.ts'
import { HttpProblem } from './problem.ts'
import type { Service } from './service.ts'
import { listBasis, type ServedList, signList } from './signed-list.ts'
import { signerOf } from './signing.ts'

/** What the chain says of a whole batch. */
interface BatchStatuses extends ChainStatuses {
  readonly isWithdrawn: boolean
}

/**
 * The status list of a batch for verifiers that know no chain: its bitmaps on the chain as of a second ago at most, signed by the issuer.
 * While no block comes, and within that second, it is served from memory.
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
  const url = listUrl(service, id, purpose)
  return listsOf(service.database.db).get(url, (last) => makeList(service, id, purpose, now, last))
}

function listUrl({ config }: Pick<Service, 'config'>, id: string, purpose: string): string {
  return `${config.PUBLIC_BASE_URL}/batches/${id}/status/${purpose}`
}

/** A status of the batch changed: its lists are made anew. */
export function forgetLists(service: Service, id: string): void {
  listsOf(service.database.db).forget(listUrl(service, id, ''))
  forgetHead(service.chain)
}

/** The same list as `last` where neither the chain nor the key nor the hour is another one. */
async function makeList(
  service: Service,
  id: string,
  purpose: StatusPurpose,
  now: number,
  last: MadeList | undefined,
): Promise<MadeList> {
  const { database, secretBox, chain } = service
  const { db } = database
  const batch = await findBatch(db, id)
  if (!batch) throw new HttpProblem(404, 'batch_unknown', 'There is no such batch here.')
  if (!isAnchored(batch.state)) throw notAnchored()
  const issuer = await findIssuerById(db, batch.issuer_id)
  const signer = issuer && (await signerOf({ db, box: secretBox }, issuer))
  const isHere = batch.chain_id === chain.chainId && batch.registry === chain.registry
  if (!signer || !isHere) throw notServed(batch, isHere)
  const head = await readable(() => headWith(chain, batch))
  const basis = `${head.hash} ${listBasis(signer, now)}`
  if (last?.basis === basis) return last
  const statuses = await readBatch(chain, batch, head.number)
  const list = await signList(
    signer,
    {
      id: listUrl(service, id, purpose),
      issuer: issuer.profile.id as string,
      purpose,
      bits: statusBits(endedIndexes(statuses, purpose, batch.size), batch.size),
    },
    now,
  )
  return { list, basis }
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

/** A block of which the batch is part: it may have been anchored since the newest one was read. */
async function headWith(chain: ServiceChain, { anchored_at }: BatchRow): Promise<Block> {
  const head = await readHeadSoon(chain)
  if (anchored_at !== null && anchored_at.getTime() / 1000 <= head.time) return head
  forgetHead(chain)
  return readHeadSoon(chain)
}

async function readBatch(
  chain: ServiceChain,
  batch: BatchRow,
  block: number,
): Promise<BatchStatuses> {
  return readable(async () => {
    const record = await readAnchor(chain, batch.account, batch.root, block)
    if (!record) throw notAnchored()
    const statuses = await readStatuses(chain, batch, block)
    return { ...statuses, isWithdrawn: record.withdrawnAt > 0 }
  })
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
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
