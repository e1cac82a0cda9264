import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeSession, findSession, openSession } from '../../server/sessions.ts'
import type { Answer } from './ask.ts'
import {
  adminKey,
  anchoredBatch,
  issueBatch,
  openStage,
  recordIssuer,
  refusal,
  type Stage,
  setStage,
} from './stage.ts'
import { openDirectory, type Storage, storages } from './storages.ts'

const other = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
/** What a browser adds to the requests of a page of ours. */
const ours = { 'sec-fetch-site': 'same-origin', 'rootmark-session': '1' }

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.close())

const cookieOf = ({ headers }: Answer) => String(headers['set-cookie']).split(';')[0] as string
const signIn = (key: string, headers: Readonly<Record<string, string>> = ours) =>
  stage.ask('POST /session', { json: { key }, headers })
const signedIn = async (key = stage.key) => ({ ...ours, cookie: cookieOf(await signIn(key)) })

describe('signing in', () => {
  it('says who it is and sets a cookie that no script reads and no other site has sent', async () => {
    const answer = await signIn(stage.key)
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      kind: 'issuer',
      issuer: { slug: 'northfield', profile: { name: 'Northfield University' } },
      chain: { chainId: stage.chain.chainId, managed: true },
    })
    expect(Date.parse(answer.body.endsAt) - Date.now()).toBeLessThanOrEqual(12 * 3_600_000)
    expect(answer.headers['set-cookie']).toMatch(
      /^rootmark=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    expect(answer.text).not.toContain(stage.key)
    const { body } = await stage.ask('GET /session', { headers: { cookie: cookieOf(answer) } })
    expect(body).toEqual(answer.body)
  })

  it('keeps neither the key nor the cookie', async () => {
    const { cookie } = await signedIn()
    const rows = await stage.service.database.db.selectFrom('sessions').selectAll().execute()
    const kept = JSON.stringify(rows.map(({ hash }) => Buffer.from(hash).toString('base64url')))
    expect(kept).not.toContain(cookie.split('=')[1])
  })

  it('is refused with a wrong key, without one, and with more than a key', async () => {
    expect(refusal(await signIn('rm_wrong'))).toBe('401 key_invalid')
    expect(refusal(await signIn(' '))).toBe('401 key_invalid')
    const ask = (json: unknown) => stage.ask('POST /session', { json, headers: ours })
    expect((await ask({})).status).toBe(400)
    expect((await ask({ key: stage.key, more: 1 })).status).toBe(400)
    expect((await ask({ key: 'x'.repeat(5000) })).status).toBe(413)
  })

  it('takes the place of a key wherever an issuer is asked for one', async () => {
    const headers = await signedIn()
    const id = await issueBatch(stage, 2)
    expect((await stage.ask(`GET /batches/${id}`, { headers })).body.id).toBe(id)
    expect((await stage.ask(`POST /batches/${id}/anchor`, { headers })).status).toBe(202)
    expect((await stage.ask('GET /issuers/northfield', { headers })).body.slug).toBe('northfield')
    expect(refusal(await stage.ask('GET /admin/jobs', { headers }))).toBe('401 key_invalid')
  })

  it('opens to the administrator what is the administrator’s, and no issuer', async () => {
    const headers = await signedIn(adminKey)
    expect((await stage.ask('GET /session', { headers })).body.kind).toBe('admin')
    expect((await stage.ask('GET /admin/jobs', { headers })).status).toBe(200)
    const answer = await stage.ask('GET /issuers/northfield/batches', { headers })
    expect(refusal(answer)).toBe('403 session_other')
  })
})

