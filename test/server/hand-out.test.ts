import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import type { Ajv } from 'ajv'
import Ajv2019 from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { checkDataModel } from '../../core/data-model/credential.ts'
import { digestOf } from '../../core/digest.ts'
import { expandStrictly } from '../../core/json-ld.ts'
import { parseProofs } from '../../core/proof.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { documentLoader } from '../core/digital-bazaar.ts'
import { readJson, sharedVectors } from '../shared-vectors.ts'
import { signing } from './issuing-stage.ts'
import {
  achievement,
  adminKey,
  anchoredBatch,
  learners,
  type Stage,
  setStage,
  verdictOf,
} from './stage.ts'
import { type Storage, storages } from './storages.ts'

/** A batch of another issuer whose account is the demo's, anchored. */
async function batchOf(stage: Stage, slug: string, did: string): Promise<readonly string[]> {
  const profile = { name: 'Northfield University', url: 'https://northfield.example' }
  const account = demoAccounts.issuer.address
  const json = { slug, profile, account, did }
  const { key } = (await stage.ask('POST /issuers', { key: adminKey, json })).body.key
  const issued = await stage.ask(`POST /issuers/${slug}/batches`, {
    key,
    json: { achievement, learners: learners(3) },
  })
  await stage.ask(`POST /batches/${issued.body.id}/anchor`, { key })
  await stage.service.catchUp()
  const { body } = await stage.ask(`GET /batches/${issued.body.id}/credentials`, { key })
  return body.credentials.map(({ id }: { id: string }) => id)
}

describe.each(storages)(
  'credentials handed out with the issuer’s signature, on $name',
  ({ open }) => {
    let storage: Storage
    let stage: Stage
    let ids: readonly string[]
    beforeAll(async () => {
      storage = await open()
      stage = await setStage({ storage, settings: signing })
      ids = (await anchoredBatch(stage, 4)).credentials
    })
    afterAll(async () => {
      await stage?.close()
      await storage?.remove()
    })
    const get = async (id = ids[0]) => {
      const { text, body } = await stage.ask(`GET /credentials/${id}`)
      return { text, body: body as JsonObject & { proof: JsonObject[] } }
    }

    it('carry both proofs, and the account under the signature', async () => {
      const { body } = await get()
      const did = 'did:web:credentials.example.edu:issuers:northfield'
      expect(body.proof.map((proof) => proof['cryptosuite'])).toEqual([
        'eddsa-rdfc-2022',
        'merkle-anchor-2026',
      ])
      expect(body.proof[0]?.['verificationMethod']).toMatch(`${did}#z6Mk`)
      expect(body['issuer']).toMatchObject({
        id: did,
        otherIdentifier: [
          {
            type: 'IdentifierEntry',
            identifier: `did:pkh:eip155:31337:${demoAccounts.issuer.address}`,
            identifierType: 'identifier',
          },
        ],
      })
      expect(await verdictOf(stage, ids[0] ?? '')).toBe('valid valid')
      const { text } = await get()
      const report = (await stage.ask('POST /verify', { raw: text })).body
      const outcome = (name: string) =>
        report.checks.find((check: { name: string }) => check.name === name)
      expect(outcome('signature')).toMatchObject({ outcome: 'valid', code: 'signature_valid' })
      expect(outcome('issuer')).toMatchObject({ outcome: 'valid', code: 'issuer_account_signed' })
    })

    it('are signed once: everybody gets the same bytes, at once and later', async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => get(ids[1])))
      const [first] = answers
      for (const { text } of answers) expect(text).toBe(first?.text)
      const { signature } = await stage.service.database.db
        .selectFrom('credentials')
        .select('signature')
        .where('id', '=', ids[1] ?? '')
        .executeTakeFirstOrThrow()
      expect(JSON.parse(signature ?? '')).toEqual(first?.body.proof[0])
      expect((await get(ids[1])).text).toBe(first?.text)
    })

    it('keep the signature of a key that was replaced, and it stays valid', async () => {
      const before = await get(ids[2])
      await stage.ask('POST /issuers/northfield/signing-keys/rotate', { key: stage.key })
      expect((await get(ids[2])).text).toBe(before.text)
      expect(await verdictOf(stage, ids[2] ?? '')).toBe('valid valid')
      const later = await get(ids[3])
      expect(later.body.proof[0]?.['verificationMethod']).not.toBe(
        before.body.proof[0]?.['verificationMethod'],
      )
      expect(await verdictOf(stage, ids[3] ?? '')).toBe('valid valid')
    })

    it('match their anchor as they would without the signature', async () => {
      const { body } = await get()
      const { anchor } = parseProofs(body)
      const { proof: _, ...bare } = body
      expect(digestOf(body, anchor?.salt ?? new Uint8Array())).toEqual(
        digestOf(bare, anchor?.salt ?? new Uint8Array()),
      )
    })

    it('are invalid with an altered, exchanged or removed proof', async () => {
      const verify = async (document: JsonObject) => {
        const { body } = await stage.ask('POST /verify', { json: document })
        return `${body.verdict} ${body.reason}`
      }
      const [one, other] = [(await get()).body, (await get(ids[1])).body]
      const [signature, anchor] = one.proof as [JsonObject, JsonObject]
      const value = String(signature['proofValue'])
      const bent = `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}`
      expect(await verify({ ...one, proof: [{ ...signature, proofValue: bent }, anchor] })).toMatch(
        /^invalid/,
      )
      expect(await verify({ ...one, proof: [other.proof[0] as JsonObject, anchor] })).toBe(
        'invalid signature_invalid',
      )
      expect(await verify({ ...one, proof: [signature] })).toBe('invalid anchor_missing')
      expect(await verify({ ...one, name: 'Another name' })).toBe('invalid tampered')
      // The anchor alone is enough where the DID document lists the account.
      expect(await verify({ ...one, proof: [anchor] })).toBe('valid valid')
    })

    it('of a did:key issuer lead to its account by the signature alone', async () => {
      const [id = ''] = await batchOf(stage, 'keyed', 'key')
      expect(await verdictOf(stage, id)).toBe('valid valid')
      const { body } = await get(id)
      const [signature, anchor] = body.proof as [JsonObject, JsonObject]
      expect(signature['verificationMethod']).toMatch(/^did:key:z6Mk/)
      const report = (await stage.ask('POST /verify', { json: { ...body, proof: [anchor] } })).body
      expect(report.verdict).not.toBe('valid')
    })

    it('of an issuer named by its account carry the anchor proof alone', async () => {
      const [id = ''] = await batchOf(stage, 'accounted', 'pkh')
      const { body } = await get(id)
      expect(body.proof.map((proof) => proof['cryptosuite'])).toEqual(['merkle-anchor-2026'])
      expect((body['issuer'] as JsonObject)['otherIdentifier']).toBeUndefined()
      expect(await verdictOf(stage, id)).toBe('valid valid')
    })
  },
)

