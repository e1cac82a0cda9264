import { type Desk, transactionCount } from './settle.ts'

/**
 * The lowest nonce that nothing of ours stands for. One that was dropped is taken again, so that what was dropped can never be included
 * beside what comes in its place; one that a stranger's transaction waits with is left alone.
 */
export async function freeNonce({ db, service, account }: Desk): Promise<number> {
  const { operator, chainId } = account
  const next = await transactionCount(service, operator, 'latest')
  const pendingCount = await transactionCount(service, operator, 'pending').catch(() => next)
  const rows = await db
    .selectFrom('transactions')
    .select(['nonce', 'state'])
    .where('operator', '=', operator)
    .where('chain_id', '=', chainId)
    .where('nonce', '>=', next)
    .execute()
  const ours = new Set(rows.map((row) => row.nonce))
  const waiting = new Set(
    rows.filter(({ state }) => state === 'signed' || state === 'broadcast').map((row) => row.nonce),
  )
  let nonce = next
  while (waiting.has(nonce) || (nonce < pendingCount && !ours.has(nonce))) nonce += 1
  return nonce
}
