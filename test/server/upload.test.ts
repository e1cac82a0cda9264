import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseBatchFile } from '../../core/batch-file.ts'
import { achievement, learners, refusal, type Stage, setStage } from './stage.ts'
import { type Storage, storages } from './storages.ts'

const rosterLimit = 4_000_000

describe.each(storages)('a roster that is handed in, with $name,', ({ open }) => {
  let storage: Storage
  let stage: Stage
  let port: number
  beforeAll(async () => {
    storage = await open()
    const settings = { ROSTER_LIMIT: String(rosterLimit), REQUEST_TIMEOUT_MS: '1000' }
    stage = await setStage({ storage, settings })
    port = Number(new URL(await stage.listen()).port)
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })
  afterEach(async () => {
    expect(await leftovers()).toEqual([])
  })

  const upload = (bytes: Uint8Array | string, name: string) => {
    const form = new FormData()
    form.append('roster', new File([bytes as BlobPart], name))
    form.append('achievement', JSON.stringify(achievement))
    return stage.ask('POST /issuers/northfield/batches', { key: stage.key, form })
  }
  const csv = (count: number) =>
    ['name,email', ...learners(count).map(({ name, email }) => `${name},${email}`)].join('\n')

  /** Tables in which something is left of rosters that no batch is built from. */
  async function leftovers(): Promise<readonly string[]> {
    const { db } = stage.service.database
    const names = ['rosters', 'roster_parts', 'subtree_rosters', 'build_chunks', 'builds']
    const counts = await Promise.all(
      names.map(async (name) => {
        const { rows } = await sql<{ count: number }>`
          select count(*)::int as count from ${sql.table(name)}`.execute(db)
        return { name, count: rows[0]?.count }
      }),
    )
    return counts.filter(({ count }) => count !== 0).map(({ name }) => name)
  }

  /** Sends the head of a request and then what the test writes, as no well-behaved client does. */
  async function sendSlowly(write: (send: (text: string) => void) => void): Promise<string> {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.on('data', (data) => {
      answer += data
    })
    socket.on('error', () => undefined)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    write((text) => void socket.write(text))
    await closed
    return answer
  }

  const head = (type: string, length: number) =>
    [
      'POST /issuers/northfield/batches HTTP/1.1',
      'host: localhost',
      `authorization: Bearer ${stage.key}`,
      `content-type: ${type}`,
      `content-length: ${length}`,
      '\r\n',
    ].join('\r\n')
  const formHead =
    '--b\r\ncontent-disposition: form-data; name="roster"; filename="r.csv"\r\n\r\nname,email\n'

  it.each([
    ['r.csv.gz', (count: number) => gzipSync(csv(count))],
    [
      'r.ndjson.gz',
      (count: number) =>
        gzipSync(
          learners(count)
            .map((learner) => JSON.stringify(learner))
            .join('\n'),
        ),
    ],
  ])('may be packed: %s', async (name, make) => {
    const { status, body } = await upload(make(2500), name)
    expect([status, body.size]).toEqual([202, 2500])
    await stage.service.catchUp()
    const file = await stage.ask(`GET /batches/${body.id}/file`, { key: stage.key })
    const names = parseBatchFile(file.text).entries.map(({ credential }) =>
      JSON.stringify(credential['credentialSubject']),
    )
    expect(names.filter((text) => text.includes('Zoë Ångström 2499'))).toHaveLength(1)
  })

  it('is cut off where it unpacks to more than is read', async () => {
    const bomb = gzipSync(Buffer.alloc(300_000_000, '\n'), { level: 1 })
    expect(bomb.length).toBeLessThan(rosterLimit)
    const before = process.memoryUsage().rss
    expect(refusal(await upload(bomb, 'r.csv.gz'))).toBe('413 roster_too_large')
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000)
  })

  it('is refused where it is not what its name says', async () => {
    expect(refusal(await upload('name,email\nA,a@x.org', 'r.csv.gz'))).toBe('400 form_malformed')
    const torn = gzipSync(csv(5000)).subarray(0, 9000)
    expect(refusal(await upload(torn, 'r.csv.gz'))).toBe('400 form_malformed')
    expect(refusal(await upload(csv(3), 'r.zip'))).toBe('400 roster_format_unknown')
  })

  it('leaves nothing where a row after thousands is bad', async () => {
    const { status, body } = await upload(`${csv(60_000)}\nNobody,\n`, 'r.csv')
    expect([status, body.code]).toEqual([400, 'roster_invalid'])
    expect(body.errors).toMatchObject([{ line: 60_002, field: 'email' }])
  })

  it('of millions of empty lines has no learners', async () => {
    const { status, body } = await upload(`name,email\n${'\n'.repeat(3_900_000)}`, 'r.csv')
    expect([status, body.code]).toEqual([400, 'roster_empty'])
  })

  it('is answered where its sender sends a byte now and then', async () => {
    let timer: NodeJS.Timeout | undefined
    const answer = await sendSlowly((send) => {
      send(head('multipart/form-data; boundary=b', 3_000_000) + formHead)
      timer = setInterval(() => send('x'), 100)
    })
    clearInterval(timer)
    expect(answer).toMatch(/^HTTP\/1.1 408 /)
    expect(answer).toContain('request_too_slow')
  })

  it('of JSON is answered where its sender sends a byte now and then', async () => {
    let timer: NodeJS.Timeout | undefined
    const answer = await sendSlowly((send) => {
      send(head('application/json', 3_000_000))
      timer = setInterval(() => send(' '), 100)
    })
    clearInterval(timer)
    expect(answer).toMatch(/^HTTP\/1.1 408 /)
  })

  it('leaves nothing where its sender goes away in the middle', async () => {
    const rows = csv(60_000).slice('name,email\n'.length)
    const socket = connect(port, '127.0.0.1')
    socket.write(head('multipart/form-data; boundary=b', 100_000_000) + formHead + rows)
    const { db } = stage.service.database
    const stored = async () => (await db.selectFrom('roster_parts').select('part').execute()).length
    while ((await stored()) === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    socket.destroy()
    while ((await leftovers()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20))
  })

  it('may come twice at once', async () => {
    const both = await Promise.all([upload(csv(1500), 'r.csv'), upload(csv(1700), 'r.csv')])
    await stage.service.catchUp()
    for (const [i, { body }] of both.entries()) {
      const built = await stage.ask(`GET /batches/${body.id}`, { key: stage.key })
      expect(built.body).toMatchObject({ state: 'built', size: [1500, 1700][i] })
    }
  })

  it('is followed by events while its batch is built', async () => {
    const { body } = await upload(csv(2500), 'r.csv')
    const leaving = new AbortController()
    const response = await fetch(`http://127.0.0.1:${port}/batches/${body.id}/events`, {
      headers: { authorization: `Bearer ${stage.key}` },
      signal: leaving.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const work = stage.service.catchUp()
    const states: string[] = []
    let text = ''
    for await (const piece of response.body ?? []) {
      text += Buffer.from(piece).toString()
      const events = text.split('\n\n').slice(0, -1)
      states.push(...events.map((event) => JSON.parse(event.split('data: ')[1] ?? '{}').state))
      if (states.includes('built')) break
    }
    leaving.abort()
    await work
    expect(states[0]).toBe('building')
  })

  it('is cancelled while its batch is built, and nothing is left of it', async () => {
    const { db } = stage.service.database
    const { body } = await upload(csv(2500), 'r.csv')
    const stranger = await stage.ask(`DELETE /batches/${body.id}`, { key: 'rm_wrong' })
    expect(stranger.status).toBe(401)
    expect((await stage.ask(`DELETE /batches/${body.id}`, { key: stage.key })).status).toBe(204)
    expect(refusal(await stage.ask(`DELETE /batches/${body.id}`, { key: stage.key }))).toBe(
      '404 batch_unknown',
    )
    await stage.service.catchUp()
    const left = await db
      .selectFrom('credentials')
      .select('id')
      .where('batch_id', '=', body.id)
      .execute()
    expect(left).toEqual([])
    const { body: kept } = await upload(csv(3), 'r.csv')
    expect(refusal(await stage.ask(`DELETE /batches/${kept.id}`, { key: stage.key }))).toBe(
      '409 batch_built',
    )
  })
})
