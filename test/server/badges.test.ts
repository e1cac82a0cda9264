import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bakePng, unbakePng } from '../../core/baked-png.ts'
import { bakeSvg, unbakeSvg } from '../../core/baked-svg.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { pngBadge, svgBadge } from '../../server/badge-image.ts'
import { chunk, credentialElement, itxt, png, svg } from '../core/badge-images.ts'
import { launchChromium } from '../web/chromium.ts'
import {
  achievement,
  anchoredBatch,
  credentialIds,
  issueBatch,
  learners,
  refusal,
  type Stage,
  setStage,
} from './stage.ts'

let stage: Stage
let id: string
let json: string
beforeAll(async () => {
  stage = await setStage({ settings: { BODY_LIMIT: '100000' } })
  const { credentials } = await anchoredBatch(stage, 3)
  id = credentials[0] as string
  json = (await stage.ask(`GET /credentials/${id}`)).text
})
afterAll(() => stage?.close())

const verify = (raw: string | Uint8Array, type: string) => stage.ask('POST /verify', { raw, type })

/** Issues and anchors one credential whose achievement has this image; gives its id. */
async function withImage(image: string): Promise<string> {
  const { body } = await stage.ask('POST /issuers/northfield/batches', {
    key: stage.key,
    json: { achievement: { ...achievement, image: { id: image } }, learners: learners(1) },
  })
  await stage.ask(`POST /batches/${body.id}/anchor`, { key: stage.key })
  await stage.service.catchUp()
  return (await credentialIds(stage, body.id))[0] as string
}

describe('POST /verify with a badge image', () => {
  it('gives the report of the JSON inside', async () => {
    const { body: plain } = await verify(json, 'application/json')
    expect(plain).toMatchObject({ verdict: 'valid' })
    for (const [badge, type] of [
      [bakePng(png(), json), 'image/png'],
      [png(itxt(deflateSync(json), { flag: 1 })), 'image/png'],
      [bakeSvg(svg(''), json), 'image/svg+xml'],
      [svg(credentialElement(json)), 'image/svg+xml; charset=utf-8'],
      // The bytes say what it is.
      [bakePng(png(), json), 'application/json'],
      [json, 'image/png'],
    ] as const) {
      const { status, body } = await verify(badge, type)
      expect(status).toBe(200)
      expect({ ...body, checkedAt: '' }).toEqual({ ...plain, checkedAt: '' })
    }
  })

  it('finds what was changed', async () => {
    const forged = json.replace('Data Literacy', 'Data Mastery')
    expect((await verify(bakePng(png(), forged), 'image/png')).body.reason).toBe('tampered')
    expect((await verify(bakeSvg(svg(''), forged), 'image/svg+xml')).body.reason).toBe('tampered')
  })

  it('says that an envelope in COSE is not opened, which is no verdict about it', async () => {
    const cose = JSON.stringify({
      '@context': 'https://www.w3.org/ns/credentials/v2',
      type: 'EnvelopedVerifiableCredential',
      id: 'data:application/vc+cose;base64,0oRDoQEmoEH2',
    })
    for (const [badge, type] of [
      [png(itxt(cose)), 'image/png'],
      [svg(credentialElement(cose)), 'image/svg+xml'],
      [cose, 'application/vc'],
    ] as const) {
      const { status, body } = await verify(badge, type)
      expect([status, body.verdict, body.reason]).toEqual([
        200,
        'indeterminate',
        'envelope_unsupported',
      ])
    }
  })

  it.each<readonly [string, string | Uint8Array, string, string]>([
    ['holds nothing', png(), 'image/png', '400 badge_empty'],
    ['holds two', png(itxt('{}'), itxt('{}')), 'image/png', '400 badge_ambiguous'],
    [
      'is Open Badges 2',
      png(itxt('{}', { keyword: 'openbadges' })),
      'image/png',
      '400 open_badges_2',
    ],
    ['is cut off', png(itxt('{}')).subarray(0, -4), 'image/png', '400 png_malformed'],
    ['holds no object', png(itxt('[]')), 'image/png', '400 not_a_credential'],
    [
      'is a bomb',
      png(itxt(deflateSync(Buffer.alloc(50_000_000)), { flag: 1 })),
      'image/png',
      '413 too_large',
    ],
    ['is no XML', '<svg><g></svg>', 'image/svg+xml', '400 svg_malformed'],
    [
      'declares entities',
      '<!DOCTYPE svg [<!ENTITY a "ha">]><svg>&a;</svg>',
      'image/svg+xml',
      '400 xml_unsafe',
    ],
    ['is another image', 'GIF89a', 'image/png', '400 json_malformed'],
    ['is of a type nobody takes', 'GIF89a', 'image/gif', '415 content_type_unsupported'],
    ['is empty', '', 'image/png', '400 empty'],
  ])('is refused where it %s', async (_name, badge, type, expected) => {
    expect(refusal(await verify(badge, type))).toBe(expected)
  })

  it('may be twice as large as JSON, and no larger', async () => {
    const filler = (size: number) => itxt(Buffer.alloc(size, 0x20), { keyword: 'Comment' })
    const large = png(filler(150_000), itxt(json))
    expect((await verify(large, 'image/png')).body.verdict).toBe('valid')
    expect(refusal(await verify(large, 'application/json'))).toBe('413 too_large')
    expect(refusal(await verify(png(filler(200_000), itxt(json)), 'image/png'))).toBe(
      '413 too_large',
    )
  })
})

