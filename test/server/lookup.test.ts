import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  achievement,
  anchoredBatch,
  issueBatch,
  recordIssuer,
  refusal,
  type Stage,
  setStage,
} from './stage.ts'
import { type Storage, storages } from './storages.ts'

const learners = [
  { name: 'Zoë "Z" Ångström', email: 'Zoe@Example.org' },
  { name: 'Max', email: 'max@example.org', did: 'did:example:max' },
  { name: 'Max', email: 'other.max@example.org' },
  { name: 'Eve', did: 'did:example:eve' },
]

describe.each(storages)('credentials are looked up on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  let id: string
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage })
    const { body } = await stage.ask('POST /issuers/northfield/batches', {
      key: stage.key,
      json: { achievement, learners },
    })
    id = body.id
  })
  afterAll(async () => {
    await stage.close()
    await storage.remove()
  })
  const lookUp = (names: readonly unknown[], key = stage.key, batch = id) =>
    stage.ask(`POST /batches/${batch}/lookup`, { key, json: { names } })

  it('by every name that the roster knows, and by nothing else', async () => {
    const { body } = await lookUp([
      { email: 'zoe@example.org' },
      { did: 'did:example:max' },
      { name: 'Eve' },
      { name: 'Zoë "Z" Ångström' },
      { statusIndex: 0 },
      { name: 'Max' },
      { name: 'max' },
      { email: 'zoe@example.com' },
      { statusIndex: 4 },
      { id: '3d9f8a52-6c1e-4b0f-9a77-2f0c5e8d1b64' },
    ])
    const page = await stage.ask(`GET /batches/${id}/credentials`, { key: stage.key })
    const holderAt = new Map<number, string>(
      page.body.credentials.map((one: { statusIndex: number; holder: string }) => [
        one.statusIndex,
        one.holder,
      ]),
    )
    const found: { item: number; statusIndex: number; chainStatus: string }[] = body.found
    expect(found.map(({ item, statusIndex }) => `${item} ${holderAt.get(statusIndex)}`)).toEqual([
      '0 Zoë "Z" Ångström',
      '1 Max',
      '2 Eve',
      '3 Zoë "Z" Ångström',
      `4 ${holderAt.get(0)}`,
    ])
    expect(found[0]).toMatchObject({ status: 'active', chainStatus: 'active' })
    expect(body.problems).toMatchObject([
      { item: 5, code: 'holder_ambiguous', message: expect.stringContaining('2 credentials') },
      { item: 6, code: 'holder_unknown' },
      { item: 7, code: 'holder_unknown' },
      { item: 8, code: 'credential_unknown' },
      { item: 9, code: 'credential_unknown' },
    ])
    const [{ id: first } = { id: '' }] = page.body.credentials
    expect((await lookUp([{ id: first }])).body.found).toMatchObject([{ item: 0 }])
  })

  it('for their issuer alone, within what a second allows', async () => {
    const key = await recordIssuer(stage.ask, 'other', `0x${'5'.repeat(40)}`)
    expect(refusal(await lookUp([{ statusIndex: 0 }], key))).toBe('404 batch_unknown')
    expect((await stage.ask(`POST /batches/${id}/lookup`, { json: { names: [] } })).status).toBe(
      401,
    )
    expect((await lookUp([])).status).toBe(400)
    expect((await lookUp([{ name: 'x', id: 'y' }])).status).toBe(400)
    const emails = Array.from({ length: 1001 }, (_, i) => ({ email: `learner${i}@example.org` }))
    const large = await issueBatch(stage, 1_000)
    expect(refusal(await lookUp(emails, stage.key, large))).toBe('413 lookup_too_large')
    const { body } = await lookUp(emails.slice(0, 500), stage.key, large)
    expect(new Set(body.found.map((one: { statusIndex: number }) => one.statusIndex)).size).toBe(
      500,
    )
  })

  it('and those that are not revoked change together, whatever stands already', async () => {
    const { id: batch, credentials } = await anchoredBatch(stage, 6)
    const change = (status: string, more: object, query = '') =>
      stage.ask(`POST /batches/${batch}/statuses${query}`, {
        key: stage.key,
        json: { status, ...more },
      })
    await change('revoked', { ids: [credentials[1]] })
    await change('suspended', { ids: [credentials[2]] })
    await stage.service.catchUp()
    const dry = await change('suspended', { all: true }, '?dryRun=true')
    expect(dry.body).toMatchObject({ named: 4, changed: 4, pending: 4, recorded: false })
    expect(dry.body.cost).toMatchObject({ transactions: 1 })
    const counts = async () =>
      (await stage.ask(`GET /batches/${batch}/statuses`, { key: stage.key })).body
    expect(await counts()).toMatchObject({ revoked: 1, suspended: 1, pending: 0 })
    const wet = await change('suspended', { all: true })
    expect(wet.body).toMatchObject({ named: 4, changed: 4, left: 0, recorded: true })
    expect(wet.body.cost.gas).toBe(dry.body.cost.gas)
    await stage.service.catchUp()
    expect(await counts()).toMatchObject({ revoked: 1, suspended: 5, pending: 0 })
    expect((await change('suspended', { all: true })).body).toMatchObject({ named: 0, left: 0 })
    expect((await change('active', { all: true })).body).toMatchObject({ named: 5 })
    expect(refusal(await change('active', { all: true, ids: [credentials[0]] }))).toBe(
      '400 status_order_malformed',
    )
    expect(refusal(await change('active', { all: false }))).toBe('400 status_order_malformed')
  })

  it('and those whose time is over are counted, by the batch’s end or their own', async () => {
    const past = { validFrom: '2020-01-01T00:00:00Z', validUntil: '2021-01-01T00:00:00Z' }
    const issue = async (batch: object, own: readonly object[]) => {
      const { body } = await stage.ask('POST /issuers/northfield/batches', {
        key: stage.key,
        json: {
          achievement,
          ...batch,
          learners: own.map((terms, i) => ({ name: 'X', email: `x${i}@example.org`, ...terms })),
        },
      })
      await stage.ask(`POST /batches/${body.id}/anchor`, { key: stage.key })
      await stage.service.catchUp()
      return body.id as string
    }
    const counts = async (batch: string) =>
      (await stage.ask(`GET /batches/${batch}/statuses`, { key: stage.key })).body
    const later = { validUntil: '2120-01-01T02:00:00+02:00' }
    const ancient = { validFrom: '0000-01-01T00:00:00Z', validUntil: '0000-02-01T00:00:00Z' }
    const mixed = await issue({}, [past, later, {}, ancient])
    expect(await counts(mixed)).toMatchObject({ expired: 2, revoked: 0 })
    const over = await issue(past, [{}, { validUntil: later.validUntil }, { result: 'A' }])
    expect(await counts(over)).toMatchObject({ expired: 2 })
    await stage.ask(`POST /batches/${over}/statuses`, {
      key: stage.key,
      json: { status: 'revoked', all: true },
    })
    await stage.service.catchUp()
    expect(await counts(over)).toMatchObject({ expired: 0, revoked: 3 })
  })
})
