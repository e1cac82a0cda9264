import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AbiCoder, keccak256 } from 'ethers'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { rpc, sendToRegistry } from '../server/chain-calls.ts'
import { achievement, adminKey, learners, type Stage, setStage } from '../server/stage.ts'
import { type Endpoint, startEndpoint } from './endpoint.ts'

export const account = demoAccounts.issuer.address
/** An issuer about whom nothing is ever wrong. */
export const honest = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'

/** An issuer whose DID document lies where no auditor gets at it. */
export const hidden = '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc'
const intranet = 'https://credentials.invalid'

export interface StagedBatch {
  readonly id: string
  readonly root: string
  /** Path of its batch file. */
  readonly file: string
  readonly credentials: readonly string[]
}

/** A service with an issuer that signs with a did:key, a front that may lie about what it publishes, and a folder. */
export interface AuditStage {
  readonly stage: Stage
  readonly folder: string
  /** URL of the front. */
  readonly url: string
  /** Has the front answer a path with something else. */
  readonly lie: (path: string, answer: Lie) => void
  /** Issues a batch of `account` and has it anchored: by the service, or as `anchor` does, of which the service hears when it catches up. */
  readonly issue: (
    size: number,
    anchor?: (root: string) => Promise<void>,
    terms?: object,
  ) => Promise<StagedBatch>
  /** Issues a batch of another issuer, which anchors it itself. */
  readonly issueHonestly: (size: number) => Promise<StagedBatch>
  /** The same of one with a did:web on an intranet. */
  readonly issueHidden: (size: number) => Promise<StagedBatch>
  readonly close: () => Promise<void>
}

export interface Lie {
  readonly status?: number
  readonly body?: Uint8Array | string
}

