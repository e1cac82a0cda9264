import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { decodeStatusList, minimumEntries, statusAt } from '../../core/status-list.ts'
import { allotStatus } from '../../server/issued.ts'
import {
  baseUrl,
  issued,
  newIssuer,
  plainCredential,
  signing,
  type TestIssuer,
  verified,
} from './issuing-stage.ts'
import { refusal, type Stage, setStage } from './stage.ts'
import { type Storage, storages } from './storages.ts'

describe.each(storages)('statuses of credentials issued one by one, on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  let issuer: TestIssuer
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage, settings: signing })
    issuer = await newIssuer(stage, 'web')
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })
  let ids = 0
  const both = { statusPurposes: ['revocation', 'suspension'] }
  const issueNew = (options = {}, by = issuer) => {
    const id = `urn:example:${++ids}`
    return issued(stage, by, options, plainCredential(by.did, { id }))
  }
  const entriesOf = (credential: JsonObject) =>
    [credential['credentialStatus'] ?? []].flat() as unknown as Record<string, string>[]
  const listOf = (entry: Record<string, string> | undefined, headers = {}) =>
    stage.ask(`GET ${entry?.['statusListCredential']?.slice(baseUrl.length)}`, { headers })
  const end = (json: unknown, by = issuer) =>
    stage.ask(`POST /issuers/${by.slug}/credentials/status`, { key: by.key, json })
  const ending = (credential: JsonObject, statusPurpose: string, status = true) =>
    end({
      credentialId: credential['id'],
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose },
      status,
    })

  it('are a list that the issuer signed, for anybody, with a tag of its content', async () => {
    const [entry] = entriesOf(await issueNew())
    const { status, headers, body, text } = await listOf(entry, { origin: 'https://a.example' })
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('application/vc')
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(body).toMatchObject({
      id: entry?.['statusListCredential'],
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: issuer.did,
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation' },
    })
    expect(Date.parse(body.validFrom)).toBeLessThanOrEqual(Date.now())
    expect(Date.parse(body.validUntil)).toBeGreaterThan(Date.now() + 3_600_000)
    const bits = await decodeStatusList(body.credentialSubject.encodedList)
    expect(bits).toHaveLength(minimumEntries / 8)
    expect(await verified(stage, body)).toBe('verified')

    expect((await listOf(entry)).text).toBe(text)
    const etag = String(headers['etag'])
    expect((await listOf(entry, { 'if-none-match': etag })).status).toBe(304)
    expect((await listOf(entry, { 'if-none-match': '"other"' })).status).toBe(200)
    const asJson = await listOf(entry, { accept: 'application/ld+json, application/json' })
    expect(asJson.headers['content-type']).toContain('application/json')
  })

  it('begin in force, and end with a revocation, which is final', async () => {
    const credential = await issueNew()
    const [entry] = entriesOf(credential)
    expect(await verified(stage, credential)).toBe('verified')
    const before = (await listOf(entry)).headers['etag']
    const { status, body } = await ending(credential, 'revocation')
    expect([status, body]).toEqual([200, { updated: 1 }])
    expect(await verified(stage, credential)).toBe('400 revoked')
    expect((await listOf(entry)).headers['etag']).not.toBe(before)
    expect((await ending(credential, 'revocation')).body).toEqual({ updated: 1 })
    expect(refusal(await ending(credential, 'revocation', false))).toBe('409 revocation_final')
    expect(await verified(stage, credential)).toBe('400 revoked')

    const bits = await decodeStatusList((await listOf(entry)).body.credentialSubject.encodedList)
    expect(statusAt(bits, Number(entry?.['statusListIndex']))).toBe(true)
  })

  it('can be suspended and reinstated where the credential names a list of suspensions', async () => {
    const credential = await issueNew(both)
    const purposes = entriesOf(credential).map(({ statusPurpose }) => statusPurpose)
    expect(purposes).toEqual(['revocation', 'suspension'])
    expect(await verified(stage, credential)).toBe('verified')
    await ending(credential, 'suspension')
    expect(await verified(stage, credential)).toBe('400 suspended')
    await ending(credential, 'suspension', false)
    expect(await verified(stage, credential)).toBe('verified')
    expect(refusal(await ending(await issueNew(), 'suspension'))).toBe('409 not_suspendable')
  })

  it('touch no other credential', async () => {
    const [one, other] = [await issueNew(), await issueNew()]
    await ending(one, 'revocation')
    expect(await verified(stage, other)).toBe('verified')
    const [ofOne, ofOther] = [entriesOf(one)[0], entriesOf(other)[0]]
    expect(ofOne?.['statusListCredential']).toBe(ofOther?.['statusListCredential'])
    expect(ofOne?.['statusListIndex']).not.toBe(ofOther?.['statusListIndex'])
  })

  it('are found by list and index as well, for a credential without an id', async () => {
    const credential = await issued(
      stage,
      issuer,
      {},
      plainCredential(issuer.did, { id: undefined }),
    )
    const [entry] = entriesOf(credential)
    const answer = await end({ credentialStatus: entry })
    expect(answer.body).toEqual({ updated: 1 })
    expect(await verified(stage, credential)).toBe('400 revoked')
  })

  it('of one issuer are out of reach of another', async () => {
    const other = await newIssuer(stage, 'key')
    const credential = await issueNew()
    const [entry] = entriesOf(credential)
    const named = {
      credentialId: credential['id'],
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    }
    expect(refusal(await end(named, other))).toBe('404 credential_unknown')
    expect(refusal(await end({ credentialStatus: entry }, other))).toBe('404 credential_unknown')
    const line = `POST /issuers/${issuer.slug}/credentials/status`
    expect(refusal(await stage.ask(line, { json: named }))).toBe('401 key_invalid')
    expect(refusal(await stage.ask(line, { json: named, key: other.key }))).toBe(
      '404 issuer_unknown',
    )
    expect(await verified(stage, credential)).toBe('verified')
  })

  it.each([
    ['nothing', {}, '400 body_malformed'],
    ['null', null, '400 body_malformed'],
    ['no credential', { credentialStatus: {} }, '400 credential_unnamed'],
    ['an unknown one', { credentialId: 'urn:example:none' }, '404 credential_unknown'],
    ['a text with NUL', { credentialId: 'a\u0000b' }, '404 credential_unknown'],
    ['a text that is SQL', { credentialId: "' or 1=1 --" }, '404 credential_unknown'],
    ['a number', { credentialId: 7 }, '400 body_malformed'],
    ['another purpose', { credentialStatus: { statusPurpose: 'message' } }, '400 body_malformed'],
    ['another type', { credentialStatus: { type: 'StatusList2021Entry' } }, '400 body_malformed'],
    [
      'a large index',
      { credentialId: 'x', credentialStatus: { statusListIndex: 9_999_999_999 } },
      '404 credential_unknown',
    ],
    [
      'a negative index',
      { credentialId: 'x', credentialStatus: { statusListIndex: -1 } },
      '400 body_malformed',
    ],
    [
      'a list elsewhere',
      {
        credentialStatus: {
          statusListIndex: '1',
          statusListCredential: 'https://elsewhere.example/status/1',
        },
      },
      '404 credential_unknown',
    ],
    [
      'a list that is none',
      {
        credentialStatus: {
          statusListIndex: '1',
          statusListCredential: `${baseUrl}/status/${'-'.repeat(36)}/revocation`,
        },
      },
      '404 credential_unknown',
    ],
    [
      'the list of another purpose',
      {
        credentialStatus: {
          statusListIndex: '1',
          statusListCredential: `${baseUrl}/status/00000000-0000-4000-8000-000000000000/suspension`,
        },
      },
      '400 status_purpose_mismatch',
    ],
    ['a status that is none', { credentialId: 'x', status: 'true' }, '400 body_malformed'],
  ])('are not changed for %s', async (_name, json, expected) => {
    const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }
    const { credentialStatus } = (json ?? {}) as { credentialStatus?: object }
    const isShort = json === null || Object.keys(json).length === 0
    const sent = isShort ? json : { ...json, credentialStatus: { ...entry, ...credentialStatus } }
    expect(refusal(await end(sent))).toBe(expected)
  })

  it.each([
    '/status/00000000-0000-4000-8000-000000000000/revocation',
    '/status/x/revocation',
    '/status/00000000-0000-4000-8000-000000000000/message',
  ])('are not at %s', async (path) => {
    expect([400, 404]).toContain((await stage.ask(`GET ${path}`)).status)
  })

  it('have an index each, also where many are issued at once', async () => {
    const by = await newIssuer(stage, 'key')
    const { db } = stage.service.database
    const { id } = await db
      .selectFrom('issuers')
      .select('id')
      .where('slug', '=', by.slug)
      .executeTakeFirstOrThrow()
    const credential = { id: undefined, suspendable: false }
    const allotted = await Promise.all(
      Array.from({ length: 40 }, () => allotStatus(db, id, credential)),
    )
    expect(new Set(allotted.map(({ listId }) => listId)).size).toBe(1)
    expect(new Set(allotted.map(({ statusIndex }) => statusIndex)).size).toBe(40)
    const indexes = allotted.map(({ statusIndex }) => statusIndex)
    expect(indexes).not.toEqual([...indexes].sort((a, b) => a - b))

    // The list is half full: the next ones go on one new list.
    await db
      .updateTable('status_lists')
      .set({ taken: minimumEntries / 2 })
      .where('issuer_id', '=', id)
      .execute()
    const next = await Promise.all(
      Array.from({ length: 10 }, () => allotStatus(db, id, credential)),
    )
    expect(new Set(next.map(({ listId }) => listId)).size).toBe(1)
    expect(next[0]?.listId).not.toBe(allotted[0]?.listId)
  })

  it('outlive a rotation of the issuer’s key', async () => {
    const credential = await issueNew()
    await stage.ask(`POST /issuers/${issuer.slug}/signing-keys/rotate`, { key: issuer.key })
    expect(await verified(stage, credential)).toBe('verified')
    await ending(credential, 'revocation')
    expect(await verified(stage, credential)).toBe('400 revoked')
  })
})
