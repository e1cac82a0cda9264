import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unbakePdf } from '../../core/baked-pdf.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { makePresentation, type PresentationRequest } from '../../core/portfolio/presentation.ts'
import { presentedPdf } from '../../documents/presented-pdf.ts'
import { presentedSheet } from '../../server/presented-sheet.ts'
import { signerOf } from '../core/signers.ts'
import { anchoredBatch, type Stage, setStage } from './stage.ts'

let stage: Stage
let credentials: readonly string[]
const holder = await signerOf(3)

beforeAll(async () => {
  stage = await setStage()
  const { credentials: ids } = await anchoredBatch(stage, 3)
  credentials = await Promise.all(
    ids.map(async (id) => (await stage.ask(`GET /credentials/${id}`)).text),
  )
})
afterAll(() => stage?.close())

const present = (texts: readonly string[], more: Partial<PresentationRequest> = {}) =>
  makePresentation(
    { credentials: texts, purpose: 'Application', audience: 'https://quayside.example', ...more },
    { now: Date.now(), signer: holder },
  )
const ask = (verifiablePresentation: unknown) =>
  stage.ask('POST /presentations/pdf', { json: { verifiablePresentation } })
const pagesOf = (bytes: Uint8Array) =>
  Number(/\/Type \/Pages\n\/Count (\d+)/.exec(Buffer.from(bytes).toString('latin1'))?.[1])

describe('a presentation in PDF', () => {
  it('holds the presentation, which verifies as before, and says how each credential came out', async () => {
    const presentation = await present(credentials, { challenge: 'a-challenge-of-somebody' })
    const { status, headers, bytes } = await ask(presentation)
    expect([status, headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(headers['cache-control']).toBe('no-store')
    const attached = JSON.parse(new TextDecoder().decode(await unbakePdf(bytes)))
    expect(attached).toEqual(presentation)
    const text = Buffer.from(bytes).toString('latin1')
    expect(text).toContain('<pdfaid:part>3')
    const sheet = await presentedSheet(stage.service, presentation)
    expect(sheet.facts).toContainEqual(['Signed by', holder.did])
    expect(sheet.facts).toContainEqual(['For', 'https://quayside.example'])
    expect([sheet.isValid, sheet.lines.map(({ isValid }) => isValid)]).toEqual([
      true,
      [true, true, true],
    ])
  })

  it('says of a forged credential that it is not valid, and of an unsigned presentation that nobody signed', async () => {
    const [first = '', second = ''] = credentials
    const forged = first.replace(/("name":")[^"]+/, '$1Forged')
    expect(forged).not.toBe(first)
    const sheet = await presentedSheet(stage.service, await present([forged, second]))
    expect(sheet.lines.map(({ isValid }) => isValid)).toEqual([false, true])
    expect(sheet.lines[0]?.verdict).toMatch(/^Not valid: /)
    const unsigned = await makePresentation({ credentials: [second] }, { now: Date.now() })
    expect((await presentedSheet(stage.service, unsigned)).verdict).toContain('Nobody signed')
    const altered: JsonObject = {
      ...(await present([first])),
      verifiableCredential: [JSON.parse(second)],
    }
    expect(await presentedSheet(stage.service, altered)).toMatchObject({ isValid: false })
  })

  it('takes as many sheets as it needs, with names of any script and length', async () => {
    const line = {
      issuer: 'جامعة المدينة',
      facts: 'x '.repeat(900),
      isValid: true,
      verdict: 'Genuine.',
    }
    const names = ['<b>شهادة</b>', '資料分析', '\u202eevil\u0000', 'a'.repeat(5000), '']
    const lines = Array.from({ length: 24 }, (_, i) => ({ ...line, name: names[i % 5] as string }))
    const sheet = await presentedSheet(stage.service, await present(credentials))
    const bytes = await presentedPdf({ ...sheet, lines })
    expect(pagesOf(bytes)).toBeGreaterThan(2)
    expect(JSON.parse(new TextDecoder().decode(await unbakePdf(bytes)))).toEqual(sheet.presentation)
  })

  it('refuses what is no presentation, has nothing in it, or is too large', async () => {
    const [credential = ''] = credentials
    const large = { ...(await present([credential])), '@context': 'x'.repeat(1_100_000) }
    for (const [value, code] of [
      [undefined, 'body_malformed'],
      ['x', 'body_malformed'],
      [JSON.parse(credential), 'type_missing'],
      [
        { ...(await present([credential])), verifiableCredential: undefined },
        'credentials_missing',
      ],
      [large, 'too_large'],
    ] as const) {
      const { status, body } = await ask(value)
      expect([code, status < 500, status >= 400, body.code]).toEqual([code, true, true, code])
    }
  })
})
