import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Storage, storages } from '../../test/server/storages.ts'
import { contest, type Entry, measuredOf } from '../contest.ts'
import type { GoalKey } from '../goal.ts'
import { anchorBatches, type BuiltBatch, issueRoster } from '../issuing.ts'
import type { Outcome, Part } from '../part.ts'
import type { Plan } from '../plan.ts'
import { numberText } from '../report/number.ts'
import { quantityRow, type Row, ratioRow, unmeasured } from '../row.ts'
import { recordIssuer, type Settings, startChain, startService } from '../service.ts'
import { median } from '../statistics.ts'
import { measureRoutes, routeGoals } from './routes.ts'

/** A batch sent to the service, built and stored in PostgreSQL; then what it costs to ask for it. */
export const postgresPart: Part = {
  name: 'postgres',
  goals: ['storedPostgres', 'memoryMillion', 'memoryGrowth', ...routeGoals],
  measure: (plan, say) =>
    withStorage('PostgreSQL', async (storage) => {
      const chain = await startChain()
      const settings = { ...storage.settings, ...chain.settings }
      const copy = {
        module: 'postgres-copy',
        task: { url: storage.settings['DATABASE_URL'] ?? '', rows: plan.copyRows },
      }
      try {
        const built = await buildBeside(settings, copy, plan.storedSize.postgres, say)
        const rows = [storedRow('storedPostgres', built), memoryRow(built.batch)]
        const routes = await askForIt(settings, built, plan, say)
        const growth = await memoryGrowth(settings, built, plan, say)
        return { ...routes, rows: [...rows, growth, ...routes.rows] } satisfies Outcome
      } finally {
        await chain.stop()
      }
    }),
}

/** The same with the embedded database. */
export const pglitePart: Part = {
  name: 'pglite',
  goals: ['storedPglite'],
  measure: (plan, say) =>
    withStorage('PGlite', async (storage) => {
      const chain = await startChain()
      const directory = await mkdtemp(join(tmpdir(), 'rootmark-bench-'))
      const copy = { module: 'pglite-copy', task: { directory, rows: plan.copyRows } }
      const settings = { ...storage.settings, ...chain.settings }
      try {
        const built = await buildBeside(settings, copy, plan.storedSize.pglite, say)
        return { rows: [storedRow('storedPglite', built)] }
      } finally {
        await chain.stop()
        await rm(directory, { recursive: true, force: true })
      }
    }),
}

interface Built {
  readonly batch: BuiltBatch
  /** Rows a second that the storage takes by itself. */
  readonly copyRate: number
  readonly key: string
}

export async function withStorage<T>(
  name: (typeof storages)[number]['name'],
  use: (storage: Storage) => Promise<T>,
): Promise<T> {
  const kind = storages.find((one) => one.name === name)
  if (!kind) throw new Error(`there is no storage ${name}`)
  const storage = await kind.open()
  try {
    return await use(storage)
  } finally {
    await storage.remove()
  }
}

/** Has a service that was just started build a batch, and times what its storage takes before and after. */
async function buildBeside(
  settings: Settings,
  copy: Entry,
  size: number,
  say: (text: string) => void,
): Promise<Built> {
  const before = await copyRate(copy)
  const service = await startService(settings)
  try {
    const key = await recordIssuer(service)
    say(`${size} credentials …`)
    const batch = await issueRoster(service, key, size)
    say(`built in ${batch.seconds.toFixed(1)} s`)
    await service.stop()
    return { batch, copyRate: median([before, await copyRate(copy)]), key }
  } finally {
    await service.stop()
  }
}

async function copyRate(entry: Entry): Promise<number> {
  const { copy } = await contest({ copy: entry }, { rounds: 3, warmUps: 1 })
  const { result, medianMs } = measuredOf(copy)
  return ((result as number) / medianMs) * 1000
}

function storedRow(key: GoalKey, { batch, copyRate: peer }: Built): Row {
  return ratioRow(key, {
    ours: batch.size / batch.seconds,
    peer,
    unit: 'rows/s',
    note: `${numberText(batch.size)} credentials in ${numberText(batch.seconds)} s from the first byte of the roster, HTTP included; COPY takes finished documents of 2.4 KB; no fsync on either side`,
  })
}

function memoryRow({ size, peakMb }: BuiltBatch): Row {
  return quantityRow(
    'memoryMillion',
    peakMb,
    'MB',
    `${numberText(size)} credentials; the peak of the service's process less what it had before the first byte`,
  )
}

/** What the batch costs to ask for, once it is anchored. Where that fails, what was measured before it stays. */
async function askForIt(
  settings: Settings,
  { batch, key }: Built,
  plan: Plan,
  say: (text: string) => void,
): Promise<Outcome> {
  const service = await startService(settings)
  try {
    say('anchoring it …')
    await anchorBatches(service, key, [batch.id])
    return await measureRoutes(service, key, batch, plan, say)
  } catch (thrown) {
    return { rows: routeGoals.map((goal) => unmeasured(goal, (thrown as Error).message)) }
  } finally {
    await service.stop()
  }
}

/** Has a service of its own build a larger batch. */
async function memoryGrowth(
  settings: Settings,
  { batch, key }: Built,
  { largerSize }: Plan,
  say: (text: string) => void,
): Promise<Row> {
  if (largerSize === 0) return unmeasured('memoryGrowth', 'only the full run has the time')
  say(`${largerSize} credentials …`)
  const service = await startService(settings)
  try {
    const larger = await issueRoster(service, key, largerSize)
    const more = ((larger.peakMb - batch.peakMb) * 1e6) / (larger.size - batch.size)
    const peaks = `${numberText(batch.peakMb)} and ${numberText(larger.peakMb)} MB above idle`
    const note = `${peaks}; ${numberText(larger.size)} credentials were built in ${numberText(larger.seconds)} s`
    return quantityRow('memoryGrowth', more, 'bytes', note)
  } catch (thrown) {
    return unmeasured('memoryGrowth', (thrown as Error).message)
  } finally {
    await service.stop()
  }
}
