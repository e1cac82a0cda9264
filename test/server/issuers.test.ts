import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashKey } from '../../server/keys.ts'
import {
  adminKey,
  anchoredBatch,
  issueBatch,
  recordIssuer,
  refusal,
  type Stage,
  setStage,
} from './stage.ts'
import { type Storage, storages } from './storages.ts'

const account = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const profile = { name: 'Eastfield College', url: 'https://eastfield.example' }

describe.each(storages)('issuers on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage })
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })
  const create = (json: unknown, key: string | undefined = adminKey) =>
    stage.ask('POST /issuers', { json, ...(key && { key }) })

  it('are recorded by the administrator, who gets a key that is kept as a hash only', async () => {
    const { status, body, headers } = await create({
      slug: 'eastfield',
      profile,
      account: account.toLowerCase(),
    })
    expect(status).toBe(201)
    expect(headers['location']).toBe('/issuers/eastfield')
    expect(body).toMatchObject({ slug: 'eastfield', profile, account })
    expect(body.key.key).toMatch(/^rm_[A-Za-z0-9_-]{43}$/)
    const rows = await stage.service.database.db.selectFrom('api_keys').selectAll().execute()
    expect(rows.map(({ hash }) => Buffer.from(hash).toString('hex'))).toContain(
      hashKey(body.key.key).toString('hex'),
    )
    expect(JSON.stringify(rows)).not.toContain(body.key.key)

    const shown = await stage.ask('GET /issuers/eastfield', { key: body.key.key })
    expect(shown.body).toMatchObject({
      slug: 'eastfield',
      profile,
      account,
      keys: [{ id: body.key.id }],
    })
  })

  it('need the administrator’s key', async () => {
    const json = { slug: 'nobody', profile, account }
    expect(refusal(await stage.ask('POST /issuers', { json }))).toBe('401 key_invalid')
    expect(refusal(await create(json, stage.key))).toBe('401 key_invalid')
    expect(refusal(await create(json, `${adminKey}x`))).toBe('401 key_invalid')
  })

  it('are listed to the administrator alone, page by page, with their figures', async () => {
    for (const slug of ['list-a', 'list-b', 'list-c']) await create({ slug, profile, account })
    await anchoredBatch(stage, 3)
    await issueBatch(stage, 2)
    const pages: { slug: string; keys: unknown[] }[][] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const after: string = next === '' ? '' : `&after=${next}`
      const { body } = await stage.ask(`GET /admin/issuers?limit=2${after}`, { key: adminKey })
      pages.push(body.issuers)
      next = body.next
    }
    const all = pages.flat()
    expect(all.map(({ slug }) => slug)).toEqual([
      ...new Set(all.map(({ slug }) => slug).toSorted()),
    ])
    expect(all.find(({ slug }) => slug === 'list-b')).toMatchObject({
      name: 'Eastfield College',
      account,
      batches: 0,
      credentials: 0,
      keys: [{ id: expect.any(String) }],
    })
    expect(all.find(({ slug }) => slug === 'northfield')).toMatchObject({
      batches: 2,
      credentials: 5,
      anchored: 3,
    })
    expect(JSON.stringify(all)).not.toContain('rm_')
    expect(refusal(await stage.ask('GET /admin/issuers', { key: stage.key }))).toBe(
      '401 key_invalid',
    )
  })

  it('have a slug of their own', async () => {
    await create({ slug: 'taken', profile, account })
    expect(refusal(await create({ slug: 'taken', profile, account }))).toBe('409 slug_taken')
  })

  it.each([
    ['no slug', { profile, account }, 'body_malformed', undefined],
    ['a slug that is no path part', { slug: 'A/B', profile, account }, 'body_malformed', '/slug'],
    ['no url', { slug: 'x', profile: { name: 'X' }, account }, 'body_malformed', '/profile'],
    [
      'a url that is none',
      { slug: 'x', profile: { name: 'X', url: 'x y' }, account },
      'uri_malformed',
      '/profile/url',
    ],
    [
      'a member that is unknown',
      { slug: 'x', profile, account, colour: 'red' },
      'body_malformed',
      '/colour',
    ],
    [
      'an account with a typing error',
      { slug: 'x', profile, account: '0x90f79bf6EB2c4f870365E785982E1f101E93b906' },
      'address_checksum',
      '/account',
    ],
    ['null', null, 'body_malformed', ''],
    ['an array', [], 'body_malformed', ''],
  ])('are refused with %s', async (_name, json, code, pointer) => {
    const answer = await create(json)
    expect(refusal(answer)).toBe(`400 ${code}`)
    if (pointer !== undefined) expect(answer.body.pointer).toBe(pointer)
  })

  it('replace a key without a gap, and a deleted one works no more', async () => {
    const old = await recordIssuer(stage.ask, 'rotating', account)
    const { status, body } = await stage.ask('POST /issuers/rotating/keys', { key: old })
    expect(status).toBe(201)
    const { body: shown } = await stage.ask('GET /issuers/rotating', { key: body.key })
    expect(shown.keys).toHaveLength(2)
    const oldId = shown.keys.find(({ id }: { id: string }) => id !== body.id).id
    expect(
      (await stage.ask(`DELETE /issuers/rotating/keys/${oldId}`, { key: body.key })).status,
    ).toBe(204)
    expect(refusal(await stage.ask('GET /issuers/rotating', { key: old }))).toBe('401 key_invalid')
    expect((await stage.ask('GET /issuers/rotating', { key: body.key })).status).toBe(200)
    expect(
      refusal(await stage.ask(`DELETE /issuers/rotating/keys/${oldId}`, { key: body.key })),
    ).toBe('404 key_unknown')
  })

  it.each([
    'GET /issuers/northfield',
    'POST /issuers/northfield/keys',
    'POST /issuers/northfield/batches',
  ])('%s is for their own key only', async (line) => {
    const slug = `other-${line.length}`
    const key = await recordIssuer(stage.ask, slug, account)
    const json = line.endsWith('batches') ? { json: {} } : {}
    expect(refusal(await stage.ask(line, { ...json }))).toBe('401 key_invalid')
    expect(refusal(await stage.ask(line, { ...json, key: 'rm_wrong' }))).toBe('401 key_invalid')
    expect(
      refusal(await stage.ask(line, { ...json, headers: { authorization: 'Basic abc' } })),
    ).toBe('401 key_invalid')
    expect(refusal(await stage.ask(line, { ...json, key }))).toBe('404 issuer_unknown')
    expect(refusal(await stage.ask(line.replace('northfield', 'unknown'), { ...json, key }))).toBe(
      '404 issuer_unknown',
    )
  })

  it('say how to send a key', async () => {
    const { body, headers } = await stage.ask('GET /issuers/northfield')
    expect(body.detail).toContain('Authorization: Bearer')
    expect(headers['www-authenticate']).toBe('Bearer')
  })
})
