import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findMethod } from '../../core/did-document.ts'
import { startEmbeddedChain } from '../../server/embedded-chain.ts'
import {
  findSigningKey,
  holdSigningKey,
  insertIssuerKey,
  listIssuerKeys,
  makeIssuerKey,
  replaceIssuerKey,
} from '../../server/issuer-keys.ts'
import { adminKey, openStage, refusal, type Stage, setStage } from './stage.ts'
import { type Storage, storages } from './storages.ts'

const account = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const profile = { name: 'Eastfield College', url: 'https://eastfield.example' }
const baseUrl = 'https://credentials.example.edu'
const settings = { PUBLIC_BASE_URL: baseUrl, SIGNING_SECRET: 'a secret for tests and nothing else' }

describe.each(storages)('signing keys on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  let slugs = 0
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage, settings })
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })
  const record = async (did?: string) => {
    const slug = `issuer-${++slugs}`
    const json = { slug, profile, account, ...(did && { did }) }
    const { body } = await stage.ask('POST /issuers', { key: adminKey, json })
    const { db } = stage.service.database
    const row = await db
      .selectFrom('issuers')
      .selectAll()
      .where('slug', '=', slug)
      .executeTakeFirstOrThrow()
    return { slug, key: body.key.key as string, did: body.did as string, id: row.id }
  }
  const keysOf = async ({ slug, key }: { slug: string; key: string }) =>
    (await stage.ask(`GET /issuers/${slug}/signing-keys`, { key })).body.signingKeys
  const rotate = ({ slug, key }: { slug: string; key: string }, json?: unknown) =>
    stage.ask(`POST /issuers/${slug}/signing-keys/rotate`, {
      key,
      ...(json !== undefined && { json }),
    })

  it('come with an issuer, and their private parts are nowhere in the database', async () => {
    const issuer = await record('web')
    const [key, ...others] = await keysOf(issuer)
    expect(others).toEqual([])
    expect(key.publicKeyMultibase).toMatch(/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/)
    expect(key.verificationMethod).toBe(`${issuer.did}#${key.publicKeyMultibase}`)
    expect(key.expires).toBeUndefined()
    const { database, secretBox } = stage.service
    const { sealed } = await database.db
      .selectFrom('issuer_keys')
      .select('sealed')
      .where('id', '=', key.id)
      .executeTakeFirstOrThrow()
    const der = Buffer.from(secretBox.open(sealed as Uint8Array, `issuer key ${key.id}`))
    const tables = await Promise.all([
      database.db.selectFrom('issuer_keys').selectAll().execute(),
      database.db.selectFrom('signing_secret').selectAll().execute(),
    ])
    for (const row of tables.flat()) {
      for (const value of Object.values(row)) {
        if (value instanceof Uint8Array) {
          expect(Buffer.from(value).includes(der.subarray(-32))).toBe(false)
        }
      }
    }
  })

  it('are rotated: the old one gets its end, loses its private part and stays listed', async () => {
    const issuer = await record('web')
    const [old] = await keysOf(issuer)
    const { status, body } = await rotate(issuer)
    expect(status).toBe(201)
    const [used, retired] = body.signingKeys
    expect(used.expires).toBeUndefined()
    expect(used.publicKeyMultibase).not.toBe(old.publicKeyMultibase)
    expect(retired).toMatchObject({ id: old.id, publicKeyMultibase: old.publicKeyMultibase })
    expect(Date.parse(retired.expires) - Date.now()).toBeLessThan(1500)
    const row = await stage.service.database.db
      .selectFrom('issuer_keys')
      .selectAll()
      .where('id', '=', old.id)
      .executeTakeFirstOrThrow()
    expect(row.sealed).toBeNull()

    const { body: document } = await stage.ask(`GET /issuers/${issuer.slug}/did.json`)
    const methods = document.verificationMethod.filter(
      ({ type }: { type: string }) => type === 'Multikey',
    )
    expect(methods.map(({ expires }: { expires?: string }) => expires !== undefined)).toEqual([
      false,
      true,
    ])
    for (const { id } of methods) expect(document.assertionMethod).toContain(id)
    expect(document.authentication).toEqual([used.verificationMethod])
  })

  it('are rotated once, where several ask for it at once', async () => {
    const issuer = await record('web')
    const [old] = await keysOf(issuer)
    const json = { replaces: old.id }
    const answers = await Promise.all(Array.from({ length: 5 }, () => rotate(issuer, json)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.body.code).toBe('signing_key_replaced')
    expect(await keysOf(issuer)).toHaveLength(2)
    expect(refusal(await rotate(issuer, json))).toBe('409 signing_key_replaced')
  })

  it('are no more than a verifier reads of a DID document', async () => {
    const issuer = await record('web')
    const { database, secretBox } = stage.service
    const retired = Array.from({ length: 149 }, () => {
      const { id, publicKeyMultibase } = makeIssuerKey(secretBox)
      const at = new Date()
      return { id, issuer_id: issuer.id, public_key: publicKeyMultibase, retired_at: at }
    })
    const rows = retired.map((row) => ({ ...row, sealed: null }))
    await database.db.insertInto('issuer_keys').values(rows).execute()
    const { body } = await stage.ask(`GET /issuers/${issuer.slug}/did.json`)
    const [used] = await keysOf(issuer)
    const method = findMethod(body, used.verificationMethod, 'assertionMethod')
    expect(method.expires).toBeUndefined()
    expect(refusal(await rotate(issuer))).toBe('409 signing_keys_too_many')
  })

  it('never are two in use, also where two processes make one', async () => {
    const { id } = await record('pkh')
    const { db } = stage.service.database
    const box = stage.service.secretBox
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => insertIssuerKey(db, id, makeIssuerKey(box))),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [used] = await listIssuerKeys(db, id)
    const replaced = await Promise.all(
      [1, 2, 3].map(() => replaceIssuerKey(db, id, used?.id ?? '', makeIssuerKey(box))),
    )
    expect(replaced.filter(Boolean)).toHaveLength(1)
    const keys = await listIssuerKeys(db, id)
    expect(keys.filter(({ expires }) => expires === undefined)).toHaveLength(1)
  })

  it('date nothing after their end, however close a rotation is', async () => {
    const { id } = await record('web')
    const { database, secretBox } = stage.service
    const { db } = database
    const uses: { key: string; at: number }[] = []
    const use = async () => {
      const key = await holdSigningKey(db, secretBox, id)
      if (key) uses.push({ key: key.publicKeyMultibase, at: key.now.getTime() })
    }
    for (let round = 0; round < 5; round++) {
      const [used] = await listIssuerKeys(db, id)
      await Promise.all([
        use(),
        replaceIssuerKey(db, id, used?.id ?? '', makeIssuerKey(secretBox)),
        use(),
        use(),
      ])
    }
    expect(uses).toHaveLength(15)
    const ends = new Map(
      (await listIssuerKeys(db, id)).map((key) => [key.publicKeyMultibase, key.expires]),
    )
    for (const { key, at } of uses) {
      expect(at).toBeLessThanOrEqual(ends.get(key)?.getTime() ?? Number.POSITIVE_INFINITY)
    }
  })

  it('are of one issuer: another one’s is neither opened nor replaced', async () => {
    const [one, other] = [await record('web'), await record('web')]
    const [key] = await keysOf(one)
    expect(refusal(await rotate(other, { replaces: key.id }))).toBe('409 signing_key_replaced')
    expect(refusal(await rotate({ ...one, key: other.key }))).toBe('404 issuer_unknown')
    const { db } = stage.service.database
    const [mine, theirs] = await Promise.all(
      [one, other].map(({ id }) =>
        db.selectFrom('issuer_keys').selectAll().where('issuer_id', '=', id).executeTakeFirst(),
      ),
    )
    // Whoever can write to the database still cannot swap one private key for another.
    await db
      .updateTable('issuer_keys')
      .set({ sealed: theirs?.sealed ?? null })
      .where('id', '=', mine?.id ?? '')
      .execute()
    await expect(findSigningKey(db, stage.service.secretBox, one.id)).rejects.toThrow()
  })

  it.each([
    ['key', 'signing_key_fixed'],
    ['pkh', 'signing_key_none'],
  ])('of an issuer with a did:%s are not rotated', async (did, code) => {
    expect(refusal(await rotate(await record(did)))).toBe(`409 ${code}`)
  })

  it.each([null, 7, 'text', [[]], { replaces: 'x' }, { replaces: null }, { other: 1 }])(
    'are not rotated for %j',
    async (json) => {
      const issuer = await record('web')
      expect((await rotate(issuer, json)).status).toBe(400)
      expect(await keysOf(issuer)).toHaveLength(1)
    },
  )

  it('open again after a restart, and only with the same secret', async () => {
    const issuer = await record('web')
    const before = await keysOf(issuer)
    await stage.close()
    const refused = { ...settings, SIGNING_SECRET: 'another secret, for tests as well' }
    const chain = await startEmbeddedChain(0)
    await expect(openStage(chain, storage, refused)).rejects.toThrow('SIGNING_SECRET is not the')
    const opened = await openStage(chain, storage, settings)
    const close = async () => {
      await opened.close()
      await chain.close()
    }
    stage = { ...stage, ...opened, chain, close }
    expect(await keysOf(issuer)).toEqual(before)
    const { db } = stage.service.database
    const key = await findSigningKey(db, stage.service.secretBox, issuer.id)
    expect(await key?.sign(new Uint8Array(3))).toHaveLength(64)
  })
})
