import { demoAccounts } from '../../server/demo-accounts.ts'
import { clientOf, requestOf } from './client.ts'
import { diceOf } from './dice.ts'
import type { Ledger, SoakCredential } from './ledger.ts'
import { readAnchorCount, readSequence, readSpending } from './registry-state.ts'
import type { Scene } from './scene.ts'
import { verifierOf } from './verdict.ts'

const atATime = 8
/** About so many are checked beside the first of each batch and all whose status changed. */
const sampled = 1000

/** Checks, once all is quiet, what must hold of everything that was asked for; each breach goes into the ledger. */
export async function checkInvariants(scene: Scene, ledger: Ledger, seed: number): Promise<void> {
  await checkAnchors(scene, ledger)
  await checkSpending(scene, ledger)
  await checkKeys(scene, ledger, seed)
  await checkCredentials(scene, ledger, seed)
}

/** Every batch is anchored once, and the numbers of an issuer's anchors have no gaps. */
async function checkAnchors(scene: Scene, ledger: Ledger): Promise<void> {
  const { chainUrl, contracts, issuers } = scene
  for (const [index, { slug, account }] of issuers.entries()) {
    const batches = ledger.batches.filter(({ issuer }) => issuer === index)
    const count = await readAnchorCount(chainUrl, contracts.registry, account)
    if (count !== batches.length) {
      ledger.violations.push(`${slug} has ${batches.length} batches and ${count} anchors`)
    }
    const sequences: number[] = []
    for (const { key, root } of batches) {
      const sequence = await readSequence(chainUrl, contracts.registry, account, root)
      if (sequence === 0) ledger.violations.push(`batch ${key} with root ${root} is not on chain`)
      sequences.push(sequence)
    }
    const expected = batches.map((_, i) => i + 1).join()
    const found = sequences.toSorted((a, b) => a - b).join()
    if (found !== expected) ledger.violations.push(`${slug} has anchors numbered ${found}`)
  }
}

/** No root is anchored by two transactions, none of the operator's fails, and its nonces have no gaps. */
async function checkSpending({ chainUrl }: Scene, ledger: Ledger): Promise<void> {
  const seen = new Set<string>()
  const spending = await readSpending(chainUrl, demoAccounts.operator.address)
  for (const [i, { hash, nonce, call, succeeded, anchored }] of spending.entries()) {
    if (nonce !== i) ledger.violations.push(`transaction ${hash} spends nonce ${nonce}, not ${i}`)
    if (!succeeded) ledger.violations.push(`transaction ${hash} (${call}) was paid for and failed`)
    else if (call.startsWith('anchor') && anchored.length === 0) {
      ledger.violations.push(`transaction ${hash} (${call}) was paid for and anchors nothing`)
    }
    for (const anchor of anchored) {
      if (seen.has(anchor)) ledger.violations.push(`${anchor} was anchored twice`)
      seen.add(anchor)
    }
  }
}

/** A key that is used again gives its batch, and the database holds no batch beside those. */
async function checkKeys(scene: Scene, ledger: Ledger, seed: number): Promise<void> {
  const client = clientOf(scene, ledger, diceOf(seed, 'keys'))
  for (const batch of ledger.batches) {
    const issuer = scene.issuers[batch.issuer]
    if (!issuer) continue
    const { status, body } = await client.ask(`POST /issuers/${issuer.slug}/batches`, {
      issuer,
      json: requestOf(batch),
      idempotencyKey: batch.key,
    })
    if (status !== 200 || body.id !== batch.id) {
      ledger.violations.push(`key ${batch.key} gives ${status} ${body?.id}, not ${batch.id}`)
    }
  }
  const [row] = await scene.postgres.query('select count(*)::int as batches from batches')
  if (row?.['batches'] !== ledger.batches.length) {
    ledger.violations.push(
      `${ledger.batches.length} batches were asked for, ${row?.['batches']} are stored`,
    )
  }
}

/** No batch lacks a credential; those that are checked can be had, and the chain says of them what was asked for. */
async function checkCredentials(scene: Scene, ledger: Ledger, seed: number): Promise<void> {
  const client = clientOf(scene, ledger, diceOf(seed, 'credentials'))
  const verdictOf = verifierOf(scene)
  for (const { key, size, credentials } of ledger.batches) {
    if (credentials.length !== size) {
      ledger.violations.push(`batch ${key} has ${credentials.length} credentials of ${size}`)
    }
  }
  const check = async ({ id, batch, wanted }: SoakCredential) => {
    const { status, text } = await client.ask(`GET /credentials/${id}`)
    const found = status === 200 ? await verdictOf(text) : `answered with ${status}`
    if (found !== wanted) {
      ledger.violations.push(
        `credential ${id} of batch ${batch.id} (${batch.key}) is ${found}, not ${wanted}; ${await stored(scene, id)}`,
      )
    }
  }
  const step = Math.ceil(ledger.credentials.size / sampled)
  const all = [...ledger.credentials.values()].filter(
    ({ id, batch, wasChanged }, i) => wasChanged || id === batch.credentials[0] || i % step === 0,
  )
  for (let first = 0; first < all.length; first += atATime) {
    await Promise.all(all.slice(first, first + atATime).map(check))
  }
}

/** What the database holds of a credential that is wrong, to tell what was never recorded from what was never sent. */
async function stored({ postgres }: Scene, id: string): Promise<string> {
  const [row] = await postgres.query(
    `select status, chain_status from credentials where id = '${id}'`,
  )
  return `asked for as ${row?.['status']}, believed on chain as ${row?.['chain_status']}`
}
