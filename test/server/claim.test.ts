import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { identityHash } from '../../core/credential.ts'
import { isHeldBy } from '../../server/claim.ts'
import { parseConfig } from '../../server/config.ts'
import { openMailer } from '../../server/mailer.ts'
import { createPostman } from '../../server/postman.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import { anchoredBatch, credentialIds, refusal, type Stage, setStage } from './stage.ts'

let stage: Stage
let mail: MailServer
let batch: Awaited<ReturnType<typeof anchoredBatch>>
beforeAll(async () => {
  mail = await startMailServer()
  stage = await setStage({
    settings: { MAIL_URL: mail.url, MAIL_FROM: 'Northfield <credentials@northfield.example>' },
  })
  batch = await anchoredBatch(stage, 3)
})
afterAll(async () => {
  await stage?.close()
  await mail?.close()
})
beforeEach(() => {
  mail.received.length = 0
})

/** The text of a mail, whichever way it travelled. RFC 2045 §6.7, §6.8. */
function textIn(data: string): string {
  const [head = '', ...parts] = data.split('\n\n')
  const body = parts.join('\n\n')
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString()
  const bytes = body
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return /quoted-printable/i.test(head) ? Buffer.from(bytes, 'latin1').toString() : body
}

/** The credential of `learner<n>@example.org`; the order of a batch is drawn. */
async function credentialOf(n: number): Promise<string> {
  for (const id of await credentialIds(stage, batch.id)) {
    const { body } = await stage.ask(`GET /credentials/${id}`)
    if (isHeldBy(body, `learner${n}@example.org`)) return id
  }
  throw new Error('there is one')
}

async function claim(id: string, email: string) {
  const answer = await stage.ask(`POST /credentials/${id}/claims`, { json: { email } })
  await stage.service.postman.round()
  return answer
}

const tokenIn = ({ data }: { readonly data: string }) =>
  /\/claim\/open#([\w-]{43})/.exec(data.replace(/=\n/g, ''))?.[1] ?? ''

