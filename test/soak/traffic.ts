import { type Client, clientOf, pause, requestOf } from './client.ts'
import { type Dice, diceOf } from './dice.ts'
import {
  type Ledger,
  noteCredentials,
  type SoakBatch,
  type SoakCredential,
  type Wanted,
} from './ledger.ts'
import type { Scene, SoakIssuer } from './scene.ts'

/** What is built within a request is no larger. */
const atOnce = 1000

const actions = { revoked: 'revoke', suspended: 'suspend', valid: 'reinstate' } as const

/** What an office does in one step, until `isOver`. */
export async function runOffice(
  scene: Scene,
  ledger: Ledger,
  options: {
    readonly seed: number
    readonly name: string
    readonly maxBatches: number
    readonly maxSize: number
    readonly isOver: () => boolean
  },
): Promise<void> {
  const { seed, name, maxBatches, isOver } = options
  const dice = diceOf(seed, name)
  const client = clientOf(scene, ledger, diceOf(seed, `${name} client`))
  const mine: SoakBatch[] = []
  while (!isOver()) {
    const step = dice.whole(1, 10)
    if (step <= 4 && mine.length < maxBatches) {
      const batch = newBatch(dice, `${seed}-${name}-${mine.length}`, options.maxSize)
      mine.push(batch)
      ledger.batches.push(batch)
      await issueBatch(scene, ledger, client, batch, { isOver, twice: dice.chance(0.3) })
    } else if (step <= 8) {
      const waiting = mine.filter(({ id, isAsked }) => id !== undefined && !isAsked)
      if (waiting.length > 0) await askForAnchor(scene, client, dice.pick(waiting), isOver)
    } else {
      const asked = mine.filter(({ isAsked, credentials }) => isAsked && credentials.length > 0)
      if (asked.length > 0) {
        const id = dice.pick(dice.pick(asked).credentials)
        const wanted = dice.pick(['revoked', 'suspended', 'valid'] as const)
        const credential = ledger.credentials.get(id)
        if (credential) await wish(scene, ledger, client, credential, wanted)
      }
    }
    await pause(dice.whole(50, 400))
  }
}

function newBatch(dice: Dice, key: string, maxSize: number): SoakBatch {
  // Mostly small ones, for the rounds to be many; few are larger than what is built within a request.
  const largest = dice.chance(0.1) ? maxSize : Math.min(12, maxSize)
  const size =
    maxSize > atOnce && dice.chance(0.03)
      ? dice.whole(atOnce + 1, maxSize)
      : dice.whole(1, Math.min(largest, 200))
  const issuer = dice.whole(0, 1)
  return { key, issuer, size, id: undefined, root: '', credentials: [], isAsked: false }
}

/** Issues a batch under its key, at both services at once where it is asked for `twice`. */
export async function issueBatch(
  scene: Scene,
  ledger: Ledger,
  client: Client,
  batch: SoakBatch,
  { isOver, twice }: { readonly isOver: () => boolean; readonly twice: boolean },
): Promise<void> {
  const issuer = scene.issuers[batch.issuer]
  if (!issuer) throw new Error('no such issuer')
  const question = { issuer, json: requestOf(batch), idempotencyKey: batch.key }
  const line = `POST /issuers/${issuer.slug}/batches`
  const answers = await Promise.all(
    Array.from({ length: twice ? 2 : 1 }, () => client.insist(line, question, isOver)),
  )
  for (const { status, body, text } of answers) {
    if (status === 0 || status >= 500) continue
    if (status !== 200 && status !== 201 && status !== 202) {
      ledger.violations.push(`batch ${batch.key} refused with ${status}: ${text.slice(0, 200)}`)
    } else if (batch.id !== undefined && body.id !== batch.id) {
      ledger.violations.push(`key ${batch.key} made batches ${batch.id} and ${body.id}`)
    } else {
      batch.id = body.id
    }
  }
  if (batch.id === undefined) return
  const ids = await listCredentials(client, issuer, batch, isOver)
  if (ids.length > 0 && batch.credentials.length === 0) noteCredentials(ledger, batch, ids)
}

/** The ids of a batch's credentials, once it is built; none where time ran out before. */
async function listCredentials(
  client: Client,
  issuer: SoakIssuer,
  batch: SoakBatch,
  isOver: () => boolean,
): Promise<readonly string[]> {
  const ids: string[] = []
  for (let after = -1; ids.length < batch.size; ) {
    const page = `GET /batches/${batch.id}/credentials?limit=1000&after=${after}`
    const { status, body } = await client.insist(page, { issuer }, isOver)
    if (status === 409 && !isOver()) {
      await pause(300) // It is being built.
      continue
    }
    if (status !== 200 || body.credentials.length === 0) return []
    ids.push(...body.credentials.map(({ id }: { id: string }) => id))
    after = ids.length - 1
  }
  const { status, body } = await client.insist(`GET /batches/${batch.id}`, { issuer }, isOver)
  if (status !== 200) return []
  batch.root = body.root
  return ids
}

/** Asks for the anchor of a batch until the service takes it. */
export async function askForAnchor(
  scene: Scene,
  client: Client,
  batch: SoakBatch,
  isOver: () => boolean,
): Promise<void> {
  const issuer = scene.issuers[batch.issuer]
  if (!issuer) return
  const line = `POST /batches/${batch.id}/anchor`
  const { status } = await client.insist(line, { issuer }, isOver)
  if (status === 200 || status === 202) batch.isAsked = true
}

/** Asks for a status once; the ledger notes what was wanted and whether an answer settled it. */
export async function wish(
  scene: Scene,
  ledger: Ledger,
  client: Client,
  credential: SoakCredential,
  wanted: Wanted,
): Promise<void> {
  // Only a settled wish is followed by another: of two that are open nobody could say which one holds.
  if (!credential.isSettled && credential.wanted !== wanted) return
  const issuer = scene.issuers[credential.batch.issuer]
  if (!issuer || (credential.isSettled && credential.wanted === 'revoked')) return
  const before = { ...credential }
  const reorgs = scene.unrest.reorgs()
  credential.wanted = wanted
  credential.wasChanged = true
  credential.isSettled = false
  credential.shownAt = undefined
  const line = `POST /credentials/${credential.id}/${actions[wanted]}`
  const { status, body, text } = await client.ask(line, { issuer })
  if (status === 200 || status === 202) {
    credential.isSettled = true
    if (status === 200 && body.onChain && scene.unrest.reorgs() === reorgs) {
      credential.shownAt = reorgs
    }
  } else if (status === 409 && body?.code === 'credential_not_anchored') {
    // Refused before anything was recorded; an earlier wish that is open stays open.
    Object.assign(credential, before)
  } else if (status > 0 && status < 500) {
    ledger.violations.push(`${line} refused with ${status}: ${text.slice(0, 200)}`)
  }
}
