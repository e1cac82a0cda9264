import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from './ask.ts'
import { anchoredBatch, openStage, type Stage, setStage } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

let stage: Stage
let base: string
let first: readonly string[]
let second: readonly string[]
beforeAll(async () => {
  stage = await setStage({ settings: { BODY_LIMIT: '20000', VERIFY_BULK_RATE_LIMIT: '0' } })
  base = await stage.listen()
  const texts = async (count: number) => {
    const { credentials } = await anchoredBatch(stage, count)
    return Promise.all(
      credentials.map(async (id) => (await stage.ask(`GET /credentials/${id}`)).text),
    )
  }
  first = await texts(6)
  second = await texts(3)
}, 120_000)
afterAll(() => stage?.close())

const bulk = (
  raw: string | Uint8Array,
  query = '',
  ask = stage.ask,
  type = 'application/x-ndjson',
) => ask(`POST /verify/bulk${query}`, { raw, type })
const linesOf = ({ text }: Answer) =>
  text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
const changed = (text: string) => JSON.stringify({ ...JSON.parse(text), name: 'Doctor' })

describe('many at once', () => {
  it('are answered in their order, whatever stands between them', async () => {
    const huge = `{"a":"${'x'.repeat(30_000)}"}`
    const mixed = [
      first[0],
      '{"not": "json"',
      changed(first[1] as string),
      '',
      second[0],
      huge,
      '[]',
      first[0],
      '{"a":1,"a":2}',
      '   ',
      `${second[1]}\r`,
      '\u0000',
      'eyJ.a.b',
      first[5],
    ]
    const answer = await bulk(mixed.join('\n'))
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain('application/x-ndjson')
    expect(answer.headers['cache-control']).toBe('no-store')
    const said = linesOf(answer).map(
      ({ line, verdict, reason, error }) => `${line} ${error?.code ?? `${verdict} ${reason}`}`,
    )
    expect(said).toEqual([
      '1 valid valid',
      '2 json_malformed',
      '3 invalid tampered',
      '5 valid valid',
      '6 too_large',
      '7 not_a_credential',
      '8 valid valid',
      '9 duplicate_name',
      '11 valid valid',
      '12 json_malformed',
      expect.stringMatching(/^13 (?:jwt|token|json)/),
      '14 valid valid',
    ])
  })

  it('tell whose they are and who is known to have issued them', async () => {
    const [line] = linesOf(await bulk(second[2] as string))
    const document = JSON.parse(second[2] as string)
    expect(line).toMatchObject({
      line: 1,
      verdict: 'valid',
      summary: expect.stringContaining('genuine'),
      credential: {
        id: document.id,
        name: 'Data Literacy',
        holder: expect.stringContaining('Zoë'),
      },
      accreditedIssuer: 'Northfield University',
    })
  })

  it('get the reports that POST /verify gives, where they are wanted whole', async () => {
    const texts = [...first, ...second, changed(second[0] as string)]
    const answers = linesOf(await bulk(texts.join('\n'), '?report=full'))
    expect(answers.map(({ line }) => line)).toEqual(texts.map((_, i) => i + 1))
    for (const [i, raw] of texts.entries()) {
      const { body } = await stage.ask('POST /verify', { raw })
      expect({ ...answers[i].report, checkedAt: '' }).toEqual({ ...body, checkedAt: '' })
    }
  })

  it('may be ten thousand', async () => {
    const texts = Array.from({ length: 10_000 }, (_, i) =>
      i % 100 === 99 ? '{}' : [...first, ...second][i % 9],
    )
    const answers = linesOf(await bulk(texts.join('\n')))
    expect(answers.map(({ line }) => line)).toEqual(texts.map((_, i) => i + 1))
    expect(answers.filter(({ verdict }) => verdict === 'valid')).toHaveLength(9900)
  }, 120_000)

  it('are answered by threads as by the service itself, where they are many', async () => {
    const huge = `{"a":"${'x'.repeat(30_000)}"}`
    const kinds = [...first, changed(second[0] as string), '{}', '{"a":1,"a":2}', '[]', 'eyJ.a.b']
    const texts = Array.from({ length: 900 }, (_, i) =>
      i === 700 ? huge : (kinds[i % kinds.length] as string),
    )
    const withoutTime = (answer: { line: number; report?: object; error?: object }) => {
      const { line: _, report, error } = answer
      return { error, report: report && { ...report, checkedAt: '' } }
    }
    const answers = linesOf(await bulk(texts.join('\n'), '?report=full'))
    expect(answers.map(({ line }) => line)).toEqual(texts.map((_, i) => i + 1))
    for (const [i, answer] of answers.entries()) {
      if (i === 700) expect(answer.error.code).toBe('too_large')
      else expect(withoutTime(answer)).toEqual(withoutTime(answers[i % kinds.length]))
    }
  })

  it('are answered one by one to whoever waits for each answer before the next', async () => {
    const url = new URL('/verify/bulk', base)
    const sending = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
    })
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>
    sending.write(`${first[0]}\n`)
    const [response] = await answered
    const reading = response[Symbol.asyncIterator]()
    for (let line = 1; line <= 8; line++) {
      const { value } = await reading.next()
      expect(JSON.parse(String(value))).toMatchObject({ line, verdict: 'valid' })
      if (line < 8) sending.write(`${first[line % 6]}\n`)
    }
    sending.end()
    expect((await reading.next()).done).toBe(true)
  })

  it('are none in an empty body', async () => {
    for (const raw of ['', '\n\n \n']) {
      const answer = await bulk(raw)
      expect([answer.status, answer.text]).toEqual([200, ''])
    }
    const bare = await stage.ask('POST /verify/bulk')
    expect([bare.status, bare.body.code]).toEqual([400, 'body_missing'])
  })

  it('are refused as what they are not', async () => {
    expect((await bulk('{}', '', stage.ask, 'application/json')).status).toBe(415)
    expect((await bulk('{}', '?report=all')).status).toBe(400)
  })
})

