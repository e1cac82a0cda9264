import { clientOf, pause } from './client.ts'
import { diceOf } from './dice.ts'
import type { Ledger, SoakBatch, SoakCredential } from './ledger.ts'
import { readSequence } from './registry-state.ts'
import type { Scene } from './scene.ts'
import { verifierOf } from './verdict.ts'

/**
 * Fetches credentials while everything goes on, and checks each against the chain itself, until `isOver`.
 *
 * Held to: what is handed out is on the chain (`Unrest` says when not), has a status that was asked for at some time, and
 * shows a revocation that an answer said the chain shows, as long as the chain has not turned back since; and no anchor is said to
 * be more final than the chain has it.
 */
export async function sampleCredentials(
  scene: Scene,
  ledger: Ledger,
  seed: number,
  isOver: () => boolean,
): Promise<void> {
  const dice = diceOf(seed, 'sample')
  const client = clientOf(scene, ledger, diceOf(seed, 'sample client'))
  const verdictOf = verifierOf(scene)
  while (!isOver()) {
    await pause(dice.whole(50, 250))
    const known = ledger.batches.filter(({ credentials }) => credentials.length > 0)
    if (known.length === 0) continue
    const credential = ledger.credentials.get(dice.pick(dice.pick(known).credentials))
    if (!credential) continue
    await sample(credential)
    await checkClaim(credential.batch)
  }

  async function sample(credential: SoakCredential): Promise<void> {
    const before = { ...credential, reorgs: scene.unrest.reorgs() }
    const wasExcused = scene.unrest.isExcused()
    const { status, text } = await client.ask(`GET /credentials/${credential.id}`)
    if (status !== 200) {
      if (status === 404) ledger.violations.push(`credential ${credential.id} is unknown: ${text}`)
      return
    }
    const reason = await verdictOf(text)
    const isQuiet = scene.unrest.reorgs() === before.reorgs
    ledger.samples += 1
    const of = `credential ${credential.id} of batch ${credential.batch.id} (${credential.batch.key})`
    if (!isQuiet) return
    if (!['valid', 'revoked', 'suspended'].includes(reason)) {
      if (wasExcused || scene.unrest.isExcused()) return
      ledger.violations.push(`${of} was handed out and is ${reason}`)
    } else if (reason === 'revoked' && credential.wanted !== 'revoked') {
      ledger.violations.push(`${of} is revoked, and nobody asked for that`)
    } else if (before.shownAt === before.reorgs && credential.shownAt === before.reorgs) {
      if (reason !== before.wanted) {
        ledger.violations.push(`${of} was said to be ${before.wanted} on chain and is ${reason}`)
      }
    }
  }

  /** Nothing is said to be final that the chain does not hold as deep: no reorganisation here reaches what is safe. */
  async function checkClaim(batch: SoakBatch): Promise<void> {
    const issuer = scene.issuers[batch.issuer]
    if (!issuer) return
    const reorgs = scene.unrest.reorgs()
    const wasExcused = scene.unrest.isExcused()
    const { status, body } = await client.ask(`GET /batches/${batch.id}`, { issuer })
    if (status !== 200 || body.anchor === undefined) return
    const { finality, sequence } = body.anchor
    const { chainUrl, contracts } = scene
    const block = finality === 'included' ? 'latest' : finality
    const { registry } = contracts
    const found = await readSequence(chainUrl, registry, issuer.account, body.root, block)
    ledger.claims += 1
    const isQuiet = scene.unrest.reorgs() === reorgs && !wasExcused && !scene.unrest.isExcused()
    // A number may change as long as the chain may turn back, but not whether what is safe is there.
    if (found === sequence || (found > 0 && !isQuiet)) return
    if (block === 'latest' && !isQuiet) return
    ledger.violations.push(
      `batch ${batch.id} (${batch.key}) is said to be ${finality} as number ${sequence}; the chain has ${found || 'nothing'} there`,
    )
  }
}
