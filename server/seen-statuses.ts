import type { Kysely } from 'kysely'
import type { ChainStatuses } from './chain-statuses.ts'
import { lockStatuses } from './statuses.ts'
import type { CredentialStatus, Tables } from './tables.ts'

interface Standing {
  /** What the issuer asked for. */
  readonly status: CredentialStatus
  /** What the chain says. */
  readonly chain_status: CredentialStatus
}

const active: Standing = { status: 'active', chain_status: 'active' }
const rowsPerStatement = 1000

/**
 * Records the statuses that a batch has on the chain, where nothing of this service is on its way that could explain a difference.
 *
 * What the issuer changed there with a key of its own becomes what it asked for. What was asked for here and is not there stays asked
 * for, and so does every revocation. Changes nothing for a credential whose row changes meanwhile.
 */
export async function recordStatuses(
  db: Kysely<Tables>,
  batchId: string,
  { revoked, suspended }: ChainStatuses,
): Promise<void> {
  const rows = await db
    .selectFrom('credentials')
    .select(['status_index', 'status', 'chain_status'])
    .where('batch_id', '=', batchId)
    .where((where) =>
      where.or([where('status', '<>', 'active'), where('chain_status', '<>', 'active')]),
    )
    .execute()
  const stored = new Map(rows.map((row) => [row.status_index, row]))
  const indexes = new Set([...stored.keys(), ...revoked, ...suspended])
  const changes = [...indexes].flatMap((index) => {
    const before = stored.get(index) ?? active
    const after = standingAfter(before, statusOf(index, { revoked, suspended }))
    const isSame = after.status === before.status && after.chain_status === before.chain_status
    return isSame ? [] : [{ index, before, after }]
  })
  const alike = Map.groupBy(changes, ({ before, after }) =>
    [before.status, before.chain_status, after.status, after.chain_status].join(),
  )
  for (const group of alike.values()) await change(db, batchId, group)
}

function statusOf(index: number, { revoked, suspended }: ChainStatuses): CredentialStatus {
  if (revoked.has(index)) return 'revoked'
  return suspended.has(index) ? 'suspended' : 'active'
}

/** What to remember of a credential that is `now` on the chain. */
export function standingAfter({ status, chain_status }: Standing, now: CredentialStatus): Standing {
  if (now === 'revoked') return { status: now, chain_status: now }
  if (now === chain_status) return { status, chain_status }
  // A revocation cannot be lifted: the chain turned back, and it is to be brought there again.
  const wasWished = status !== chain_status || chain_status === 'revoked'
  return { status: wasWished ? status : now, chain_status: now }
}

async function change(
  db: Kysely<Tables>,
  batchId: string,
  group: readonly {
    readonly index: number
    readonly before: Standing
    readonly after: Standing
  }[],
): Promise<void> {
  for (let first = 0; first < group.length; first += rowsPerStatement) {
    const some = group.slice(first, first + rowsPerStatement)
    const [{ before, after } = { before: active, after: active }] = some
    await db.transaction().execute(async (step) => {
      await lockStatuses(step, batchId)
      await step
        .updateTable('credentials')
        .set({ status: after.status, chain_status: after.chain_status })
        .where('batch_id', '=', batchId)
        .where(
          'status_index',
          'in',
          some.map(({ index }) => index),
        )
        .where('status', '=', before.status)
        .where('chain_status', '=', before.chain_status)
        .execute()
    })
  }
}