describe('a service with its settings as they come', () => {
  let storage: Storage
  let kept: Awaited<ReturnType<typeof openStage>>
  beforeAll(async () => {
    storage = await openDirectory()
    kept = await openStage(stage.chain, storage, {
      VERIFY_MAX_AGE_MS: '400',
      VERIFY_BULK_LIMIT: '10',
      VERIFY_BULK_RATE_LIMIT: '25',
    })
  }, 60_000)
  afterAll(async () => {
    await kept?.close()
    await storage?.remove()
  })

  it('sees a revocation as soon as what it knows is too old', async () => {
    const { credentials } = await anchoredBatch(stage, 4)
    const { text } = await stage.ask(`GET /credentials/${credentials[1]}`)
    const reason = async () => (await kept.ask('POST /verify', { raw: text })).body.reason
    const together = await Promise.all(Array.from({ length: 20 }, reason))
    expect(new Set(together)).toEqual(new Set(['valid']))
    await stage.ask(`POST /credentials/${credentials[1]}/revoke`, { key: stage.key })
    await stage.service.catchUp()
    expect((await stage.ask('POST /verify', { raw: text })).body.reason).toBe('revoked')
    await setTimeout(450)
    expect(await reason()).toBe('revoked')
  })

  it('says from which line on to send again where there are too many, in one request or in a minute', async () => {
    const lines = (count: number) => Array(count).fill(first[0]).join('\n')
    const ends: string[] = []
    for (const count of [10, 11, 10]) {
      const answers = linesOf(await bulk(lines(count), '', kept.ask))
      const last = answers.at(-1)
      ends.push(`${answers.length} ${last.line} ${last.error?.code ?? last.verdict}`)
    }
    expect(ends).toEqual(['10 10 valid', '11 11 items_too_many', '6 6 rate_limited'])
  })
})

describe('one who asks', () => {
  it('and goes away, or never ends, leaves the others served', async () => {
    const url = base
    const controllers = Array.from({ length: 8 }, () => new AbortController())
    const dripping = controllers.map(async ({ signal }) => {
      const body = new ReadableStream({
        async pull(controller) {
          controller.enqueue(new TextEncoder().encode(`${first[0]}\n`))
          await setTimeout(50, undefined, { signal })
        },
      })
      const headers = { 'content-type': 'application/x-ndjson' }
      const init = { method: 'POST', headers, body, signal, duplex: 'half' }
      const { body: answers } = await fetch(`${url}/verify/bulk`, init as RequestInit)
      // Answers come while credentials are still being sent.
      const { value } = (await answers?.getReader().read()) ?? {}
      return new TextDecoder().decode(value)
    })
    for (const text of await Promise.all(dripping))
      expect(text).toContain('"line":1,"verdict":"valid"')
    expect((await stage.ask('POST /verify', { raw: first[0] as string })).body.verdict).toBe(
      'valid',
    )
    const busy = await bulk(first[0] as string)
    expect([busy.status, busy.body?.code]).toEqual([503, 'busy'])
    for (const controller of controllers) controller.abort()
    const until = Date.now() + 20_000
    while ((await bulk(first[0] as string)).status === 503 && Date.now() < until) {
      await setTimeout(50)
    }
    expect((await bulk(first[0] as string)).status).toBe(200)
  })
})