export async function openAuditStage(): Promise<AuditStage> {
  const settings = {
    PUBLIC_BASE_URL: intranet,
    SIGNING_SECRET: 'secret of the stage, forty letters long',
  }
  const stage = await setStage({ settings })
  const folder = await mkdtemp(join(tmpdir(), 'rootmark-audit-'))
  const front = await openFront(await stage.listen())
  const record = async (slug: string, of: string, did = 'key') => {
    const profile = { name: 'Westfield College', url: `https://${slug}.example` }
    const json = { slug, profile, account: of, did }
    const recorded = await stage.ask('POST /issuers', { key: adminKey, json })
    return { slug, key: recorded.body.key.key as string }
  }
  const westfield = await record('westfield', account)
  const eastfield = await record('eastfield', honest)
  const secluded = await record('hidden', hidden, 'web')

  const issueBy = async (
    { slug, key }: typeof westfield,
    size: number,
    anchor: ((root: string) => Promise<void>) | undefined,
    terms: object = {},
  ): Promise<StagedBatch> => {
    const json = { achievement, learners: learners(size), ...terms }
    const issued = await stage.ask(`POST /issuers/${slug}/batches`, { key, json })
    const { id, root } = issued.body
    if (anchor) await anchor(root)
    else {
      await stage.ask(`POST /batches/${id}/anchor`, { key })
      await stage.service.catchUp()
    }
    const { text } = await stage.ask(`GET /batches/${id}/file`, { key })
    const file = join(folder, `${id}.ndjson`)
    await writeFile(file, text)
    const { body } = await stage.ask(`GET /batches/${id}/credentials`, { key })
    return { id, root, file, credentials: body.credentials.map((each: { id: string }) => each.id) }
  }

  return {
    stage,
    folder,
    url: front.url,
    lie: front.lie,
    issue: (size, anchor, terms) => issueBy(westfield, size, anchor, terms),
    issueHonestly: (size) =>
      issueBy(eastfield, size, (root) =>
        sendToRegistry(stage.chain, honest, 'anchor', [root, size]),
      ),
    issueHidden: (size) =>
      issueBy(secluded, size, (root) =>
        sendToRegistry(stage.chain, hidden, 'anchor', [root, size]),
      ),
    async close() {
      await front.close()
      await stage.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Passes everything on to a service, but for the paths about which it lies. */
async function openFront(target: string): Promise<Endpoint & Pick<AuditStage, 'lie'>> {
  const lies = new Map<string, Lie>()
  const endpoint = await startEndpoint(async (_body, request, response) => {
    const path = request.url ?? '/'
    const answered = await fetch(`${target}${path}`, { headers: { accept: '*/*' } })
    const lie = lies.get(path)
    const location = answered.headers.get('content-location')
    if (location) response.setHeader('content-location', location)
    const type = answered.headers.get('content-type')
    if (type && !lie) response.setHeader('content-type', type)
    response.statusCode = lie?.status ?? answered.status
    response.end(lie?.body ?? Buffer.from(await answered.arrayBuffer()))
  })
  return { ...endpoint, lie: (path, answer) => lies.set(path, answer) }
}

const word = (value: bigint) => `0x${value.toString(16).padStart(64, '0')}`
const nested = (slot: bigint, first: string, second: string, secondType: string) => {
  const coder = AbiCoder.defaultAbiCoder()
  const outer = keccak256(coder.encode(['address', 'uint256'], [first, slot]))
  return keccak256(coder.encode([secondType, 'bytes32'], [second, outer]))
}

/** Rewrites a word of the registry's storage behind its back: what a contract that was tampered with would hold. */
async function rewrite(
  stage: Stage,
  placeAt: (slot: bigint) => string,
  change: (value: bigint) => bigint,
): Promise<bigint> {
  const { url, contracts } = stage.chain
  const place = placeAt(await slotOf(stage, placeAt))
  const found = await rpc(url, 'eth_getStorageAt', [contracts.registry, place, 'latest'])
  const value = word(change(BigInt(found as string)))
  await rpc(url, 'hardhat_setStorageAt', [contracts.registry, place, value])
  return BigInt(found as string)
}

/** Which of the registry's mappings holds something there. */
async function slotOf(stage: Stage, placeAt: (slot: bigint) => string): Promise<bigint> {
  const { url, contracts } = stage.chain
  for (let slot = 0n; slot < 8n; slot++) {
    const params = [contracts.registry, placeAt(slot), 'latest']
    if (BigInt((await rpc(url, 'eth_getStorageAt', params)) as string) !== 0n) return slot
  }
  throw new Error('there is no such word')
}

/** Dates an anchor back by some seconds, and mines a block that holds it. The time is in the lowest 40 bits of its slot. */
export async function dateBack(stage: Stage, root: string, seconds: bigint): Promise<void> {
  await rewrite(
    stage,
    (slot) => nested(slot, account, root, 'bytes32'),
    (value) => value - seconds,
  )
  await rpc(stage.chain.url, 'hardhat_mine', ['0x1'])
}

/** Anchors as an operator whose time was over, which the registry would refuse. */
export async function anchorAsExpired(stage: Stage, operator: string, root: string, size: number) {
  const { url } = stage.chain
  const head = (await rpc(url, 'eth_getBlockByNumber', ['latest', false])) as { timestamp: string }
  const expiry = BigInt(head.timestamp) + 60n
  await sendToRegistry(stage.chain, account, 'setOperator', [operator, 1, expiry])
  await rpc(url, 'evm_increaseTime', [120])
  await anchorBehindItsBack(stage, operator, 1n | ((expiry + 3600n) << 8n), root, size)
}

/** Anchors as an operator whom the issuer stripped of its role, or gave another one. */
export async function anchorAsRevoker(stage: Stage, operator: string, root: string, size: number) {
  await sendToRegistry(stage.chain, account, 'setOperator', [operator, 2, 2n ** 39n])
  await anchorBehindItsBack(stage, operator, 3n | ((2n ** 39n) << 8n), root, size)
}

/** Anchors as an operator from whom the issuer took all that it had let it do. */
export async function anchorAsRemoved(stage: Stage, operator: string, root: string, size: number) {
  const grant = 1n | ((2n ** 39n) << 8n)
  const place = (slot: bigint) => nested(slot, account, operator, 'address')
  await sendToRegistry(stage.chain, account, 'setOperator', [operator, 1, 2n ** 39n])
  const slot = await slotOf(stage, place)
  await sendToRegistry(stage.chain, account, 'setOperator', [operator, 0, 0])
  const write = (value: bigint) =>
    rpc(stage.chain.url, 'hardhat_setStorageAt', [
      stage.chain.contracts.registry,
      place(slot),
      word(value),
    ])
  await write(grant)
  await sendToRegistry(stage.chain, operator, 'anchorFor', [account, root, size])
  await write(0n)
}

/** As a registry would that does not ask: the grant is another while the anchor is made, and the one that was logged before and after. */
async function anchorBehindItsBack(
  stage: Stage,
  operator: string,
  grant: bigint,
  root: string,
  size: number,
): Promise<void> {
  const place = (slot: bigint) => nested(slot, account, operator, 'address')
  const logged = await rewrite(stage, place, () => grant)
  await sendToRegistry(stage.chain, operator, 'anchorFor', [account, root, size])
  await rewrite(stage, place, () => logged)
}
