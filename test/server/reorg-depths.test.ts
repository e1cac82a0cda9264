import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { type Dice, diceOf } from '../soak/dice.ts'
import { readAnchorCount, readSequence } from '../soak/registry-state.ts'
import { type Turn, turnBack, turns } from '../soak/reorg.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { rpc, sendToRegistry } from './chain-calls.ts'
import { mine } from './kill-flows.ts'
import { credentialIds, issueBatch, type Stage } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

const issuer = demoAccounts.issuer.address
const size = 3
const seed = Number(process.env['REORG_SEED'] ?? Math.floor(Math.random() * 1e6))
const dice = diceOf(seed, 'reorg')
const depths = Array.from({ length: 32 }, (_, i) => i + 1)

// Every depth in every way with REORG_DEPTHS=all; otherwise some depths, the least and the greatest among them, each in one way.
const cases: readonly { readonly depth: number; readonly turn: Turn }[] =
  process.env['REORG_DEPTHS'] === 'all'
    ? depths.flatMap((depth) => turns.map((turn) => ({ depth, turn })))
    : [1, 2, dice.whole(3, 5), dice.whole(6, 12), dice.whole(13, 20), dice.whole(21, 31), 32].map(
        (depth, i) => ({ depth, turn: turns[(i + seed) % turns.length] as Turn }),
      )

interface Kept {
  readonly id: string
  readonly root: string
  /** Whether the service anchors it, or the issuer's own account. */
  readonly isManaged: boolean
  readonly credentials: readonly string[]
}

let chain: EmbeddedChain
let storage: Storage
let stage: Stage
const kept: Kept[] = []
const statuses = new Map<string, 'revoked' | 'suspended'>()

beforeAll(async () => {
  chain = await startAnvilChain()
  storage = await openDirectory()
  stage = await setAnvilStage(chain, storage)
  await mine(chain.url, 40) // No reorganisation reaches the contracts.
}, 120_000)
afterAll(async () => {
  await stage?.close()
  await chain?.close()
  await storage?.remove()
})

const batchOf = async (id: string) =>
  (await stage.ask(`GET /batches/${id}`, { key: stage.key })).body

async function newBatch(isManaged: boolean): Promise<Kept> {
  const id = await issueBatch(stage, size)
  const { root } = await batchOf(id)
  const credentials = await credentialIds(stage, id)
  const batch = { id, root, isManaged, credentials }
  kept.push(batch)
  await anchor(batch)
  return batch
}

async function anchor({ id, root, isManaged }: Kept): Promise<void> {
  if (isManaged) await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
  else await sendToRegistry(chain, issuer, 'anchor', [root, size])
}

async function changeStatus({ credentials }: Kept): Promise<void> {
  const credential = dice.pick(credentials)
  if (statuses.has(credential)) return
  const wanted = dice.pick(['revoked', 'suspended'] as const)
  const verb = wanted === 'revoked' ? 'revoke' : 'suspend'
  const { status } = await stage.ask(`POST /credentials/${credential}/${verb}`, { key: stage.key })
  expect([200, 202]).toContain(status)
  statuses.set(credential, wanted)
}

/** Something of everything, in blocks that the reorganisation takes back or just not. */
async function live(depth: number, random: Dice): Promise<void> {
  const gap = () => mine(chain.url, random.whole(1, Math.max(1, Math.ceil(depth / 3))))
  const first = await newBatch(true)
  await stage.service.catchUp()
  await gap()
  await newBatch(false)
  await stage.service.catchUp()
  await changeStatus(first)
  if (random.chance(0.5)) await gap()
  await newBatch(true)
  await stage.service.catchUp()
  // Sometimes right behind it, sometimes not.
  if (random.chance(0.3)) await gap()
}

const holds = (root: string, block: 'latest' | 'safe' | 'finalized') =>
  readSequence(chain.url, chain.contracts.registry, issuer, root, block)

/** What a holder is given, and what a verifier and the issuer are told, is never more than the chain backs. */
async function checkClaims(isWatched: boolean): Promise<void> {
  for (const { id, root, credentials } of kept.slice(-9)) {
    const { state, anchor } = await batchOf(id)
    if (anchor && (isWatched || state !== 'included')) {
      expect(anchor.finality).toBe(state)
      const block = state === 'included' ? 'latest' : state
      const found = await holds(root, block)
      expect(found, `${state} is claimed of ${id}`).toBeGreaterThan(0)
      if (isWatched) expect(found).toBe(anchor.sequence)
    }
    for (const credential of credentials) {
      const handedOut = await stage.ask(`GET /credentials/${credential}`)
      if (handedOut.status !== 200) {
        expect(handedOut.body.code).toBe('credential_not_anchored')
        continue
      }
      const { body } = await stage.ask('POST /verify', { raw: handedOut.text })
      const found = await holds(root, 'latest')
      if (found === 0) {
        // Asked before the service has looked: the proof says nothing that the report would not refute.
        expect(isWatched).toBe(false)
        expect(body.verdict).toBe('invalid')
        continue
      }
      const { finality } = body.anchor
      if (finality !== 'included') expect(await holds(root, finality)).toBeGreaterThan(0)
      if (isWatched) expect(body.reason).toBe(statuses.get(credential) ?? 'valid')
    }
  }
}

/** Every batch has one anchor, and the issuer's numbers have no gaps. */
async function checkAnchors(): Promise<void> {
  const sequences = await Promise.all(kept.map(({ root }) => holds(root, 'latest')))
  expect(sequences.toSorted((a, b) => a - b)).toEqual(kept.map((_, i) => i + 1))
  expect(await readAnchorCount(chain.url, chain.contracts.registry, issuer)).toBe(kept.length)
}

describe(`on a chain that turns back (REORG_SEED=${seed})`, () => {
  it.each(cases)(
    'by $depth to $turn, nothing is lost, anchored twice or said to be what it is not',
    {
      timeout: 120_000,
    },
    async ({ depth, turn }) => {
      await live(depth, dice)
      await turnBack(chain.url, depth, turn)
      await checkClaims(false)
      await stage.service.catchUp()
      await checkClaims(true)
      // What its own issuer anchored is the issuer's to anchor again.
      for (const batch of kept.filter(({ isManaged }) => !isManaged)) {
        if ((await holds(batch.root, 'latest')) === 0) {
          expect((await batchOf(batch.id)).state).toBe('built')
          await anchor(batch)
        }
      }
      await stage.service.catchUp()
      await checkClaims(true)
      await checkAnchors()
    },
  )

  it('everything is final in the end, each under the number that the chain gave it', {
    timeout: 120_000,
  }, async () => {
    await mine(chain.url, 70)
    await stage.service.catchUp()
    for (const { id, root } of kept) {
      const { state, anchor } = await batchOf(id)
      expect(state).toBe('finalized')
      expect(anchor.sequence).toBe(await holds(root, 'finalized'))
    }
    const pending = Number(await rpc(chain.url, 'eth_getTransactionCount', [issuer, 'pending']))
    const sent = Number(await rpc(chain.url, 'eth_getTransactionCount', [issuer, 'latest']))
    expect(pending).toBe(sent)
  })
})