describe('a request that another site had the browser send', () => {
  it('changes nothing, whatever it claims', async () => {
    const { cookie } = await signedIn()
    const id = await issueBatch(stage, 1)
    const anchor = async (headers: Readonly<Record<string, string>>) =>
      refusal(await stage.ask(`POST /batches/${id}/anchor`, { headers: { cookie, ...headers } }))
    const refused = '403 cross_site'
    expect(await anchor({})).toBe(refused)
    expect(await anchor({ 'sec-fetch-site': 'same-origin' })).toBe(refused)
    for (const site of ['cross-site', 'same-site', 'none', 'Same-Origin']) {
      expect(await anchor({ ...ours, 'sec-fetch-site': site })).toBe(refused)
    }
    const mark = { 'rootmark-session': '1' }
    expect(await anchor(mark)).toBe(refused)
    expect(await anchor({ ...mark, origin: 'https://evil.example' })).toBe(refused)
    expect(await anchor({ ...mark, origin: 'null' })).toBe(refused)
    expect(
      await anchor({ ...ours, 'sec-fetch-site': 'cross-site', origin: 'http://localhost:80' }),
    ).toBe(refused)
    const { body } = await stage.ask(`GET /batches/${id}`, { key: stage.key })
    expect(body.managed).toBe(false)
    // A browser without fetch metadata says where it stands.
    const own = { ...mark, origin: 'http://localhost:3000', host: 'localhost:3000', cookie }
    const old = await stage.ask(`GET /batches/${id}`, { headers: own })
    expect(old.status).toBe(200)
    expect(
      (
        await stage.ask('DELETE /session', {
          headers: { ...own, origin: 'http://localhost', host: 'localhost' },
        })
      ).status,
    ).toBe(204)
  })

  it('reads nothing, signs nobody in or out', async () => {
    const { cookie } = await signedIn()
    const foreign = { 'sec-fetch-site': 'cross-site', 'rootmark-session': '1' }
    const headers = { cookie, ...foreign }
    expect(refusal(await stage.ask('GET /session', { headers }))).toBe('403 cross_site')
    expect(refusal(await stage.ask('GET /issuers/northfield', { headers }))).toBe('403 cross_site')
    expect(refusal(await stage.ask('DELETE /session', { headers }))).toBe('403 cross_site')
    expect(refusal(await signIn(stage.key, foreign))).toBe('403 cross_site')
    expect(refusal(await signIn(stage.key, {}))).toBe('403 cross_site')
    expect((await stage.ask('GET /session', { headers: { cookie } })).status).toBe(200)
    const preflight = await stage.ask('OPTIONS /session', {
      headers: { origin: 'https://evil.example' },
    })
    expect(preflight.status).toBe(404)
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('is no concern of programs, which bring a key', async () => {
    const { cookie } = await signedIn()
    const headers = { cookie, 'sec-fetch-site': 'cross-site' }
    const answer = await stage.ask('GET /issuers/northfield', { key: stage.key, headers })
    expect(answer.status).toBe(200)
    const wrong = await stage.ask('GET /issuers/northfield', { key: 'rm_x', headers: { cookie } })
    expect(refusal(wrong)).toBe('401 key_invalid')
  })
})

describe('a session', () => {
  it('makes and deletes no keys, so that a stolen cookie gets nothing that outlives it', async () => {
    const headers = await signedIn()
    const made = await stage.ask('POST /issuers/northfield/keys', { headers })
    expect(refusal(made)).toBe('401 key_invalid')
    const { body } = await stage.ask('GET /issuers/northfield', { headers })
    const removed = await stage.ask(`DELETE /issuers/northfield/keys/${body.keys[0].id}`, {
      headers,
    })
    expect(refusal(removed)).toBe('401 key_invalid')
  })

  it('is over with signing out, also for a copy of its cookie, and others go on', async () => {
    const [first, second] = [await signedIn(), await signedIn()]
    const answer = await stage.ask('DELETE /session', { headers: first })
    expect(answer.status).toBe(204)
    expect(answer.headers['set-cookie']).toMatch(/^rootmark=; Max-Age=0; Path=\/; HttpOnly/)
    expect(refusal(await stage.ask('GET /session', { headers: first }))).toBe('401 session_over')
    expect(refusal(await stage.ask('GET /issuers/northfield', { headers: first }))).toBe(
      '401 session_over',
    )
    expect((await stage.ask('GET /session', { headers: second })).status).toBe(200)
    expect((await stage.ask('DELETE /session', { headers: first })).status).toBe(204)
  })

  it('gives way to the next that the same browser opens', async () => {
    const first = await signedIn()
    const next = cookieOf(await signIn(stage.key, first))
    expect(refusal(await stage.ask('GET /session', { headers: first }))).toBe('401 session_over')
    expect((await stage.ask('GET /session', { headers: { cookie: next } })).status).toBe(200)
  })

  it('is over when its key is deleted, and those of other keys go on', async () => {
    const { body: key } = await stage.ask('POST /issuers/northfield/keys', { key: stage.key })
    const [doomed, lasting] = [await signedIn(key.key), await signedIn()]
    expect((await stage.ask('GET /session', { headers: doomed })).status).toBe(200)
    await stage.ask(`DELETE /issuers/northfield/keys/${key.id}`, { key: stage.key })
    expect(refusal(await stage.ask('GET /session', { headers: doomed }))).toBe('401 session_over')
    expect((await stage.ask('GET /session', { headers: lasting })).status).toBe(200)
  })

  it('is over after its time, and with another administrator’s key', async () => {
    const { db } = stage.service.database
    const { token, endsAt } = await openSession(db, { adminKey })
    expect(await findSession(db, token, adminKey)).toMatchObject({ of: { kind: 'admin' } })
    expect(await findSession(db, token, 'another')).toBeUndefined()
    expect(await findSession(db, token, undefined)).toBeUndefined()
    expect(await findSession(db, token, adminKey, endsAt)).toBeUndefined()
    await openSession(db, { adminKey }, new Date(endsAt.getTime() + 1))
    expect(await findSession(db, token, adminKey)).toBeUndefined()
    await closeSession(db, token)
  })

  it('is not opened by cookies that are none', async () => {
    for (const cookie of [
      'rootmark=',
      'rootmark=x',
      `rootmark=${'A'.repeat(43)}`,
      '=;;=',
      `rootmark=${'A'.repeat(9000)}`,
    ]) {
      expect((await stage.ask('GET /session', { headers: { cookie } })).status).toBe(401)
      expect((await stage.ask('GET /issuers/northfield', { headers: { cookie } })).status).toBe(401)
    }
  })
})

describe.each(storages)('what an issuer finds, on $name', ({ open }) => {
  let storage: Storage
  let found: Stage
  beforeAll(async () => {
    storage = await open()
    found = await setStage({ storage })
  })
  afterAll(async () => {
    await found?.close()
    await storage?.remove()
  })

  it('is its own batches and credentials, and nobody else’s', async () => {
    const older = await issueBatch(found, 1)
    const { id, credentials } = await anchoredBatch(found, 3)
    const signed = await found.ask('POST /session', { json: { key: found.key }, headers: ours })
    const headers = { ...ours, cookie: cookieOf(signed) }
    const list = await found.ask('GET /issuers/northfield/batches?limit=1', { headers })
    expect(list.body).toMatchObject({ batches: [{ id, size: 3 }], next: id })
    const rest = await found.ask(`GET /issuers/northfield/batches?before=${id}`, { headers })
    expect(rest.body.batches.map((batch: { id: string }) => batch.id)).toEqual([older])
    const search = async (text: string, as = headers) =>
      found.ask(
        `GET /issuers/northfield/credentials?batch=${id}&search=${encodeURIComponent(text)}`,
        { headers: as },
      )
    expect((await search('ÅNGSTRÖM 1')).body).toMatchObject({
      credentials: [
        { holder: 'Zoë Ångström 1', batch: id, batchName: 'Data Literacy', status: 'active' },
      ],
      complete: true,
    })
    expect((await search(credentials[2] as string)).body.credentials).toHaveLength(1)
    for (const text of [
      '%%',
      '__',
      "' or 1=1 --",
      '\\\\',
      '.*',
      '[a-z]',
      '(?i)',
      '***=Z',
      'identityHash',
    ]) {
      expect((await search(text)).body).toEqual({ credentials: [], complete: true })
    }
    await recordIssuer(found.ask, 'other', other)
    expect(refusal(await found.ask('GET /issuers/other/batches', { headers }))).toBe(
      '404 issuer_unknown',
    )
    expect(refusal(await found.ask('GET /issuers/other/credentials?search=Zo', { headers }))).toBe(
      '404 issuer_unknown',
    )
  })
})

it('with https the cookie is bound to this host and to https', async () => {
  const storage = await openDirectory()
  const settings = {
    PUBLIC_BASE_URL: 'https://credentials.example',
    SIGNING_SECRET: 'x'.repeat(32),
  }
  const secure = await openStage(stage.chain, storage, settings)
  const answer = await secure.ask('POST /session', { json: { key: adminKey }, headers: ours })
  expect(answer.headers['set-cookie']).toMatch(
    /^__Host-rootmark=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  const plain = cookieOf(answer).replace('__Host-', '')
  expect((await secure.ask('GET /session', { headers: { cookie: plain } })).status).toBe(401)
  await secure.close()
  await storage.remove()
})

it('guessing keys is limited in rate', async () => {
  const storage = await openDirectory()
  const limited = await openStage(stage.chain, storage, { RATE_LIMIT: '5' })
  const guess = () => limited.ask('POST /session', { json: { key: 'rm_guess' }, headers: ours })
  const codes: number[] = []
  for (let i = 0; i < 7; i++) codes.push((await guess()).status)
  expect(codes).toEqual([401, 401, 401, 401, 401, 429, 429])
  await limited.close()
  await storage.remove()
})
