import { expect } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { readSpending } from '../soak/registry-state.ts'
import { readRegistry } from './chain-calls.ts'
import { ask, driveBatch, driveReissue, driveStatus, type Grounds, mine } from './kill-flows.ts'

/** A place to ask at, which may be another one each time. */
export type Address = () => string

const patienceMs = 120_000

/** Tries again until there is an answer; what is thrown counts as none. */
export async function until<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  let last: unknown
  for (const end = performance.now() + patienceMs; performance.now() < end; ) {
    try {
      const done = await attempt()
      if (done !== undefined) return done
    } catch (thrown) {
      last = thrown
    }
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  throw new Error('it did not come so far in time', { cause: last })
}

/**
 * Brings whatever was wished to its end and checks what must hold then: every batch is whole and anchored once, the sequence numbers of the
 * issuer `northfield` have no gaps, every status is the one that was wished last, and no transaction was in vain.
 *
 * `before` is how many batches were anchored ahead of these.
 */
export async function checkPromises(
  grounds: Grounds,
  chain: EmbeddedChain,
  address: Address,
  before: number,
): Promise<void> {
  const sequences = Array.from({ length: before }, (_, i) => i + 1)
  for (const [name, size] of grounds.wishes.batches) {
    sequences.push(await checkBatch(grounds, chain, address, name, size))
  }
  for (const credential of grounds.wishes.corrections ?? []) {
    const batch = await until(async () => {
      const { body } = await driveReissue(grounds, address(), credential)
      return body.revoked ? String(body.batch) : undefined
    })
    const { body } = await ask(grounds, address(), `GET /batches/${batch}`)
    sequences.push(body.anchor.sequence)
  }
  expect(sequences.toSorted((a, b) => a - b)).toEqual(sequences.map((_, i) => i + 1))
  for (const [credential, wanted] of grounds.wishes.statuses) {
    await until(async () => {
      const { status, body } = await driveStatus(grounds, address(), credential)
      return (status === 200 && body.onChain) || undefined
    })
    const reason = await reasonOf(grounds, address, credential)
    // What was corrected is revoked, and the report names what replaced it.
    expect(reason === 'superseded' ? 'revoked' : reason).toBe(wanted)
  }
  const anchored = await checkSpending(chain)
  expect(anchored).toBe(sequences.length)
}

/** No root is anchored by two transactions and none of the operator's failed; gives how many anchors those made. */
export async function checkSpending(chain: EmbeddedChain): Promise<number> {
  const anchored = new Set<string>()
  for (const spent of await readSpending(chain.url, demoAccounts.operator.address)) {
    expect(spent.succeeded, `${spent.call} ${spent.hash} was paid for and failed`).toBe(true)
    for (const anchor of spent.anchored) {
      expect(anchored.has(anchor), `${anchor} is anchored twice`).toBe(false)
      anchored.add(anchor)
    }
  }
  return anchored.size
}

/** Brings a batch to finality and compares it with the chain; gives its sequence number. */
async function checkBatch(
  grounds: Grounds,
  chain: EmbeddedChain,
  address: Address,
  name: string,
  size: number,
): Promise<number> {
  const { id, root, anchor } = await until(async () => {
    const batch = await driveBatch(grounds, address(), name, size)
    await mine(chain.url, 32)
    return batch.state === 'finalized' ? batch : undefined
  })
  const [record] = await readRegistry(chain, 'anchorOf', [demoAccounts.issuer.address, root])
  expect([Number(record.sequence), Number(record.size)], name).toEqual([anchor.sequence, size])
  const listed = await listCredentials(grounds, address, id, size)
  expect(new Set(listed).size, name).toBe(size)
  for (const credential of listed.slice(0, 3)) {
    if (grounds.wishes.statuses.has(credential)) continue
    expect(await reasonOf(grounds, address, credential), name).toBe('valid')
  }
  return anchor.sequence
}

/** The ids of a batch's credentials, page by page. */
export async function listCredentials(
  grounds: Grounds,
  address: Address,
  batch: string,
  size: number,
): Promise<readonly string[]> {
  const listed: string[] = []
  for (let more = 1; listed.length < size && more > 0; ) {
    const line = `GET /batches/${batch}/credentials?limit=1000&after=${listed.length - 1}`
    const { body } = await ask(grounds, address(), line)
    more = body.credentials.length
    listed.push(...body.credentials.map(({ id }: { id: string }) => id))
  }
  return listed
}

/** The reason of the report about a credential that is handed out. */
export async function reasonOf(grounds: Grounds, address: Address, id: string): Promise<string> {
  const { body } = await ask(grounds, address(), `GET /credentials/${id}`)
  return (await ask(grounds, address(), 'POST /verify', body)).body.reason
}
