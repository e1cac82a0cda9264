import { readFileSync } from 'node:fs'
import { deflateSync, inflateSync } from 'node:zlib'
import { DOMParser } from '@xmldom/xmldom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unbakePdf } from '../../core/baked-pdf.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { certificatePdf } from '../../documents/pdf.ts'
import { chunk, png } from '../core/badge-images.ts'
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

  it('speaks the language that is asked for', async () => {
    const path = `/credentials/${id}/credential.pdf`
    const { bytes } = await stage.ask(`GET ${path}?lang=de`)
    expect(Buffer.from(bytes).toString('latin1')).toContain('/Lang (de)')
    const link = await stage.ask(`POST /credentials/${id}/links`, { key: stage.key })
    const shared = await stage.ask(`GET ${new URL(link.body.url).pathname}/credential.pdf?lang=ar`)
    expect(Buffer.from(shared.bytes).toString('latin1')).toContain('/Lang (ar)')
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

const made = async (credential: JsonObject, language?: string) => {
  const options = { code: undefined, page: 'https://credentials.example.edu/', language }
  return Buffer.from(await certificatePdf(credential, options)).toString('latin1')
}
const fontsOf = (pdf: string) =>
  new Set([...pdf.matchAll(/\/BaseFont \/[A-Z]{6}\+([\w-]+)/g)].map(([, name]) => name))

function streamsOf(pdf: string): readonly string[] {
  const streams = pdf.split(/stream\r?\n/).slice(1)
  return streams.map((stream) => {
    try {
      return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
}
/** What is drawn on the sheet, as PDF says it. */
const drawnOn = (pdf: string) => streamsOf(pdf).find((text) => text.includes(' BDC')) ?? ''
const glyphsOf = (pdf: string) =>
  [...drawnOn(pdf).matchAll(/<((?:[0-9a-f]{4})+)>/g)].flatMap(
    ([, hex]) => hex?.match(/.{4}/g) ?? [],
  )
/** What letters the glyphs of the fonts are said to be. */
const mappingsOf = (pdf: string) =>
  streamsOf(pdf)
    .filter((text) => text.includes('begincmap'))
    .flatMap((text) => [...text.matchAll(/\[([^\]]*)\]/g)])
    .flatMap(([, row]) => [...(row ?? '').matchAll(/<([^>]*)>/g)].map(([, letter]) => letter ?? ''))
/** Where each text begins, in points from the left. */
const placesOf = (pdf: string) =>
  [...drawnOn(pdf).matchAll(/1 0 0 1 ([\d.]+) [\d.]+ Tm/g)].map(([, x]) => Number(x))
const metadataOf = (pdf: string) => {
  const xml = Buffer.from(
    pdf.slice(pdf.indexOf('<x:xmpmeta'), pdf.indexOf('<?xpacket end')),
    'latin1',
  )
  return new DOMParser().parseFromString(xml.toString('utf8'), 'text/xml')
}

describe('a sheet', () => {
  it.each([
    ['de-AT', 'Gültig', 'ohne Ende'],
    ['fr', 'Valable', 'sans terme'],
    ['xx', 'Valid', 'no end'],
    ['constructor', 'Valid', 'no end'],
    ['x'.repeat(10_000), 'Valid', 'no end'],
  ])('speaks %s', async (language, ...texts) => {
    const pdf = await made(frozen(), language)
    // Texts stand in it for readers that do not see it, in UTF-16 where they are not ASCII.
    for (const text of texts) {
      const wide = Buffer.from(text, 'utf16le').swap16().toString('latin1')
      expect(pdf.includes(text) || pdf.includes(wide)).toBe(true)
    }
  })

  it('speaks the language of the achievement where none is wished for, and says so', async () => {
    const credential = frozen()
    credential.credentialSubject.achievement.inLanguage = 'ja'
    expect(await made(credential)).toContain('/Lang (ja)')
    expect(await made(credential, 'es')).toContain('/Lang (es)')
  })

  it('that is read from the right begins at the right', async () => {
    const left = placesOf(await made(frozen(), 'en'))
    expect(left.filter((x) => x === 56).length).toBeGreaterThan(8)
    const right = placesOf(await made(frozen(), 'ar'))
    expect(right).not.toContain(56)
    expect(Math.max(...right)).toBeLessThan(539.3)
  })

  it('shows the picture of the achievement, and none that is no picture or a bomb', async () => {
    const withImage = (image: Uint8Array, type = 'image/png') => {
      const credential = frozen()
      const id = `data:${type};base64,${Buffer.from(image).toString('base64')}`
      credential.credentialSubject.achievement.image = { id, type: 'Image', caption: 'A star' }
      return credential
    }
    const pixels = (side: number, data: Uint8Array, depth = 8) => {
      const header = Buffer.alloc(13)
      header.writeUInt32BE(side, 0)
      header.writeUInt32BE(side, 4)
      header.set([depth, 6, 0, 0, 0], 8)
      const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
      const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(data)), chunk('IEND')]
      return Buffer.concat([start, ...parts])
    }
    const good = pixels(8, Buffer.alloc(8 * 33, 1))
    const pdf = await made(withImage(good))
    expect(pdf).toContain('/SMask')
    expect(pdf).toContain('/Alt (A star)')
    expect(await made(withImage(good))).toBe(pdf)
    for (const bad of [
      good.subarray(0, -20),
      pixels(8, Buffer.alloc(50_000_000)),
      pixels(8, Buffer.alloc(20)),
      pixels(4000, Buffer.alloc(10)),
      pixels(8, Buffer.alloc(8 * 65), 16),
      new TextEncoder().encode('<svg/>'),
    ]) {
      expect(await made(withImage(bad))).not.toContain('/Subtype /Image')
    }
    expect(await made(withImage(png(), 'image/jpeg'))).not.toContain('/Subtype /Image')
    expect(await unbakePdf(Buffer.from(pdf, 'latin1'))).toBeDefined()
  })
})

describe('what PDF/A-3 asks for', () => {
  it('metadata are XML, whatever the credential is called', async () => {
    const title = 'R&D <b>"1"</b> ]]> 日本'
    const pdf = await made(named('Zoë & <i>', title))
    const metadata = metadataOf(pdf)
    const textOf = (name: string) => metadata.getElementsByTagName(name)[0]?.textContent?.trim()
    expect(textOf('dc:title')).toBe(`${title}: Zoë & <i>`)
    expect([textOf('pdfaid:part'), textOf('pdfaid:conformance')]).toEqual(['3', 'A'])
  })

  it('every letter is drawn by a font within it, also one that no font has', async () => {
    for (const name of ['Zoë', 'محمد', '𓀀𓀁 🎓', '👩🏽‍🎓\ufe0f', 'தமிழ்', '\u0601١٢']) {
      const pdf = await made(named(name))
      expect(glyphsOf(pdf).length).toBeGreaterThan(100)
      expect(glyphsOf(pdf)).not.toContain('0000')
      const fonts = pdf.match(/\/Subtype \/Type0/g)?.length
      const mapped = mappingsOf(pdf)
      expect(mapped.length).toBeGreaterThan(50)
      expect(mapped.filter((letter) => !/^(?!0000|feff|fffe)[0-9a-f]{4}/.test(letter))).toEqual([])
      for (const mark of ['/ToUnicode', '/CIDToGIDMap /Identity', '/FontFile2']) {
        expect(pdf.split(mark).length - 1).toBe(fonts)
      }
    }
  })

  it('its colours, its structure and what its attachment is are said, and nothing is encrypted', async () => {
    const pdf = await made(frozen())
    for (const mark of [
      '/S /GTS_PDFA1',
      '/DestOutputProfile',
      '/AFRelationship /Source',
      '/Marked true',
      '/StructTreeRoot',
    ]) {
      expect(pdf).toContain(mark)
    }
    expect(pdf).not.toMatch(/\/Encrypt|\/JavaScript|\/LZWDecode/)
  })
})

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
