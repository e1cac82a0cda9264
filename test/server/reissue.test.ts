import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { digestOf } from '../../core/digest.ts'
import { parseProofs } from '../../core/proof.ts'
import { successorId } from '../../core/successor.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import { achievement, anchoredBatch, refusal, type Stage, setStage, verdictOf } from './stage.ts'

let stage: Stage
let mail: MailServer
let left: string[]
beforeAll(async () => {
  mail = await startMailServer()
  stage = await setStage({ settings: { MAIL_URL: mail.url } })
  left = [...(await anchoredBatch(stage, 12)).credentials]
})
afterAll(async () => {
  await stage?.close()
  await mail?.close()
})
beforeEach(() => {
  mail.received.length = 0
})

const take = () => left.pop() as string
const zoe = { name: 'Zoë Ångström-Sørensen', email: 'zoe@example.org' }
const correct = (id: string, json: object = { learner: zoe }, key = stage.key) =>
  stage.ask(`POST /credentials/${id}/reissue`, { key, json })

async function settle() {
  await stage.service.catchUp()
  await stage.service.postman.round()
}

it('tells what is corrected in the words and the language of the achievement', async () => {
  const renamed = { ...achievement, name: 'Datenkompetenz', inLanguage: 'de' }
  await correct(take(), { learner: zoe, achievement: renamed })
  await settle()
  const text = (mail.received[0]?.data ?? '').replace(/=\n/g, '')
  expect(text).toContain('Datenkompetenz')
  expect(text).toContain('wurde berichtigt und neu ausgestellt')
})

