import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBuild } from '../../server/builds.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { sendToRegistry } from './chain-calls.ts'
import {
  achievement,
  adminKey,
  anchoredBatch,
  issueBatch,
  learners,
  refusal,
  type Stage,
  setStage,
} from './stage.ts'
import { type Storage, storages } from './storages.ts'

const issuer = demoAccounts.issuer.address
const authorise = (stage: Stage, roles: number) =>
  sendToRegistry(stage.chain, issuer, 'setOperator', [
    demoAccounts.operator.address,
    roles,
    roles === 0 ? 0 : 4_102_444_800,
  ])

describe.each(storages)('jobs on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage, settings: { JOB_ATTEMPTS: '1' } })
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })
  const jobs = async (state = 'dead') =>
    (await stage.ask(`GET /admin/jobs?state=${state}`, { key: adminKey })).body.jobs
  const batchOf = async (id: string) =>
    (await stage.ask(`GET /batches/${id}`, { key: stage.key })).body
  const retry = (id: string) => stage.ask(`POST /admin/jobs/${id}/retry`, { key: adminKey })
  const dead = async (kind: string) => {
    const { text } = await stage.ask('GET /metrics')
    return Number(new RegExp(`rootmark_jobs{kind="${kind}",state="dead"} (\\d+)`).exec(text)?.[1])
  }
  const refusedBatch = async () => {
    const id = await issueBatch(stage, 2)
    await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    await authorise(stage, 0)
    await stage.service.catchUp()
    await authorise(stage, 3)
    return id
  }

  it('belong to whoever runs the service', async () => {
    expect(refusal(await stage.ask('GET /admin/jobs'))).toBe('401 key_invalid')
    expect(refusal(await stage.ask('GET /admin/jobs', { key: stage.key }))).toBe('401 key_invalid')
    const some = '00000000-0000-4000-8000-000000000000'
    const answer = await stage.ask(`POST /admin/jobs/${some}/retry`, { key: stage.key })
    expect(refusal(answer)).toBe('401 key_invalid')
    expect(refusal(await retry(some))).toBe('404 job_unknown')
    const odd = await stage.ask('GET /admin/jobs?state=lost', { key: adminKey })
    expect(odd.status).toBe(400)
  })

  it('leave nothing to see where all went well', async () => {
    await anchoredBatch(stage, 2)
    const { body } = await stage.ask('GET /admin/jobs', { key: adminKey })
    expect(body).toEqual({ counts: [], jobs: [] })
  })

  it('that are given up are shown with the reason, left alone, and done when they are retried', async () => {
    const id = await refusedBatch()
    const [job, ...others] = await jobs()
    expect(others).toEqual([])
    expect(job).toMatchObject({ kind: 'anchor', batch: id, state: 'dead', attempts: 1 })
    expect(job.reason).toContain('has not authorised')
    expect(await dead('anchor')).toBe(1)
    await stage.service.catchUp()
    expect(await batchOf(id)).toMatchObject({ state: 'built', managed: true })
    expect((await batchOf(id)).reason).toContain('has not authorised')

    const answer = await retry(job.id)
    expect([answer.status, answer.body]).toEqual([202, { kind: 'anchor', batch: id }])
    expect(refusal(await retry(job.id))).toBe('404 job_unknown')
    await stage.service.catchUp()
    expect(await batchOf(id)).toMatchObject({ state: 'finalized' })
    expect([await jobs(), await dead('anchor')]).toEqual([[], 0])
  })

  it('are forgotten when the issuer asks again', async () => {
    const id = await refusedBatch()
    expect(await jobs()).toHaveLength(1)
    await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    expect(await jobs()).toEqual([])
    expect(await jobs('waiting')).toMatchObject([{ kind: 'anchor', batch: id, attempts: 0 }])
    await stage.service.catchUp()
    expect(await batchOf(id)).toMatchObject({ state: 'finalized' })
  })

  it('that are asked for twice are done once', async () => {
    const id = await issueBatch(stage, 2)
    await Promise.all(
      [1, 2, 3].map(() => stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })),
    )
    await stage.service.watcher.round()
    expect(await jobs('waiting')).toHaveLength(1)
    await stage.service.catchUp()
    expect(await batchOf(id)).toMatchObject({ state: 'finalized' })
  })

  it('that are asked for stay until somebody takes them', async () => {
    const id = await issueBatch(stage, 2)
    await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    // The queue drops what is older than it keeps, at a moment of its own.
    const { rows } = await sql`select keep_until > now() + interval '1 day' as kept
      from pgboss.job where name = 'anchor' and singleton_key = ${id}`.execute(
      stage.service.database.db,
    )
    expect(rows).toEqual([{ kept: true }])
    await stage.service.catchUp()
    expect((await batchOf(id)).state).toBe('finalized')
  })

  it('make a batch that cannot be built a failed one, which is built once the cause is gone', async () => {
    const { db } = stage.service.database
    const { body } = await stage.ask('POST /issuers/northfield/batches', {
      key: stage.key,
      json: { achievement, learners: learners(1001) },
    })
    const build = await findBuild(db, body.id)
    const spoil = (terms: string) =>
      db.updateTable('builds').set({ terms }).where('batch_id', '=', body.id).execute()
    await spoil('{"batchId":')
    await stage.service.catchUp()
    const failed = await batchOf(body.id)
    expect(failed.state).toBe('failed')
    expect(failed.reason).toContain('JSON')
    expect(failed.root).toBeUndefined()
    for (const line of [`POST /batches/${body.id}/anchor`, `GET /batches/${body.id}/file`]) {
      expect(refusal(await stage.ask(line, { key: stage.key }))).toBe('409 batch_failed')
    }
    const [job] = await jobs()
    expect(job).toMatchObject({ kind: 'build', batch: body.id })
    await stage.service.catchUp()
    expect((await batchOf(body.id)).state).toBe('failed')

    await spoil(JSON.stringify(build?.terms))
    expect((await retry(job.id)).status).toBe(202)
    await stage.service.catchUp()
    const built = await batchOf(body.id)
    expect(built.state).toBe('built')
    expect(built.reason).toBeUndefined()
  })

  it('of which one is under way when the service ends go on with the next', async () => {
    const { db } = stage.service.database
    const { body } = await stage.ask('POST /issuers/northfield/batches', {
      key: stage.key,
      json: { achievement, learners: learners(4000) },
    })
    await stage.service.start()
    for (let built = 0; built < 500; ) {
      built = (await batchOf(body.id)).built
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await stage.service.jobs.stop()
    const left = await batchOf(body.id)
    expect(left.state).toBe('building')
    expect(left.built).toBeLessThan(4000)
    const { rows } = await db.executeQuery<{ state: string }>({
      sql: `select state from pgboss.job where name = 'build' and data->>'batch' = '${body.id}' and state <> 'completed'`,
    } as never)
    expect(rows).toEqual([{ state: 'created' }])
  })
})