describe('a claim', () => {
  it('mails a link that works once and leads to the credential', async () => {
    const id = await credentialOf(0)
    expect((await claim(id, ' Learner0@Example.org ')).status).toBe(202)
    const [received] = mail.received
    expect(received?.to).toEqual(['learner0@example.org'])
    expect(received?.from).toContain('credentials@northfield.example')
    expect(textIn(received?.data ?? '')).toContain('Data Literacy')
    const token = tokenIn(received as never)
    const opened = await stage.ask('POST /claims', { json: { token } })
    expect(opened.status).toBe(201)
    const { body } = await stage.ask(`GET ${new URL(opened.body.url).pathname}`)
    expect(body.id).toBe(`urn:uuid:${id}`)
    expect((await stage.ask(`GET ${new URL(opened.body.url).pathname}/about`)).body.kind).toBe(
      'holder',
    )
    expect(refusal(await stage.ask('POST /claims', { json: { token } }))).toBe('404 claim_unknown')
  })

  it('opens one link, of many who come with it at once', async () => {
    const id = await credentialOf(1)
    await claim(id, 'learner1@example.org')
    const token = tokenIn(mail.received[0] as never)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => stage.ask('POST /claims', { json: { token } })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  it('answers alike to the holder, to others and about nothing, and mails the holder alone', async () => {
    const id = await credentialOf(2)
    const unknown = '3d9f8a52-6c1e-4b0f-9a77-2f0c5e8d1b64'
    const answers = [
      await claim(id, 'learner1@example.org'),
      await claim(id, 'learner2@example.org.evil.example'),
      await claim(unknown, 'learner2@example.org'),
      await claim(id, 'learner2@example.org'),
    ]
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set(['202 null']),
    )
    expect(mail.received.map(({ to }) => to)).toEqual([['learner2@example.org']])
  })

  it('mails no more than five an hour about one credential', async () => {
    const id = await credentialOf(1)
    for (let i = 0; i < 8; i++) await claim(id, 'learner1@example.org')
    expect(mail.received.length).toBe(5)
  })

  it('keeps neither address nor secret in readable form, and mails after a refusal', async () => {
    const id = await credentialOf(0)
    const { db } = stage.service.database
    mail.refuse = 1
    await claim(id, 'learner0@example.org')
    expect(mail.received).toHaveLength(0)
    const rows = await db.selectFrom('mails').selectAll().execute()
    expect(rows).toHaveLength(1)
    const kept = Buffer.concat(rows.map(({ sealed }) => Buffer.from(sealed))).toString('latin1')
    expect(kept).not.toContain('learner0')
    await db.updateTable('mails').set({ retry_at: new Date() }).execute()
    await stage.service.postman.round()
    expect(mail.received).toHaveLength(1)
    expect(await db.selectFrom('mails').selectAll().execute()).toEqual([])
    const claims = JSON.stringify(await db.selectFrom('claims').selectAll().execute())
    expect(claims).not.toContain(tokenIn(mail.received[0] as never))
  })

  it.each([
    ['de-CH, fr;q=0.5', 'Jemand, wahrscheinlich Sie,'],
    ['ja', '心当たりがなければ'],
    ['tlh, ar;q=0.5', 'طلب أحدهم'],
    ['tlh', 'Somebody, most likely you,'],
    ['__proto__', 'Somebody, most likely you,'],
  ])('speaks the language of the browser: %s', async (wishes, said) => {
    const id = await credentialOf(0)
    await stage.service.database.db.deleteFrom('claims').execute()
    await stage.ask(`POST /credentials/${id}/claims`, {
      json: { email: 'learner0@example.org' },
      headers: { 'accept-language': wishes },
    })
    await stage.service.postman.round()
    expect(textIn(mail.received[0]?.data ?? '')).toContain(said)
  })

  it('is left alone by a process that cannot open it', async () => {
    const { database, sendMail } = stage.service
    const { db } = database
    const refuse = () => {
      throw new Error('the secret is elsewhere')
    }
    mail.refuse = 1
    await claim(await credentialOf(2), 'learner2@example.org')
    await db.updateTable('mails').set({ retry_at: new Date() }).execute()
    const log = { info: () => undefined, warn: () => undefined }
    const other = createPostman({
      database,
      box: { seal: refuse, open: refuse },
      send: sendMail,
      log,
    })
    await other.round()
    const [kept] = await db.selectFrom('mails').select('attempts').execute()
    expect(kept?.attempts).toBe(1)
    await stage.service.postman.round()
    expect(mail.received).toHaveLength(1)
  })

  it('ends after an hour', async () => {
    const id = await credentialOf(2)
    await claim(id, 'learner2@example.org')
    const token = tokenIn(mail.received[0] as never)
    const { db } = stage.service.database
    await db
      .updateTable('claims')
      .set({ ends_at: new Date(Date.now() - 1000) } as never)
      .execute()
    expect(refusal(await stage.ask('POST /claims', { json: { token } }))).toBe('404 claim_unknown')
  })

  it.each([[{}], [{ email: 'x'.repeat(255) }], [{ email: ['a@b.c'] }], [{ email: 'a', x: 1 }]])(
    'is not made with %j',
    async (json) => {
      const answer = await stage.ask(`POST /credentials/${batch.credentials[0]}/claims`, { json })
      expect(refusal(answer)).toBe('400 body_malformed')
    },
  )
})

describe('an e-mail', () => {
  const subject = (...identifier: object[]) => ({ credentialSubject: { identifier } }) as never
  const email = { type: 'IdentityObject', identityType: 'emailAddress', hashed: true }
  it('is compared with its salted hash', () => {
    const salted = {
      ...email,
      salt: 'ab12',
      identityHash: identityHash('zoe@example.org', 'ab12'),
    }
    expect(isHeldBy(subject(salted), 'ZOE@example.org ')).toBe(true)
    expect(isHeldBy(subject(salted), 'zoe@example.com')).toBe(false)
    expect(isHeldBy(subject({ ...salted, salt: 'ab13' }), 'zoe@example.org')).toBe(false)
    expect(isHeldBy(subject({ ...salted, identityType: 'name' }), 'zoe@example.org')).toBe(false)
  })
  it.each([[undefined], [[]], ['x'], [{ identifier: 5 }], [[{ identifier: null }]]])(
    'is nobody’s where the subject is %j',
    (credentialSubject) => {
      expect(isHeldBy({ credentialSubject } as never, 'zoe@example.org')).toBe(false)
    },
  )
})

describe('mails go', () => {
  const config = (settings: Record<string, string>) => parseConfig({ ...settings })
  const letter = { to: 'zoe@example.org', subject: 'S', text: 'T' }
  const told: object[] = []
  const log = { info: () => undefined, warn: (facts: object) => void told.push(facts) }

  it('to the log of a service that is reachable from its own machine only', async () => {
    await openMailer(config({}), log)?.(letter)
    expect(told).toEqual([letter])
    expect(openMailer(config({ PUBLIC_BASE_URL: 'https://c.example.edu' }), log)).toBeUndefined()
  })

  it('to an address that takes them as JSON, which is asked nothing else', async () => {
    const taken: unknown[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        taken.push([request.headers.authorization, JSON.parse(body)])
        response.writeHead(taken.length === 1 ? 202 : 500).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const send = openMailer(config({ MAIL_URL: `http://name:pass@127.0.0.1:${port}/m` }), log)
    await send?.(letter)
    const basic = `Basic ${Buffer.from('name:pass').toString('base64')}`
    expect(taken).toEqual([[basic, { from: 'credentials@127.0.0.1', ...letter }]])
    await expect(send?.(letter)).rejects.toThrow('HTTP 500')
    server.close()
  })

  it('nowhere at a public address without MAIL_URL, and that is said', async () => {
    const { SIGNING_SECRET, PUBLIC_BASE_URL } = {
      SIGNING_SECRET: 'x'.repeat(32),
      PUBLIC_BASE_URL: 'https://credentials.example.edu',
    }
    const silent = await setStage({ settings: { SIGNING_SECRET, PUBLIC_BASE_URL } })
    const path = `POST /credentials/${batch.credentials[0]}/claims`
    const answer = await silent.ask(path, { json: { email: 'learner0@example.org' } })
    expect(refusal(answer)).toBe('503 mail_missing')
    await silent.close()
  })
})