describe('GET /credentials/:id/badge.svg', () => {
  it('is the credential as it is handed out, in an image that cannot run anything', async () => {
    const { status, headers, text } = await stage.ask(`GET /credentials/${id}/badge.svg`)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    })
    expect(unbakeSvg(text)).toBe(json)
    expect(text).toContain('>Data Literacy</text>')
    expect(text).toContain('>Northfield University</text>')
    expect(text).toContain('>MICRO CREDENTIAL</text>')
    const { body } = await verify(text, 'image/svg+xml')
    expect(body).toMatchObject({ verdict: 'valid', reason: 'valid' })
  })

  it('may be asked by any web page', async () => {
    const { headers } = await stage.ask(`GET /credentials/${id}/badge.svg`, {
      headers: { origin: 'https://portfolio.example' },
    })
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin')
  })

  it('has the image of the achievement where that comes as SVG', async () => {
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title>Own</title></svg>'
    for (const image of [
      `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`,
      `data:image/svg+xml,${encodeURIComponent(drawing)}`,
      `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`,
    ]) {
      const own = await withImage(image)
      const { text } = await stage.ask(`GET /credentials/${own}/badge.svg`)
      expect(text).toContain('<title>Own</title>')
      expect((await verify(text, 'image/svg+xml')).body.verdict).toBe('valid')
    }
  })

  it('runs nothing and asks nobody when a browser opens it, whatever its issuer drew', async () => {
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" onload="document.title='ran'">
<title>Own</title><script>document.title='ran'</script><image href="/healthz"/>
<style>@import "/healthz";</style></svg>`
    const own = await withImage(
      `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`,
    )
    const url = `${await stage.listen()}/credentials/${own}/badge.svg`
    const browser = await launchChromium()
    const page = await browser.newPage()
    const asked: string[] = []
    page.on('requestfinished', (request) => asked.push(request.url()))
    await page.goto(url)
    await page.waitForTimeout(300)
    const seen = await page.evaluate(() => ({
      title: document.querySelector('title')?.textContent,
      origin: self.origin,
      scripts: document.querySelectorAll('script').length,
    }))
    await browser.close()
    // The script stands in the drawing, and is not run.
    expect(seen).toEqual({ title: 'Own', origin: 'null', scripts: 1 })
    expect(asked.filter((address) => address !== url)).toEqual([])
  })

  it('is refused for credentials that are unknown or not anchored', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000'
    const [waiting] = await credentialIds(stage, await issueBatch(stage, 1))
    for (const type of ['svg', 'png']) {
      const ask = (path: string) => stage.ask(`GET /credentials/${path}/badge.${type}`)
      expect(refusal(await ask(unknown))).toBe('404 credential_unknown')
      expect(refusal(await ask(waiting as string))).toBe('409 credential_not_anchored')
      expect(refusal(await ask('1'))).toBe('400 params_malformed')
    }
    expect((await stage.ask(`GET /credentials/${id}/badge.gif`)).status).toBe(404)
  })
})

describe('GET /credentials/:id/badge.png', () => {
  it('has the image of the achievement where that comes as PNG', async () => {
    const own = await withImage(`data:image/png;base64,${png().toString('base64')}`)
    const { status, headers, bytes } = await stage.ask(`GET /credentials/${own}/badge.png`)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    })
    const { text } = await stage.ask(`GET /credentials/${own}`)
    expect(new TextDecoder().decode(await unbakePng(bytes))).toBe(text)
    expect((await verify(bytes, 'image/png')).body.verdict).toBe('valid')
    // The SVG image is drawn then.
    expect((await stage.ask(`GET /credentials/${own}/badge.svg`)).text).toContain('Data Literacy')
  })

  it('of the largest image is handed out, baked and printed like any other', async () => {
    const filler = chunk('teSt', randomBytes(24_400))
    const url = `data:image/png;base64,${png(filler).toString('base64')}`
    expect(url.length).toBeGreaterThan(32_500)
    const own = await withImage(url)
    const { bytes } = await stage.ask(`GET /credentials/${own}/badge.png`)
    expect((await verify(bytes, 'image/png')).body.verdict).toBe('valid')
    const pdf = await stage.ask(`GET /credentials/${own}/credential.pdf`)
    expect((await verify(pdf.bytes, 'application/pdf')).body.verdict).toBe('valid')
  })

  it('leads to the SVG image where there is none', async () => {
    const answer = await stage.ask(`GET /credentials/${id}/badge.png`)
    expect(refusal(answer)).toBe('404 badge_not_png')
    expect(answer.body.detail).toContain(`/credentials/${id}/badge.svg`)
  })
})

describe('the image of an achievement', () => {
  const credentialOf = (image: unknown) =>
    ({
      ...JSON.parse(json),
      credentialSubject: { type: ['AchievementSubject'], achievement: { name: 'N', image } },
    }) as JsonObject
  const small = `data:image/png;base64,${png().toString('base64')}`

  it('is taken as an object or as its URL', () => {
    expect(pngBadge(credentialOf({ id: small, type: 'Image' }))).toBeDefined()
    expect(pngBadge(credentialOf(small))).toBeDefined()
    expect(pngBadge(credentialOf(small.replace('image/png', 'IMAGE/PNG')))).toBeDefined()
  })

  it.each([
    ['is elsewhere', 'https://example.org/badge.png'],
    ['is of another type', small.replace('image/png', 'image/gif')],
    ['is no PNG', 'data:image/png;base64,R0lGODlh'],
    ['is cut off', small.slice(0, 100)],
    ['is escaped wrongly', 'data:image/png,%ZZ'],
    ['is a number', 7],
    ['is null', null],
    ['is a list', [small]],
  ])('is passed over where it %s', (_name, image) => {
    expect(pngBadge(credentialOf(image))).toBeUndefined()
    expect(svgBadge(credentialOf(image))).toContain('>N</text>')
  })

  it.each([
    ['no XML', '<svg'],
    ['entities', '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'],
    ['HTML', '<html></html>'],
  ])('is passed over where the SVG is %s', (_name, drawing) => {
    const badge = svgBadge(credentialOf(`data:image/svg+xml,${encodeURIComponent(drawing)}`))
    expect(badge).toContain('>N</text>')
  })
})
