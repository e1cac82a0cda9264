import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unbakePdf } from '../../core/baked-pdf.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { certificatePdf } from '../../documents/pdf.ts'
import { anchoredBatch, issueBatch, refusal, type Stage, setStage } from './stage.ts'

let stage: Stage
let id: string
let json: string
beforeAll(async () => {
  stage = await setStage()
  const { credentials } = await anchoredBatch(stage, 2)
  id = credentials[0] as string
  json = (await stage.ask(`GET /credentials/${id}`)).text
})
afterAll(() => stage?.close())

describe('a certificate in PDF', () => {
  it('holds the credential and verifies as it does', async () => {
    const { status, headers, bytes } = await stage.ask(`GET /credentials/${id}/credential.pdf`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('application/pdf')
    expect(headers['cache-control']).toBe('private, no-cache')
    expect(new TextDecoder().decode(await unbakePdf(bytes))).toBe(json)
    const { body: plain } = await stage.ask('POST /verify', { raw: json })
    const { body } = await stage.ask('POST /verify', { raw: bytes, type: 'application/pdf' })
    expect(body.verdict).toBe('valid')
    expect({ ...body, checkedAt: '' }).toEqual({ ...plain, checkedAt: '' })
    // The bytes say what it is.
    const misnamed = await stage.ask('POST /verify', { raw: bytes, type: 'image/png' })
    expect(misnamed.body.verdict).toBe('valid')
  })

  it('is the same whenever it is asked for', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => stage.ask(`GET /credentials/${id}/credential.pdf`)),
    )
    expect(Buffer.compare(one?.bytes as Uint8Array, two?.bytes as Uint8Array)).toBe(0)
  })

  it('is had by a link, too, and a view is counted', async () => {
    const made = await stage.ask(`POST /credentials/${id}/links`, { key: stage.key })
    const holder = new URL(made.body.url).pathname
    const shared = await stage.ask(`POST ${holder}/shares`, { json: { viewLimit: 1 } })
    const path = new URL(shared.body.url).pathname
    const { headers, bytes } = await stage.ask(`GET ${path}/credential.pdf`)
    expect(headers['cache-control']).toBe('private, no-store')
    expect(new TextDecoder().decode(await unbakePdf(bytes))).toBe(json)
    expect(refusal(await stage.ask(`GET ${path}/credential.pdf`))).toBe('404 link_unknown')
  })

  it('is not made of what is not anchored', async () => {
    const batch = await issueBatch(stage, 1)
    const { body } = await stage.ask(`GET /batches/${batch}/credentials`, { key: stage.key })
    const path = `GET /credentials/${body.credentials[0].id}/credential.pdf`
    expect(refusal(await stage.ask(path))).toBe('409 credential_not_anchored')
  })
})

const frozen = () =>
  JSON.parse(
    readFileSync(new URL('../vectors/v1/credentials/valid-latin.json', import.meta.url), 'utf8'),
  )

function named(name: string, achievement = 'Data Literacy'): JsonObject {
  const credential = frozen()
  const [identity] = credential.credentialSubject.identifier.filter(
    ({ identityType }: { identityType: string }) => identityType === 'name',
  )
  identity.identityHash = name
  credential.credentialSubject.achievement.name = achievement
  return credential
}

const made = async (credential: JsonObject) => {
  const options = { code: undefined, page: 'https://credentials.example.edu/' }
  return Buffer.from(await certificatePdf(credential, options)).toString('latin1')
}
const fontsOf = (pdf: string) =>
  new Set([...pdf.matchAll(/\/BaseFont \/[A-Z]{6}\+([\w-]+)/g)].map(([, name]) => name))

describe('names of any script', () => {
  it.each([
    ['Zoë Ångström', 'NotoSerif-SemiBold'],
    ['Дмитрий Ελένη', 'NotoSerif-SemiBold'],
    ['محمد عبد الله', 'NotoNaskhArabic-SemiBold'],
    ['שלום כהן', 'NotoSansHebrew-SemiBold'],
    ['सुनीता क्षत्रिय', 'NotoSans-SemiBold'],
    ['髙橋 さくら', 'BIZUDPGothic-Regular'],
    ['张伟', 'ZCOOLXiaoWei-Regular'],
    ['김민준', 'GowunDodum-Regular'],
    ['สมชาย ใจดี', 'NotoSansThai-SemiBold'],
    ['x̌ q̃ Nguyễn', 'NotoSerif-SemiBold'],
  ])('%s is set in %s, of which the letters used are embedded', async (name, font) => {
    const pdf = await made(named(name))
    expect(fontsOf(pdf)).toContain(font)
    expect(pdf.length).toBeLessThan(150_000)
    expect(pdf).toContain('/FontFile2')
  })

  it.each([
    ['very long', 'Maria del Carmen '.repeat(60)],
    ['one endless word', 'x'.repeat(10_000)],
    ['endless marks', `a${'\u0301'.repeat(10_000)}`],
    ['turned around', '\u202eabc\u202d\u2066'],
    ['of letters that no font has', '𓀀𓀁 🎓'],
    ['of lone surrogates', 'a\ud800b'],
    ['empty', ''],
  ])('a name that is %s makes one sheet', async (_what, name) => {
    const pdf = await made(named(name, name))
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
  })
})
