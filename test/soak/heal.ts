import { rpc } from '../server/chain-calls.ts'
import { type Client, clientOf, pause } from './client.ts'
import { diceOf } from './dice.ts'
import type { Ledger, SoakBatch } from './ledger.ts'
import type { Scene } from './scene.ts'
import { askForAnchor, issueBatch, wish } from './traffic.ts'
import { type AskVerdict, verifierOf } from './verdict.ts'

const never = () => false

/**
 * Repeats what was left without an answer, then waits until every batch is final and the chain shows every status.
 *
 * With `asksAgain` a batch that is still waiting is asked for again, as an issuer does who looks at it; without, the service must
 * come back to it by itself.
 */
export async function heal(
  scene: Scene,
  ledger: Ledger,
  options: { readonly seed: number; readonly patienceMs: number; readonly asksAgain: boolean },
): Promise<void> {
  const { seed, patienceMs, asksAgain } = options
  const client = clientOf(scene, ledger, diceOf(seed, 'heal'))
  const verdictOf = verifierOf(scene)
  for (const batch of ledger.batches) {
    if (batch.credentials.length === 0) {
      await issueBatch(scene, ledger, client, batch, { isOver: never, twice: false })
    }
    if (!batch.isAsked) await askForAnchor(scene, client, batch, never)
  }
  const deadline = performance.now() + patienceMs
  const isLate = () => performance.now() > deadline
  await settleWishes(scene, ledger, client, isLate)
  let nextAsk = performance.now() + 3000
  for (;;) {
    const lacking = await batchesLacking(scene, ledger, client)
    const wrong = await wishesLacking(ledger, client, verdictOf)
    if (lacking.length === 0 && wrong === 0) return
    // Finality needs blocks on top.
    if (lacking.length > 0) await rpc(scene.chainUrl, 'anvil_mine', ['0x20'])
    if (isLate()) {
      for (const { batch, lack } of lacking) {
        ledger.violations.push(`batch ${batch.id} (${batch.key}) is still ${lack}`)
      }
      return
    }
    if (asksAgain && performance.now() > nextAsk) {
      for (const { batch } of lacking) await askForAnchor(scene, client, batch, isLate)
      nextAsk = performance.now() + 3000
    }
    await pause(500)
  }
}

async function settleWishes(
  scene: Scene,
  ledger: Ledger,
  client: Client,
  isLate: () => boolean,
): Promise<void> {
  const open = () => [...ledger.credentials.values()].filter(({ isSettled }) => !isSettled)
  while (open().length > 0) {
    for (const credential of open()) {
      await wish(scene, ledger, client, credential, credential.wanted)
      if (isLate() && !credential.isSettled) {
        ledger.violations.push(`credential ${credential.id} cannot become ${credential.wanted}`)
        credential.isSettled = true
      }
    }
    await pause(200)
  }
}

async function batchesLacking(scene: Scene, ledger: Ledger, client: Client) {
  const lacking: { batch: SoakBatch; lack: string }[] = []
  for (const batch of ledger.batches) {
    const issuer = scene.issuers[batch.issuer]
    const { status, body } = await client.ask(`GET /batches/${batch.id}`, issuer ? { issuer } : {})
    if (status !== 200) lacking.push({ batch, lack: `answered with ${status}` })
    else if (body.state !== 'finalized') {
      lacking.push({ batch, lack: `${body.state}${body.reason ? `: ${body.reason}` : ''}` })
    }
  }
  return lacking
}

/** How many credentials have another standing than was last asked for; the invariants name those that stay so. */
async function wishesLacking(ledger: Ledger, client: Client, verdictOf: AskVerdict) {
  let wrong = 0
  for (const { id, wanted, wasChanged } of ledger.credentials.values()) {
    if (!wasChanged) continue
    const { status, text } = await client.ask(`GET /credentials/${id}`)
    if (status !== 200 || (await verdictOf(text)) !== wanted) wrong += 1
  }
  return wrong
}
