import { type Achievement, parseAchievement, parseIssuer } from '../core/achievement.ts'
import type { JsonObject } from '../core/canonical.ts'
import { parseJson } from '../core/json.ts'
import type { Learner } from '../core/learner.ts'
import { parseLearners, refuseProblems } from '../core/roster.ts'
import { timesOf } from '../core/roster-piece.ts'
import { findMade, hashBody } from './award-batch.ts'
import { issueAwardBatch, judgeApplicants } from './awards.ts'
import { type BatchRow, requestAnchor } from './batches.ts'
import { listCredentials } from './credentials.ts'
import { demoAccounts } from './demo-accounts.ts'
import { ensureDemoTrust } from './demo-trust.ts'
import { handedOut } from './handed-out.ts'
import { issue } from './issue.ts'
import { createIssuer, findIssuer, type IssuerRow } from './issuers.ts'
import { listPathways, publishPathway } from './pathways.ts'
import { openIntake } from './roster-parts.ts'
import type { Service } from './service.ts'

const slug = 'tideway'

/** A certificate made of micro-credentials of two issuers: addresses to look at. */
export interface DemoStack {
  readonly pathway: string
  /** Id of the award, and of the credentials that its holder has. */
  readonly award: string
  readonly components: readonly string[]
  readonly email: string
}

interface Course {
  readonly issuer: string
  readonly achievement: Achievement
  readonly learners: readonly Learner[]
}

/**
 * Makes the second demo issuer, the courses of both, the pathway over them and the award to the first learner, once per data directory and
 * registry. Safe to run at every start; `undefined` where the verifier does not trust the demo, so that nobody qualifies.
 */
export async function seedDemoStack(
  service: Service,
  issuer: IssuerRow,
  read: (name: string) => Promise<Uint8Array>,
): Promise<DemoStack | undefined> {
  const { db } = service.database
  const account = demoAccounts.secondIssuer.address
  const profile = parseIssuer(parseJson(await read('pathway/issuer.json')))
  await ensureDemoTrust(service, profile.name, demoAccounts.secondIssuer)
  const second =
    (await findIssuer(db, slug)) ??
    ((await createIssuer(db, { slug, profile, account })) as IssuerRow)
  const courses = readCourses(await read('pathway/courses.json'))
  const batches: BatchRow[] = []
  for (const [i, course] of courses.entries()) {
    const by = course.issuer === slug ? second : issuer
    batches.push(await issueCourse(service, by, course, `demo course ${i}`))
  }
  await service.catchUp()
  const [learner] = courses[0]?.learners ?? []
  if (!learner?.email) return undefined
  const components = await idsOf(service, batches, learner)
  const award = await awardTo(service, issuer, learner, components, read)
  return award && { ...award, components, email: learner.email }
}

function readCourses(bytes: Uint8Array): readonly Course[] {
  return (parseJson(bytes) as readonly JsonObject[]).map(
    ({ issuer: by, achievement, learners }) => ({
      issuer: String(by),
      achievement: parseAchievement(achievement),
      learners: refuseProblems(parseLearners(learners)),
    }),
  )
}

async function issueCourse(
  service: Service,
  issuer: IssuerRow,
  { achievement, learners }: Course,
  name: string,
): Promise<BatchRow> {
  const { config, chain, database } = service
  const intake = openIntake(database, learners.length)
  await intake.take(learners)
  const roster = await intake.end()
  const context = { db: database.db, chain, baseUrl: config.PUBLIC_BASE_URL }
  const request = { roster, times: timesOf(learners), achievement }
  const { batch, created } = await issue(context, issuer, request, `${name} ${chain.registry}`)
  if (created) await requestAnchor(database.db, batch.id)
  return batch
}

async function idsOf(
  { database: { db } }: Service,
  batches: readonly BatchRow[],
  learner: Learner,
): Promise<readonly string[]> {
  const ids: string[] = []
  for (const { id } of batches) {
    const rows = await listCredentials(db, id, -1, 100)
    ids.push(...rows.filter(({ holder }) => holder === learner.name).map((row) => row.id))
  }
  return ids
}

async function awardTo(
  service: Service,
  issuer: IssuerRow,
  learner: Learner,
  ids: readonly string[],
  read: (name: string) => Promise<Uint8Array>,
): Promise<Pick<DemoStack, 'award' | 'pathway'> | undefined> {
  const { config, database, chain } = service
  const { id: _, ...document } = parseJson(await read('pathway/pathway.json')) as JsonObject
  const known = await listPathways(database.db, issuer)
  const pathway =
    known.find(({ name }) => name === document['name']) ??
    (await publishPathway(database.db, config.PUBLIC_BASE_URL, issuer, document))
  const idempotency = { key: `demo award ${chain.registry}`, requestHash: hashBody(pathway.id) }
  let batch = await findMade(database.db, issuer, idempotency)
  if (!batch) {
    const components = await Promise.all(ids.map((id) => handedOut(service, id)))
    const applicants = [{ learner, components }]
    const request = {
      pathway,
      applicants,
      batches: [],
      validFrom: undefined,
      validUntil: undefined,
    }
    const judged = await judgeApplicants(service, issuer, request)
    if (judged.judged[0]?.qualification.outcome !== 'met') return undefined
    batch = await issueAwardBatch(service, issuer, request, judged, idempotency)
    await requestAnchor(database.db, batch.id)
    await service.catchUp()
  }
  const [award] = await listCredentials(database.db, batch.id, -1, 1)
  return award && { award: award.id, pathway: pathway.id }
}