describe('a credential of a did:key issuer, elsewhere', () => {
  let stage: Stage
  let credential: JsonObject
  beforeAll(async () => {
    stage = await setStage({ settings: signing })
    const [id = ''] = await batchOf(stage, 'keyed', 'key')
    credential = (await stage.ask(`GET /credentials/${id}`)).body
  })
  afterAll(() => stage?.close())

  it('is what @digitalbazaar/vc takes', async () => {
    const suite = new DataIntegrityProof({ cryptosuite }) as object
    const verify = (document: object) =>
      vc.verifyCredential({
        credential: structuredClone(document),
        suite,
        documentLoader,
        checkStatus: async () => ({ verified: true }),
      } as Parameters<typeof vc.verifyCredential>[0])
    expect((await verify(credential)).verified).toBe(true)
    expect((await verify({ ...credential, name: 'Another' })).verified).toBe(false)
  })

  it('is well-formed by the data model and by JSON-LD in safe mode', async () => {
    expect(await checkDataModel(credential)).toEqual([])
    const { proof: _, ...bare } = credential
    expect(await expandStrictly(bare)).toHaveLength(1)
  })

  const schemas = sharedVectors('ob30/schemas')
  it.skipIf(!schemas)('passes the JSON Schema of Open Badges 3.0', () => {
    const ajv = new Ajv2019.default({ strict: false, validateFormats: true })
    addFormats.default(ajv as unknown as Ajv)
    const schema = readJson(schemas as URL, 'ob_v3p0_achievementcredential_schema.json')
    const validate = ajv.compile(schema as object)
    validate(credential)
    expect(validate.errors ?? []).toEqual([])
  })
})
