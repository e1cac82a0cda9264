import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anchoredBatch, issueBatch, refusal, type Stage, setStage } from './stage.ts'
import { storages } from './storages.ts'

describe.each(storages)('links on $name', ({ open }) => {
  let stage: Stage
  let batch: Awaited<ReturnType<typeof anchoredBatch>>
  let remove: () => Promise<void>
  beforeAll(async () => {
    const storage = await open()
    remove = storage.remove
    stage = await setStage({ storage })
    batch = await anchoredBatch(stage, 3)
  })
  afterAll(async () => {
    await stage?.close()
    await remove?.()
  })

  const credential = () => batch.credentials[0] as string
  const pathOf = (url: string) => new URL(url).pathname

  async function holderPath(id = credential()): Promise<string> {
    const { status, body } = await stage.ask(`POST /credentials/${id}/links`, { key: stage.key })
    expect(status).toBe(201)
    expect(body.url).toMatch(/\/c\/[\w-]{43}$/)
    return pathOf(body.url)
  }

  async function share(holder: string, json: object = {}) {
    const { status, body } = await stage.ask(`POST ${holder}/shares`, { json })
    expect(status).toBe(201)
    return { id: body.id as string, path: pathOf(body.url) }
  }

  it('lead to the credential, which verifies, and tell nobody where they were', async () => {
    const holder = await holderPath()
    const { path } = await share(holder)
    for (const link of [holder, path]) {
      const { status, text, headers } = await stage.ask(`GET ${link}`)
      expect(status).toBe(200)
      expect(headers['content-type']).toContain('application/vc')
      expect(headers).toMatchObject({
        'cache-control': 'private, no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow, noarchive',
      })
      expect((await stage.ask('POST /verify', { raw: text })).body.verdict).toBe('valid')
      const svg = await stage.ask(`GET ${link}/badge.svg`)
      expect(svg.headers['content-type']).toContain('image/svg+xml')
      const report = await stage.ask('POST /verify', { raw: svg.bytes, type: 'image/svg+xml' })
      expect(report.body.verdict).toBe('valid')
    }
    expect((await stage.ask(`GET ${holder}/about`)).body).toEqual({
      kind: 'holder',
      corrected: false,
    })
  })

  it('of which only a hash is kept', async () => {
    const holder = await holderPath()
    const rows = await stage.service.database.db.selectFrom('links').selectAll().execute()
    const token = holder.split('/').at(-1) as string
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows.every(({ hash }) => hash.length === 32)).toBe(true)
  })

  it('are made for all holders of a batch, each for its own credential', async () => {
    const { text } = await stage.ask(`POST /batches/${batch.id}/links`, { key: stage.key })
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ id }) => id)).toEqual(batch.credentials)
    for (const { id, holder, url } of lines) {
      const { body } = await stage.ask(`GET ${pathOf(url)}`)
      expect(body.id).toBe(`urn:uuid:${id}`)
      expect(JSON.stringify(body)).toContain(holder)
    }
  })

  it('are made for the issuer of the credential alone', async () => {
    const [path, body] = [`POST /credentials/${credential()}/links`, {}]
    expect(refusal(await stage.ask(path))).toBe('401 key_invalid')
    const other = 'f6e30c1c-d219-41fd-8899-9e24c2b39e66'
    const answer = await stage.ask(`POST /credentials/${other}/links`, {
      key: stage.key,
      json: body,
    })
    expect(refusal(answer)).toBe('404 credential_unknown')
  })

  it('say that the batch is not anchored yet, and count no view for it', async () => {
    const id = await issueBatch(stage, 1)
    const listed = await stage.ask(`POST /batches/${id}/links`, { key: stage.key })
    const holder = pathOf(JSON.parse(listed.text).url)
    const { path } = await share(holder, { viewLimit: 1 })
    expect(refusal(await stage.ask(`GET ${path}`))).toBe('409 credential_not_anchored')
    expect((await stage.ask(`GET ${path}/about`)).body.viewsLeft).toBe(1)
  })

  it('let as many in at once as views are left, and no more', async () => {
    const holder = await holderPath()
    const { path } = await share(holder, { viewLimit: 3 })
    const answers = await Promise.all(Array.from({ length: 12 }, () => stage.ask(`GET ${path}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(3).fill(200),
      ...Array(9).fill(404),
    ])
    const { body } = await stage.ask(`GET ${holder}/shares`)
    expect(body.shares.find(({ views }: { views: number }) => views === 3).state).toBe('spent')
  })

  it('count nothing where a program only looks whether they work', async () => {
    const { path } = await share(await holderPath(), { viewLimit: 1 })
    for (const form of ['', '/badge.svg', '/about']) {
      expect((await stage.ask(`HEAD ${path}${form}`)).status).toBe(200)
    }
    expect((await stage.ask(`GET ${path}`, { headers: { accept: 'text/html' } })).status).not.toBe(
      404,
    )
    expect((await stage.ask(`GET ${path}/about`)).body.viewsLeft).toBe(1)
  })

  it('let a visitor fetch the other forms of the last view, and others not', async () => {
    const holder = await holderPath()
    const { path } = await share(holder, { viewLimit: 1 })
    const { status, headers } = await stage.ask(`GET ${path}`)
    const pass = headers['rootmark-visit']
    expect([status, pass]).toEqual([200, expect.stringMatching(/^[\w-]{43}$/)])
    expect((await stage.ask(`GET ${path}/badge.svg?visit=${pass}`)).status).toBe(200)
    expect(refusal(await stage.ask(`GET ${path}/badge.svg`))).toBe('404 link_unknown')
    const other = await share(holder, { viewLimit: 1 })
    const { headers: second } = await stage.ask(`GET ${other.path}`)
    const foreign = await stage.ask(`GET ${path}/badge.svg?visit=${second['rootmark-visit']}`)
    expect(refusal(foreign)).toBe('404 link_unknown')
  })

  it('end when the holder takes them back, visits included', async () => {
    const holder = await holderPath()
    const { id, path } = await share(holder, { viewLimit: 5, label: 'Example Ltd' })
    const pass = (await stage.ask(`GET ${path}`)).headers['rootmark-visit']
    const listed = await stage.ask(`GET ${holder}/shares`)
    expect(listed.body.shares.find((each: { id: string }) => each.id === id)).toMatchObject({
      label: 'Example Ltd',
      viewLimit: 5,
      views: 1,
      state: 'open',
    })
    expect((await stage.ask(`DELETE ${holder}/shares/${id}`)).status).toBe(204)
    expect(refusal(await stage.ask(`DELETE ${holder}/shares/${id}`))).toBe('404 share_unknown')
    for (const link of [path, `${path}/about`, `${path}/badge.svg?visit=${pass}`]) {
      expect(refusal(await stage.ask(`GET ${link}`))).toBe('404 link_unknown')
    }
  })

  it('answer alike whether they never were, ended, are spent or were revoked', async () => {
    const holder = await holderPath()
    const ended = await share(holder, { endsAt: new Date(Date.now() + 150).toISOString() })
    const spent = await share(holder, { viewLimit: 1 })
    const revoked = await share(holder)
    await stage.ask(`GET ${spent.path}`)
    await stage.ask(`DELETE ${holder}/shares/${revoked.id}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const never = `/c/${'A'.repeat(43)}`
    const odd = ['/c/x', `/c/${'é'.repeat(10)}`.normalize(), `/c/${'%00'.repeat(43)}`].map(
      encodeURI,
    )
    const answers = await Promise.all(
      [ended.path, spent.path, revoked.path, never, ...odd].map((path) => stage.ask(`GET ${path}`)),
    )
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.body.code).toBe('link_unknown')
  })

  it('give a share no power over the others', async () => {
    const holder = await holderPath()
    const { id, path } = await share(holder)
    const tries = [`GET ${path}/shares`, `DELETE ${path}/shares/${id}`, `POST ${path}/replacement`]
    for (const line of tries) expect(refusal(await stage.ask(line))).toBe('404 link_unknown')
    const made = await stage.ask(`POST ${path}/shares`, { json: {} })
    expect(refusal(made)).toBe('404 link_unknown')
    const stranger = await holderPath(batch.credentials[1])
    const foreign = await stage.ask(`DELETE ${stranger}/shares/${id}`)
    expect(refusal(foreign)).toBe('404 share_unknown')
  })

  it('are replaced by a new one where a holder lost theirs, and shares stay', async () => {
    const holder = await holderPath(batch.credentials[2])
    const { path } = await share(holder)
    const { body } = await stage.ask(`POST ${holder}/replacement`)
    expect(refusal(await stage.ask(`GET ${holder}`))).toBe('404 link_unknown')
    expect((await stage.ask(`GET ${pathOf(body.url)}`)).status).toBe(200)
    expect((await stage.ask(`GET ${path}`)).status).toBe(200)
  })

  it.each([
    [{ viewLimit: 0 }, 'body_malformed'],
    [{ viewLimit: 1.5 }, 'body_malformed'],
    [{ label: 'x'.repeat(201) }, 'body_malformed'],
    [{ endsAt: '2020-01-01T00:00:00Z' }, 'end_in_past'],
    [{ endsAt: 'tomorrow' }, 'body_malformed'],
    [{ admin: true }, 'body_malformed'],
  ])('are not made with %j', async (json, code) => {
    const holder = await holderPath(batch.credentials[1])
    expect((await stage.ask(`POST ${holder}/shares`, { json })).body.code).toBe(code)
  })

  it('are not made without end', async () => {
    const id = await issueBatch(stage, 1)
    const listed = await stage.ask(`POST /batches/${id}/links`, { key: stage.key })
    const holder = pathOf(JSON.parse(listed.text).url)
    const made = await Promise.all(
      Array.from({ length: 110 }, () => stage.ask(`POST ${holder}/shares`, { json: {} })),
    )
    // Several at once may each find room for one more.
    const many = made.filter(({ status }) => status === 201).length
    expect(many).toBeGreaterThanOrEqual(100)
    expect(refusal(await stage.ask(`POST ${holder}/shares`, { json: {} }))).toBe(
      '409 links_too_many',
    )
  })
})

it('guessing at scale meets a limit', async () => {
  const stage = await setStage({ settings: { RATE_LIMIT: '1200' } })
  const guess = (i: number) => stage.ask(`GET /c/${String(i).padStart(43, 'x')}/about`)
  const codes: string[] = []
  for (let i = 0; i < 130; i++) codes.push((await guess(i)).body.code)
  expect(codes.filter((code) => code === 'link_unknown').length).toBe(120)
  expect(codes.filter((code) => code === 'rate_limited').length).toBe(10)
  await stage.close()
})
