import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAchievement, parseIssuer } from '../core/achievement.ts'
import { parseJson } from '../core/json.ts'
import { parseRoster, refuseProblems } from '../core/roster.ts'
import { timesOf } from '../core/roster-piece.ts'
import { type BatchRow, batchColumns, requestAnchor } from './batches.ts'
import { demoAccounts } from './demo-accounts.ts'
import { type DemoStack, seedDemoStack } from './demo-stack.ts'
import { ensureDemoTrust } from './demo-trust.ts'
import { issue } from './issue.ts'
import { createIssuer, findIssuer, type IssuerRow } from './issuers.ts'
import { createKey, issuerIdOfKey } from './keys.ts'
import { openIntake } from './roster-parts.ts'
import type { Service } from './service.ts'
import { requestStatus } from './statuses.ts'
import { type CredentialStatus, credentialStatuses } from './tables.ts'

const slug = 'northfield'
const defaultExamples = join(import.meta.dirname, '..', 'examples')

/** One credential of each standing, by id, and the key of the demo issuer. */
export interface Demo {
  readonly credentials: Readonly<Record<CredentialStatus, string | undefined>>
  readonly apiKeyFile: string
  readonly apiKey: string
  readonly batch: BatchRow
  readonly stack: DemoStack | undefined
}

/**
 * Makes the demo issuer and its cohort, once per data directory, and brings a chain that was reset up to date: accreditation,
 * operator, anchors and statuses. Safe to run at every start.
 */
export async function seedDemo(service: Service, examples = defaultExamples): Promise<Demo> {
  const { db } = service.database
  const read = (name: string) => readFile(join(examples, name))
  const profile = parseIssuer(parseJson(await read('issuer.json')))
  await ensureDemoTrust(service, profile.name)
  const account = demoAccounts.issuer.address
  const issuer =
    (await findIssuer(db, slug)) ??
    ((await createIssuer(db, { slug, profile, account })) as IssuerRow)
  const apiKeyFile = join(service.config.DATA_DIR, 'demo-key')
  const apiKey = await ensureKey(service, issuer, apiKeyFile)

  let batch = await findDemoBatch(service, issuer)
  if (!batch) {
    batch = await issueExamples(service, issuer, read)
    const [, second, third] = await idsOf(service, batch, undefined, 3)
    if (second) await requestStatus(db, second, 'revoked')
    if (third) await requestStatus(db, third, 'suspended')
  }
  await service.catchUp()
  const stack = await seedDemoStack(service, issuer, read)
  return { credentials: await demoCredentials(service, batch), apiKeyFile, apiKey, batch, stack }
}

/** A credential of each standing, for the page to offer. */
export async function demoExamples(service: Service) {
  const issuer = await findIssuer(service.database.db, slug)
  const batch = issuer && (await findDemoBatch(service, issuer))
  if (!batch) return []
  const names = { active: 'valid', suspended: 'suspended', revoked: 'revoked' } as const
  const credentials = await demoCredentials(service, batch)
  return credentialStatuses.flatMap((status) => {
    const id = credentials[status]
    return id === undefined ? [] : [{ name: names[status], url: `/credentials/${id}` }]
  })
}

async function issueExamples(
  service: Service,
  issuer: IssuerRow,
  read: (name: string) => Promise<Uint8Array>,
): Promise<BatchRow> {
  const { config, chain } = service
  const { db } = service.database
  const learners = refuseProblems(parseRoster(await read('roster.csv'), 'csv'))
  const achievement = parseAchievement(parseJson(await read('achievement.json')))
  const intake = openIntake(service.database, learners.length)
  await intake.take(learners)
  const roster = await intake.end()
  const context = { db, chain, baseUrl: config.PUBLIC_BASE_URL }
  const { batch } = await issue(
    context,
    issuer,
    { roster, times: timesOf(learners), achievement },
    `demo ${chain.registry}`,
  )
  await requestAnchor(db, batch.id)
  return batch
}

async function findDemoBatch({ database, chain }: Service, issuer: IssuerRow) {
  return database.db
    .selectFrom('batches')
    .select(batchColumns)
    .where('issuer_id', '=', issuer.id)
    .where('idempotency_key', '=', `demo ${chain.registry}`)
    .executeTakeFirst()
}

async function demoCredentials(service: Service, batch: BatchRow) {
  const first = async (status: CredentialStatus) => (await idsOf(service, batch, status, 1))[0]
  return {
    active: await first('active'),
    suspended: await first('suspended'),
    revoked: await first('revoked'),
  }
}

async function idsOf(
  { database }: Service,
  batch: BatchRow,
  status: CredentialStatus | undefined,
  limit: number,
): Promise<readonly string[]> {
  const rows = await database.db
    .selectFrom('credentials')
    .select('id')
    .where('batch_id', '=', batch.id)
    .$if(status !== undefined, (query) => query.where('status', '=', status as CredentialStatus))
    .orderBy('status_index')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** The key in the file, or a new one where there is none that works. */
async function ensureKey(service: Service, issuer: IssuerRow, file: string): Promise<string> {
  const { db } = service.database
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (kept && (await issuerIdOfKey(db, kept)) === issuer.id) return kept
  const { key } = await createKey(db, issuer.id)
  await writeFile(file, `${key}\n`, { mode: 0o600 })
  await chmod(file, 0o600)
  return key
}
