import { deflateSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bakePng } from '../../core/baked-png.ts'
import { bakeSvg } from '../../core/baked-svg.ts'
import { credentialElement, itxt, png, svg } from '../core/badge-images.ts'
import { packed, packedPdf, pdfOf } from '../core/pdf-files.ts'
import { enveloped } from '../core/tokens.ts'
import { type Desk, openDesk } from './desk.ts'
import { makeStates, type State, stateOf } from './states.ts'
import { checksOf, chooseFile, dropFile, paste, type Visitor, verdictOf, visit } from './visitor.ts'

let desk: Desk
let states: readonly State[]
let visitor: Visitor

beforeAll(async () => {
  desk = await openDesk()
  states = await makeStates(desk)
}, 180_000)

afterAll(() => desk?.close())

beforeEach(async () => {
  visitor = await visit(desk)
})

afterEach(async () => {
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

const json = (name: string) => stateOf(states, name).input
const pngOf = (name: string) => Buffer.from(bakePng(png(), json(name)))
const svgOf = (name: string) => bakeSvg(svg(''), json(name))

/** As much of a credential as is told apart from other attachments. */
const embedded = JSON.stringify({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
})

describe('a badge image', () => {
  test('gets the answer of the credential in it, chosen or dropped', async () => {
    await chooseFile(visitor, 'zoe.json', json('valid'))
    const { word, headline } = await verdictOf(visitor)
    const checks = await checksOf(visitor)
    expect(word).toBe('Valid')
    for (const [name, badge] of [
      ['zoe.png', pngOf('valid')],
      ['zoe.svg', svgOf('valid')],
      ['packed.png', png(itxt(deflateSync(json('valid')), { flag: 1 }))],
      ['indented.svg', svg(credentialElement(json('valid')))],
      ['no-extension', pngOf('valid')],
    ] as const) {
      for (const hand of [chooseFile, dropFile]) {
        await hand(visitor, name, badge)
        await visitor.page.locator('.verdict .source', { hasText: `File ${name}` }).waitFor()
        const answer = await verdictOf(visitor)
        expect([name, answer.word, answer.headline]).toEqual([name, word, headline])
        expect(await checksOf(visitor)).toEqual(checks)
      }
    }
  })

  test.each([
    ['revoked', 'Revoked by the issuer'],
    ['tampered', 'The content is not what was issued'],
  ])('with a credential that is %s says so', async (name, headline) => {
    for (const badge of [pngOf(name), svgOf(name)]) {
      await chooseFile(visitor, `${name}.img`, badge)
      expect((await verdictOf(visitor)).headline).toBe(headline)
    }
  })

  test('is taken as pasted text and by a link', async () => {
    await paste(visitor, svgOf('valid'))
    expect((await verdictOf(visitor)).word).toBe('Valid')
    desk.site.bodies.set('/badge.png', (response) => response.end(pngOf('revoked')))
    await paste(visitor, '/badge.png')
    await visitor.page.locator('.headline', { hasText: 'Revoked by the issuer' }).waitFor()
  })

  test('with scripts runs none of them, and asks nobody', async () => {
    const hostile =
      '<script>document.title="run"; fetch("https://tracker.example/")</script><image href="https://tracker.example/i.png" onload="document.title=1"/>'
    await dropFile(
      visitor,
      'hostile.svg',
      bakeSvg(svg(hostile, ' onload="alert(1)"'), json('valid')),
    )
    expect((await verdictOf(visitor)).word).toBe('Valid')
    expect(await visitor.page.title()).toBe('Check a credential · Rootmark')
    expect([...visitor.origins].sort()).toEqual([desk.site.url, desk.chain.rpcUrl].sort())
  })

  test('with an envelope that is not opened could not be checked', async () => {
    const cose = JSON.stringify(enveloped('', { id: 'data:application/vc+cose;base64,0oRDoQEm' }))
    for (const badge of [png(itxt(cose)), Buffer.from(svg(credentialElement(cose)))]) {
      await chooseFile(visitor, 'cose.badge', badge)
      const { word, headline, text } = await verdictOf(visitor)
      expect(word).toBe('Could not check')
      expect(headline).toBe('It is signed in a way this page does not check')
      expect(text).toContain('It opens JSON Web Tokens.')
      expect(text).toContain('This says nothing against the credential.')
    }
  })

  test('or a PDF with a credential attached is read, alone and among many', async () => {
    await chooseFile(visitor, 'zoe.pdf', packedPdf(json('valid')))
    expect((await verdictOf(visitor)).word).toBe('Valid')
    const names = ['valid', 'revoked', 'expired']
    await visitor.page.locator('input#file').setInputFiles(
      names.map((name) => ({
        name: `${name}.pdf`,
        mimeType: 'application/pdf',
        buffer: packedPdf(json(name)),
      })),
    )
    await visitor.page.getByText('3 credentials checked.').waitFor()
    const results = await visitor.page.locator('tbody .result button').allTextContents()
    expect(results.map((text) => text.trim()).toSorted()).toEqual([
      'Expired',
      'Revoked',
      'Valid · Test network',
    ])
  })

  test.each<readonly [string, string | Buffer, string]>([
    ['without a credential', png(), 'There is no credential in this file'],
    ['with two', png(itxt('{}'), itxt('{}')), 'There are several credentials in this file'],
    [
      'of Open Badges 2',
      png(itxt('{}', { keyword: 'openbadges' })),
      'This is an Open Badges 2 badge',
    ],
    [
      'that is a PDF without one',
      pdfOf(['<</Type /Catalog>>']),
      'There is no credential in this file',
    ],
    [
      'that is a PDF with two',
      pdfOf([
        '<</Type /Catalog>>',
        '<</Type /Filespec /EF <</F 4 0 R>> >>',
        '<</Type /Filespec /EF <</F 5 0 R>> >>',
        packed(embedded, '/Type /EmbeddedFile'),
        packed(embedded, '/Type /EmbeddedFile'),
      ]),
      'There are several credentials in this file',
    ],
    ['that is cut off', png(itxt('{}')).subarray(0, -20), 'This image is damaged'],
    ['that is no XML', '<svg><g></svg>', 'This image is damaged'],
    [
      'that declares entities',
      '<!DOCTYPE svg [<!ENTITY a "ha">]><svg>&a;</svg>',
      'This image is made in an unsafe way',
    ],
    [
      'that is a bomb',
      png(itxt(deflateSync(Buffer.alloc(67_108_864)), { flag: 1 })),
      'This is too large for a credential',
    ],
    [
      'larger than 2 MiB',
      Buffer.concat([png(itxt('{}')), Buffer.alloc(2_097_152)]),
      'This is too large for a credential',
    ],
  ])('%s is refused, and the page says why', async (_name, badge, headline) => {
    await chooseFile(visitor, 'badge', badge)
    const verdict = await verdictOf(visitor)
    expect([verdict.word, verdict.headline]).toEqual(['Nothing to check', headline])
  })
})
