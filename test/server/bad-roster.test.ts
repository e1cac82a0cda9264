import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { achievement, learners, refusal, type Stage, setStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.close())

const send = (raw: string | Uint8Array) =>
  stage.ask('POST /issuers/northfield/batches', { key: stage.key, raw })
const sendJson = (json: unknown) => send(JSON.stringify(json))
const upload = (bytes: string | Uint8Array<ArrayBuffer>, name = 'roster.csv') => {
  const form = new FormData()
  form.append('achievement', JSON.stringify(achievement))
  form.append('roster', new File([bytes], name))
  return stage.ask('POST /issuers/northfield/batches', { key: stage.key, form })
}
const [learner] = learners(1)

describe('a roster file that is refused', () => {
  it.each([
    ['empty', '', '400 roster_empty'],
    ['a header only', 'name,email\n', '400 roster_empty'],
    ['without a column for the name', 'email\na@example.org\n', '400 column_missing'],
    ['without a column that identifies', 'name\nZoë\n', '400 column_missing'],
    [
      'with a column that is unknown',
      'name,email,shoe size\nZoë,z@example.org,41\n',
      '400 column_unknown',
    ],
    ['with an open quotation mark', 'name,email\n"Zoë,z@example.org\n', '400 csv_malformed'],
  ])('is %s', async (_name, text, expected) => {
    const answer = await upload(text)
    expect(refusal(answer)).toBe(expected)
    expect(answer.body.detail.length).toBeGreaterThan(20)
  })

  it('names every row that is wrong', async () => {
    const answer = await upload(
      'name,email\nZoë,z@example.org\nZoë,z@example.org\nIvan\n,x@example.org\n',
    )
    expect(refusal(answer)).toBe('400 roster_invalid')
    expect(
      answer.body.errors.map(({ line, code }: { line: number; code: string }) => `${line} ${code}`),
    ).toEqual(['3 learner_duplicate', '4 fields_miscounted', '5 field_missing'])
  })

  it('is not UTF-8', async () => {
    const latin1 = Uint8Array.from(Buffer.from('name,email\nZo\xeb,z@example.org\n', 'latin1'))
    expect(refusal(await upload(latin1))).toBe('400 utf8_invalid')
  })

  it('has one line of ten megabytes', async () => {
    expect(refusal(await upload(`name,email\n${'x'.repeat(10_000_000)},z@example.org\n`))).toBe(
      '400 line_too_long',
    )
    expect(refusal(await upload(`{"name":"${'x'.repeat(100_000)}"}\n`, 'r.ndjson'))).toBe(
      '400 line_too_long',
    )
  })

  it('has one line of fifty megabytes, of which little is read', async () => {
    const before = process.memoryUsage().rss
    expect(refusal(await upload(`name,email\n${'x'.repeat(50_000_000)},z@example.org\n`))).toBe(
      '400 line_too_long',
    )
    expect(refusal(await send(`{"learners":"${'x'.repeat(50_000_000)}"}`))).toBe('413 too_large')
    expect(process.memoryUsage().rss - before).toBeLessThan(1_000_000_000)
  })

  it('holds JSON that computers disagree about', async () => {
    expect(
      refusal(
        await upload('[{"name":"Zoë","email":"z@example.org","email":"y@example.org"}]', 'r.json'),
      ),
    ).toBe('400 duplicate_name')
    expect(refusal(await upload('[{"name":"\\ud800","email":"z@example.org"}]', 'r.json'))).toBe(
      '400 lone_surrogate',
    )
    const ndjson = await upload(
      '{"name":"Zoë","email":"z@example.org"}\n{"name":"Ivan","credits":1e400}\n',
      'r.ndjson',
    )
    expect(ndjson.body.errors).toMatchObject([{ line: 2, code: 'number_unsafe' }])
  })
})