describe('a correction', () => {
  it('replaces a credential: new valid, old superseded, links show the new one, the holder is told', async () => {
    const old = take()
    const made = await stage.ask(`POST /credentials/${old}/links`, { key: stage.key })
    const holder = new URL(made.body.url).pathname
    const shared = await stage.ask(`POST ${holder}/shares`, { json: {} })
    const share = new URL(shared.body.url).pathname
    const { text: before } = await stage.ask(`GET /credentials/${old}`)

    const answer = await correct(old)
    expect(answer.status).toBe(202)
    expect(answer.body).toMatchObject({ old, revoked: false, next: [] })
    // Until the new one is anchored, nothing is taken from the holder.
    expect((await stage.ask(`GET ${share}`)).body.id).toBe(`urn:uuid:${old}`)
    expect(await verdictOf(stage, old)).toBe('valid valid')
    expect(mail.received).toHaveLength(0)

    await settle()
    const id = answer.body.credential
    expect(await verdictOf(stage, id)).toBe('valid valid')
    expect(await verdictOf(stage, old)).toBe('invalid superseded')
    const { body: report } = await stage.ask('POST /verify', { raw: before })
    const status = report.checks.find(({ name }: { name: string }) => name === 'status')
    expect(status.successor.id).toBe(`urn:uuid:${id}`)
    expect(status.successor.url).toContain(`/credentials/${id}`)

    for (const link of [holder, share]) {
      const { body } = await stage.ask(`GET ${link}`)
      expect(body.id).toBe(`urn:uuid:${id}`)
      expect(JSON.stringify(body)).toContain(zoe.name)
      expect((await stage.ask(`GET ${link}/about`)).body.corrected).toBe(true)
    }
    const html = { headers: { accept: 'text/html' } }
    const page = await stage.ask(`GET /credentials/${old}`, html)
    expect(page.headers['location']).toBe(`/check?credential=/credentials/${id}`)
    const { headers } = await stage.ask(`GET /credentials/${old}`)
    expect(headers['link']).toBe(`</credentials/${id}>; rel="successor-version"`)

    const [told] = mail.received
    expect(told?.to).toEqual([zoe.email])
    const link = /\/c\/[\w-]{43}/.exec(told?.data.replace(/=\n/g, '') ?? '')?.[0]
    expect((await stage.ask(`GET ${link}`)).body.id).toBe(`urn:uuid:${id}`)
    expect((await stage.ask(`GET ${link}/about`)).body.kind).toBe('holder')
  })

  it('keeps what is not corrected, and names what it replaces by its id', async () => {
    const old = take()
    const { body: before } = await stage.ask(`GET /credentials/${old}`)
    const { body } = await correct(old, { learner: { ...zoe, result: '1.0' } })
    await settle()
    expect(mail.received[0]?.data).toContain('Data Literacy')
    const { body: after } = await stage.ask(`GET /credentials/${body.credential}`)
    expect(after.validFrom).toBe(before.validFrom)
    expect(after.credentialSubject.achievement).toEqual(before.credentialSubject.achievement)
    const { anchor } = parseProofs(before)
    expect(after.id).toBe(successorId(digestOf(before, anchor?.salt as Uint8Array)))
  })

  it('is done once, however often it is asked for, also at once', async () => {
    const old = take()
    const answers = await Promise.all(Array.from({ length: 5 }, () => correct(old)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 202])
    expect(new Set(answers.map(({ body }) => body.credential)).size).toBe(1)
    await settle()
    const again = await correct(old)
    expect([again.status, again.body.revoked]).toEqual([200, true])
    await settle()
    expect(mail.received).toHaveLength(1)
    const other = await correct(old, { learner: { ...zoe, name: 'Somebody Else' } })
    expect(refusal(other)).toBe('409 reissued_already')
  })

  it('can be corrected itself, and the links follow', async () => {
    const first = take()
    const made = await stage.ask(`POST /credentials/${first}/links`, { key: stage.key })
    const second = (await correct(first)).body.credential
    await settle()
    const third = (await correct(second, { learner: { ...zoe, name: 'Zoë S.' } })).body.credential
    await settle()
    const { body } = await stage.ask(`GET ${new URL(made.body.url).pathname}`)
    expect(body.id).toBe(`urn:uuid:${third}`)
    expect(await verdictOf(stage, first)).toBe('invalid superseded')
    expect(await verdictOf(stage, second)).toBe('invalid superseded')
    expect(await verdictOf(stage, third)).toBe('valid valid')
  })

  it('of one that was revoked before says what replaced it', async () => {
    const old = take()
    await stage.ask(`POST /credentials/${old}/revoke`, { key: stage.key })
    expect(await verdictOf(stage, old)).toBe('invalid revoked')
    await correct(old)
    await settle()
    expect(await verdictOf(stage, old)).toBe('invalid superseded')
  })

  it('is the issuer’s alone, and of what is anchored', async () => {
    const old = take()
    expect(refusal(await correct(old, undefined, 'rm_nobody'))).toBe('401 key_invalid')
    const unknown = 'f6e30c1c-d219-41fd-8899-9e24c2b39e66'
    expect(refusal(await correct(unknown))).toBe('404 credential_unknown')
    const { body } = await stage.ask('POST /issuers/northfield/batches', {
      key: stage.key,
      json: { achievement, learners: [zoe] },
    })
    const listed = await stage.ask(`GET /batches/${body.id}/credentials`, { key: stage.key })
    const open = listed.body.credentials[0].id
    expect(refusal(await correct(open))).toBe('409 credential_not_anchored')
  })

  it.each<[unknown, string]>([
    [[], 'request_malformed'],
    [{}, 'roster_invalid'],
    [{ learner: { name: 'No address' } }, 'roster_invalid'],
    [{ learner: zoe, reason: 'x' }, 'member_unknown'],
    [{ learner: zoe, validFrom: 'yesterday' }, 'time_malformed'],
    [{ learner: zoe, validUntil: '1999-01-01T00:00:00Z' }, 'times_out_of_order'],
    [{ learner: zoe, achievement: { name: 'x' } }, 'achievement_malformed'],
  ])('%j is refused, and nothing is issued', async (json, code) => {
    const old = left[0] as string
    const count = async () =>
      (await stage.service.database.db.selectFrom('batches').select('id').execute()).length
    const before = await count()
    const { status, body } = await correct(old, json as object)
    expect([status, body.code]).toEqual([400, code])
    expect(await count()).toBe(before)
  })
})

it('a service that may not act for the issuer says what is left to do', async () => {
  const old = take()
  const { service } = stage
  const { db } = service.database
  const { body } = await correct(old)
  await db
    .updateTable('reissues')
    .set({ revokes: false } as never)
    .where('old_id', '=', old)
    .execute()
  await settle()
  const again = await correct(old)
  expect(again.body.next).toEqual(['npx hardhat revoke <file of the old credential>'])
  expect(await verdictOf(stage, old)).toBe('valid valid')
  expect(await verdictOf(stage, body.credential)).toBe('valid valid')
})
