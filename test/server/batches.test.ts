import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBatchFile } from '../../core/batch-file.ts'
import {
  achievement,
  issueBatch,
  learners,
  recordIssuer,
  refusal,
  type Stage,
  setStage,
} from './stage.ts'
import { type Storage, storages } from './storages.ts'

describe.each(storages)('batches on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage, settings: { BATCH_LIMIT: '5000' } })
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })
  const issue = (json: unknown, headers = {}) =>
    stage.ask('POST /issuers/northfield/batches', { key: stage.key, json, headers })
  const upload = (files: Record<string, File | string>) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(files)) form.append(name, value)
    return stage.ask('POST /issuers/northfield/batches', { key: stage.key, form })
  }
  const file = (name: string, text: string) => new File([text], name)
  const achievementPart = JSON.stringify(achievement)

  it('issues from JSON and says where the batch is', async () => {
    const { status, body, headers } = await issue({ achievement, learners: learners(3) })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      state: 'built',
      size: 3,
      managed: false,
      name: 'Data Literacy',
      chainId: 31337,
    })
    expect(body.root).toMatch(/^0x[0-9a-f]{64}$/)
    expect(headers['location']).toBe(`/batches/${body.id}`)
    const again = await stage.ask(`GET /batches/${body.id}`, { key: stage.key })
    expect(again.body).toEqual(body)
  })

  it.each([
    ['roster.csv', '\uFEFFname,email\r\nZoë Ångström,zoe@example.org\r\nИван,ivan@example.org\r\n'],
    [
      'roster.json',
      '[{"name":"Zoë","email":"zoe@example.org"},{"name":"Иван","did":"did:web:ivan.example"}]',
    ],
    [
      'roster.ndjson',
      '{"name":"Zoë","email":"zoe@example.org"}\n{"name":"Иван","email":"ivan@example.org"}\n',
    ],
  ])('issues from the form with %s', async (name, text) => {
    const { status, body } = await upload({
      roster: file(name, text),
      achievement: achievementPart,
    })
    expect(status).toBe(201)
    expect(body.size).toBe(2)
  })

  it('takes the achievement as a file too, and the validity as fields', async () => {
    const { status, body } = await upload({
      achievement: file('achievement.json', achievementPart),
      roster: file('r.csv', 'name,email\nZoë,zoe@example.org\n'),
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2030-01-01T00:00:00Z',
    })
    expect(status).toBe(201)
    const { text } = await stage.ask(`GET /batches/${body.id}/file`, { key: stage.key })
    const [entry] = parseBatchFile(text).entries
    expect(entry?.credential).toMatchObject({
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2030-01-01T00:00:00Z',
    })
  })

  it('refuses a form with a part it does not know, without a roster, or with a roster of unknown kind', async () => {
    const roster = file('r.csv', 'name,email\nZoë,zoe@example.org\n')
    expect(refusal(await upload({ roster, achievement: achievementPart, colour: 'red' }))).toBe(
      '400 part_unknown',
    )
    expect(refusal(await upload({ achievement: achievementPart }))).toBe('400 roster_missing')
    expect(
      refusal(await upload({ roster: file('roster.xlsx', 'PK'), achievement: achievementPart })),
    ).toBe('400 roster_format_unknown')
    expect(refusal(await upload({ roster }))).toBe('400 achievement_malformed')
  })

  it('lists every bad row and issues nothing', async () => {
    const before = await countBatches()
    const answer = await upload({
      roster: file(
        'r.csv',
        'name,email\nZoë,zoe@example.org\n,nobody@example.org\nIvan,not-an-address\nZoë,zoe@example.org\n',
      ),
      achievement: achievementPart,
    })
    expect(refusal(answer)).toBe('400 roster_invalid')
    expect(answer.body.errors).toMatchObject([
      { line: 3, field: 'name', code: 'field_missing' },
      { line: 4, field: 'email', code: 'email_malformed' },
      { line: 5, field: 'email', code: 'learner_duplicate' },
    ])
    expect(await countBatches()).toBe(before)
  })

  it('gives the same batch for the same Idempotency-Key and request, and refuses another request', async () => {
    const headers = { 'idempotency-key': 'cohort-2026' }
    const request = { achievement, learners: learners(2) }
    const first = await issue(request, headers)
    const second = await issue(request, headers)
    expect([first.status, second.status]).toEqual([201, 200])
    expect(second.body).toEqual(first.body)
    expect(refusal(await issue({ achievement, learners: learners(3) }, headers))).toBe(
      '409 idempotency_key_reused',
    )
  })

  it('makes one batch of simultaneous requests with one key', async () => {
    const headers = { 'idempotency-key': 'at-once' }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => issue({ achievement, learners: learners(2) }, headers)),
    )
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201])
  })

  it('keeps idempotency keys of issuers apart', async () => {
    const other = await recordIssuer(
      stage.ask,
      'apart',
      '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
    )
    const headers = { 'idempotency-key': 'shared' }
    const mine = await issue({ achievement, learners: learners(1) }, headers)
    const theirs = await stage.ask('POST /issuers/apart/batches', {
      key: other,
      json: { achievement, learners: learners(2) },
      headers,
    })
    expect([mine.status, theirs.status]).toEqual([201, 201])
  })

  it('pages through the credentials in status index order', async () => {
    const id = await issueBatch(stage, 25)
    const seen: { id: string; statusIndex: number; holder: string; status: string }[] = []
    for (let after: number | undefined = -1; after !== undefined; ) {
      const { status, body } = await stage.ask(
        `GET /batches/${id}/credentials?limit=10&after=${after}`,
        { key: stage.key },
      )
      expect(status).toBe(200)
      seen.push(...body.credentials)
      after = body.next
    }
    expect(seen.map(({ statusIndex }) => statusIndex)).toEqual(
      Array.from({ length: 25 }, (_, i) => i),
    )
    expect(new Set(seen.map(({ holder }) => holder)).size).toBe(25)
    expect(seen.every(({ status }) => status === 'active')).toBe(true)
    const bad = await stage.ask(`GET /batches/${id}/credentials?limit=0`, { key: stage.key })
    expect(refusal(bad)).toBe('400 querystring_malformed')
  })

  it('hands out a batch file that the anchor script can read back', async () => {
    const id = await issueBatch(stage, 1000)
    const { body } = await stage.ask(`GET /batches/${id}`, { key: stage.key })
    const { text, headers } = await stage.ask(`GET /batches/${id}/file`, { key: stage.key })
    expect(headers['content-type']).toBe('application/x-ndjson')
    const batch = parseBatchFile(text)
    expect(batch.root).toBe(body.root)
    expect(batch.entries).toHaveLength(1000)
  })

  it('refuses more learners than BATCH_LIMIT', async () => {
    const many = { achievement, learners: learners(5001) }
    expect(refusal(await issue(many))).toBe('400 batch_too_large')
  })

  it.each([
    'GET /batches/ID',
    'GET /batches/ID/credentials',
    'GET /batches/ID/file',
    'POST /batches/ID/anchor',
  ])('%s knows no batch of somebody else, and no made-up one', async (line) => {
    const id = await issueBatch(stage, 1)
    const slug = `stranger-${line.length}${line.startsWith('P') ? 'p' : 'g'}`
    const stranger = await recordIssuer(
      stage.ask,
      slug,
      '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
    )
    expect(refusal(await stage.ask(line.replace('ID', id), { key: stranger }))).toBe(
      '404 batch_unknown',
    )
    const unknown = '00000000-0000-4000-8000-000000000000'
    expect(refusal(await stage.ask(line.replace('ID', unknown), { key: stage.key }))).toBe(
      '404 batch_unknown',
    )
    expect(refusal(await stage.ask(line.replace('ID', id)))).toBe('401 key_invalid')
    expect(refusal(await stage.ask(line.replace('ID', 'x'), { key: stage.key }))).toBe(
      '400 params_malformed',
    )
  })

  const countBatches = async () => {
    const rows = await stage.service.database.db.selectFrom('batches').select('id').execute()
    return rows.length
  }
})