describe('a request that is refused', () => {
  it.each<readonly [string, unknown, string, string]>([
    ['null', null, 'request_malformed', ''],
    ['an array', [], 'request_malformed', ''],
    ['a text', 'x', 'request_malformed', ''],
    ['a number', 7, 'request_malformed', ''],
    ['without an achievement', { learners: [learner] }, 'achievement_malformed', '/achievement'],
    ['without learners', { achievement }, 'roster_malformed', '/learners'],
    ['with no learner', { achievement, learners: [] }, 'roster_empty', '/learners'],
    [
      'with a member that is unknown',
      { achievement, learners: [learner], notify: true },
      'member_unknown',
      '/notify',
    ],
    [
      'with an achievement without criteria',
      { achievement: { ...achievement, criteria: undefined }, learners: [learner] },
      'achievement_malformed',
      '/achievement',
    ],
    [
      'with criteria that say nothing',
      { achievement: { ...achievement, criteria: {} }, learners: [learner] },
      'criteria_missing',
      '/achievement/criteria',
    ],
    [
      'with an unknown member of the achievement',
      { achievement: { ...achievement, colour: 'red' }, learners: [learner] },
      'achievement_malformed',
      '/achievement/colour',
    ],
    [
      'with times out of order',
      {
        achievement,
        learners: [learner],
        validFrom: '2027-01-01T00:00:00Z',
        validUntil: '2026-01-01T00:00:00Z',
      },
      'times_out_of_order',
      '/validUntil',
    ],
    [
      'with a time without a zone',
      { achievement, learners: [learner], validFrom: '2027-01-01' },
      'time_malformed',
      '/validFrom',
    ],
    [
      'with a day that does not exist',
      { achievement, learners: [learner], validUntil: '2027-02-30T00:00:00Z' },
      'time_malformed',
      '/validUntil',
    ],
  ])('is %s', async (_name, json, code, pointer) => {
    const answer = await sendJson(json)
    expect(refusal(answer)).toBe(`400 ${code}`)
    expect(answer.body.pointer).toBe(pointer)
  })

  it('has a learner whose own times are out of order', async () => {
    const times = { validFrom: '2027-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }
    const answer = await sendJson({
      achievement,
      learners: [learner, { ...learner, email: 'b@example.org', ...times }],
    })
    expect(answer.body.errors).toMatchObject([
      { line: 2, field: 'validUntil', code: 'times_out_of_order' },
    ])
  })

  it.each([
    ['{"achievement":{"name":"a","name":"b"}}', 'duplicate_name', '/achievement/name'],
    ['{"learners":[{"name":"\\udc00"}]}', 'lone_surrogate', '/learners/0/name'],
    ['{"learners":[{"credits":1e400}]}', 'number_unsafe', '/learners/0/credits'],
    ['{"learners":[{"credits":9007199254740993}]}', 'number_unsafe', '/learners/0/credits'],
    ['{"__proto__":{}}', 'name_forbidden', '/__proto__'],
    ['{"learners":', 'json_malformed', '/learners'],
    [`${'['.repeat(10_000)}`, 'too_deep', undefined],
  ])('is no I-JSON: %#', async (text, code, pointer) => {
    const answer = await send(text)
    expect(refusal(answer)).toBe(`400 ${code}`)
    if (pointer) expect(answer.body.pointer).toBe(pointer)
  })

  it('leaves nothing behind', async () => {
    const rows = await stage.service.database.db.selectFrom('batches').select('id').execute()
    expect(rows).toEqual([])
  })

  it('has an Idempotency-Key that is too long, or a body of another type', async () => {
    const headers = { 'idempotency-key': 'k'.repeat(201) }
    const answer = await stage.ask('POST /issuers/northfield/batches', {
      key: stage.key,
      json: {},
      headers,
    })
    expect(refusal(answer)).toBe('400 headers_malformed')
    const text = await stage.ask('POST /issuers/northfield/batches', {
      key: stage.key,
      raw: 'name,email',
      type: 'text/csv',
    })
    expect(refusal(text)).toBe('415 content_type_unsupported')
  })
})
