import { issueAwards, partOf } from '../../core/award.ts'
import type { BoundPart } from '../../core/award-terms.ts'
import { type Batch, type BatchRequest, credentialAt, issueBatch } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { didPkh } from '../../core/did.ts'
import { type EquivalenceStatement, issueEquivalences } from '../../core/equivalence.ts'
import { parseCredential } from '../../core/format.ts'
import type { Learner } from '../../core/learner.ts'
import { type Pathway, parsePathway } from '../../core/pathway/pathway.ts'
import { type Stack, type StackOptions, verifyStack } from '../../core/stack.ts'
import { formatSeconds } from '../../core/time.ts'
import { cohortRequest, seededRandom } from './cohort.ts'
import { anchor, timeOf } from './transaction.ts'
import { readersOf, trusting } from './verifier.ts'
import { chainId, type World } from './world.ts'

export const zoe: Learner = {
  name: 'Zoë Ångström',
  email: 'zoe@example.org',
  did: 'did:example:zoe',
}
export const bob: Learner = { name: 'Bob', email: 'bob@example.org', did: 'did:example:bob' }

export function didOf(account: string): string {
  return didPkh({ chainId, address: account })
}

let drawn = 0
function requestOf(world: World, account: string, more: Partial<BatchRequest>): BatchRequest {
  const place = { account: { chainId, address: account }, registry: world.registry }
  return cohortRequest(1, { ...place, id: `batch-${drawn}`, ...more })
}
const random = () => seededRandom(`stack ${drawn++}`)

/** A batch of one achievement, anchored. Its credentials by learner, in the order given. */
export async function course(
  world: World,
  account: string,
  code: string,
  options: {
    readonly learners?: readonly Learner[]
    readonly credits?: number
    readonly request?: Partial<BatchRequest>
  } = {},
): Promise<{ readonly batch: Batch; readonly credentials: readonly JsonObject[] }> {
  const { learners = [zoe], credits = 2, request = {} } = options
  const achievement = {
    id: `https://uni.example/achievements/${code}`,
    name: `Course ${code}`,
    description: 'A course.',
    criteria: { narrative: 'Passed.' },
    creditsAvailable: credits,
  }
  const batch = issueBatch(
    requestOf(world, account, { achievement, learners, ...request }),
    random(),
  )
  await anchor(world, batch)
  const all = batch.entries.map((_, i) => credentialAt(batch, i))
  const credentials = learners.map(
    (learner) => all.find((one) => holds(one, learner)) as JsonObject,
  )
  return { batch, credentials }
}

function holds(credential: JsonObject, { name }: Learner): boolean {
  return parseCredential(credential).summary.holder === name
}

/** Several courses in one batch cannot be; so many batches, or one batch with the same course for many learners. */
export async function statement(
  world: World,
  account: string,
  said: EquivalenceStatement,
): Promise<JsonObject> {
  const batch = issueEquivalences(requestOf(world, account, {}), [said], random())
  await anchor(world, batch)
  return credentialAt(batch, 0)
}

export function pathway(members: object = {}): Pathway {
  return parsePathway({
    format: 'rootmark-pathway-1',
    id: 'https://uni.example/pathways/certificate',
    name: 'Certificate',
    policy: 'award-suspended',
    achievement: { name: 'Certificate', description: 'A stack.', criteria: { narrative: 'x' } },
    every: { issuers: 'any' },
    rule: { credits: 4 },
    ...members,
  })
}

/** An award of these parts, anchored; nothing is asked about whether it should be. */
export async function award(
  world: World,
  account: string,
  way: Pathway,
  parts: readonly (JsonObject | BoundPart)[],
  request: Partial<BatchRequest> = {},
): Promise<{ readonly batch: Batch; readonly document: JsonObject }> {
  const bound = parts.map((part) =>
    'digest' in part ? (part as BoundPart) : partOf(part as JsonObject),
  )
  const validFrom = formatSeconds(await timeOf(world))
  const terms = { learners: [zoe], validFrom, ...request }
  const asked = requestOf(world, account, { ...terms, achievement: way.achievement as never })
  const batch = issueAwards(asked, way, [bound], random())
  await anchor(world, batch)
  return { batch, document: credentialAt(batch, 0) }
}

export async function check(world: World, stack: Stack, options: Partial<StackOptions> = {}) {
  return verifyStack(stack, {
    readers: readersOf(world),
    trust: trusting(world),
    now: (await timeOf(world)) * 1000,
    ...options,
  })
}
