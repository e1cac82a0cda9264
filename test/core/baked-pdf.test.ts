import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unbake } from '../../core/baked.ts'
import { unbakePdf } from '../../core/baked-pdf.ts'
import { InvalidInputError } from '../../core/error.ts'
import { type Part, packed, packedPdf, pdfOf } from './pdf-files.ts'

const json = '{"id":"urn:uuid:1"}'
const catalog = '<</Type /Catalog /Names <</EmbeddedFiles <</Names [(c) 2 0 R]>> >> >>'
const filespec = '<</Type /Filespec /F (credential.json) /EF <</F 3 0 R>> >>'
const whole: readonly Part[] = [catalog, filespec, packed(json, '/Type /EmbeddedFile')]

const textOf = async (pdf: Uint8Array) => new TextDecoder().decode(await unbakePdf(pdf))

async function codeOf(pdf: Uint8Array): Promise<string> {
  try {
    await unbakePdf(pdf)
    return 'read'
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return thrown.code
    throw thrown
  }
}

describe('a credential is read out of a PDF', () => {
  it.each([
    ['with a table', pdfOf(whole)],
    ['with packed objects', packedPdf(json)],
    [
      'that is not compressed',
      pdfOf([catalog, filespec, { entries: '', data: Buffer.from(json) }]),
    ],
    [
      'whose length stands elsewhere',
      Buffer.from(
        pdfOf([catalog, filespec, { entries: '', data: Buffer.from(json) }, '19'])
          .toString('latin1')
          .replace('/Length 19', '/Length 4 0 R'),
        'latin1',
      ),
    ],
  ])('%s', async (name, pdf) => {
    if (name.startsWith('whose')) {
      // The table is behind what was changed: it is where the end says no more.
      const moved = pdf.toString('latin1')
      const at = moved.indexOf('xref\n0')
      const shifted = moved
        .replace(/startxref\n\d+/, `startxref\n${at}`)
        .replace(/(\d{10}) 00000 n/g, (_, offset) => {
          const place = Number(offset)
          return `${String(place > moved.indexOf('/Length 4 0 R') ? place + 3 : place).padStart(10, '0')} 00000 n`
        })
      expect(await textOf(Buffer.from(shifted, 'latin1'))).toBe(json)
      return
    }
    expect(await textOf(pdf)).toBe(json)
    expect(new TextDecoder().decode((await unbake(pdf)) as Uint8Array)).toBe(json)
  })

  it('as its newest revision has it', async () => {
    const first = pdfOf(whole)
    const base = first.lastIndexOf('xref\n0')
    const newer = '3 0 obj\n<</Length 2>>\nstream\n{}\nendstream\nendobj\n'
    const table = `xref\n3 1\n${String(first.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size 4 /Prev ${base}>>\nstartxref\n${first.length + newer.length}\n%%EOF\n`
    expect(await textOf(Buffer.concat([first, Buffer.from(newer + table)]))).toBe('{}')
  })
})

describe('what is no sheet of ours is refused plainly', () => {
  const second = '<</Type /Filespec /F (other.json) /EF <</F 5 0 R>> >>'
  const other = packed('{"id":"urn:uuid:2"}')
  const annotation = '<</Type /Annot /Subtype /FileAttachment /FS <</EF <</UF 5 0 R>> >> >>'
  const deflatedBomb = packed(Buffer.alloc(3_000_000, 32), '/Type /EmbeddedFile')
  const objectBomb = packed(Buffer.alloc(20_000_000, 32), '/Type /ObjStm /N 1 /First 4')
  it.each<[string, Uint8Array, string]>([
    ['two attachments', pdfOf([...whole, second, other]), 'badge_ambiguous'],
    [
      'an attachment that a page shows beside it',
      pdfOf([...whole, annotation, other]),
      'badge_ambiguous',
    ],
    [
      'two forms of one attachment',
      pdfOf([catalog, '<</EF <</F 3 0 R /UF 4 0 R>> >>', other, other]),
      'badge_ambiguous',
    ],
    ['none', pdfOf([catalog]), 'badge_empty'],
    ['an encrypted one', pdfOf(whole, '/Encrypt 9 0 R'), 'pdf_encrypted'],
    ['a bomb', pdfOf([catalog, filespec, deflatedBomb]), 'too_large'],
    [
      'two filters',
      pdfOf([
        catalog,
        filespec,
        { entries: '/Filter [/FlateDecode /FlateDecode]', data: new Uint8Array(9) },
      ]),
      'pdf_malformed',
    ],
    [
      'another filter',
      pdfOf([catalog, filespec, { entries: '/Filter /LZWDecode', data: new Uint8Array(9) }]),
      'pdf_malformed',
    ],
    [
      'damaged bytes',
      pdfOf([catalog, filespec, { entries: '/Filter /FlateDecode', data: new Uint8Array(9) }]),
      'pdf_malformed',
    ],
    [
      'a stream that is cut off',
      pdfOf([catalog, filespec, '<</Length 99999>>\nstream\nxx']),
      'pdf_malformed',
    ],
    [
      'a length that is itself',
      pdfOf([catalog, filespec, '<</Length 3 0 R>>\nstream\nxx']),
      'pdf_malformed',
    ],
    ['a table that leads to itself', pdfOf(whole, '/Prev 0 /XRefStm 0'), 'pdf_malformed'],
    [
      'an entry that is said twice',
      pdfOf([catalog, '<</EF <</F 3 0 R>> /EF <</F 1 0 R>> >>', other]),
      'pdf_malformed',
    ],
    ['deep nesting', pdfOf([`${'['.repeat(5000)}${']'.repeat(5000)}`]), 'pdf_malformed'],
    [
      'another object than the table says',
      Buffer.from(pdfOf(whole).toString('latin1').replace('2 0 obj', '7 0 obj'), 'latin1'),
      'pdf_malformed',
    ],
    ['nothing but a head', Buffer.from('%PDF-1.7\n'), 'pdf_malformed'],
    ['an attachment that is no stream', pdfOf([catalog, filespec, '(text)']), 'too_large'],
  ])('%s', async (_name, pdf, code) => {
    expect(await codeOf(pdf)).toBe(code)
  })

  it('packed objects that become too many bytes', async () => {
    const bomb = packedPdf(json)
    const at = bomb.indexOf('3 0 obj')
    const end = bomb.indexOf('4 0 obj')
    const { entries, data } = objectBomb as { entries: string; data: Uint8Array }
    const head = `3 0 obj\n<<${entries} /Length ${data.length}>>\nstream\n`
    const swapped = Buffer.concat([
      bomb.subarray(0, at),
      Buffer.from(head),
      data,
      Buffer.from('\nendstream\nendobj\n'),
      bomb.subarray(end),
    ])
    const code = await codeOf(swapped)
    expect(['too_large', 'pdf_malformed']).toContain(code)
  })

  it('objects that lie within one another, in bounded time', async () => {
    const count = 15_000
    const nested = Array.from({ length: count }, (_, i) => `${i + 1} 0 obj (`).join('')
    const body = `%PDF-1.7\n${nested}${'x'.repeat(1_500_000)}${')'.repeat(count)}\n`
    let at = 9
    const rows = Array.from({ length: count }, (_, i) => {
      const row = `${String(at).padStart(10, '0')} 00000 n \n`
      at += `${i + 1} 0 obj (`.length
      return row
    })
    const tail = `xref\n1 ${count}\n${rows.join('')}trailer\n<<>>\nstartxref\n${body.length}\n%%EOF\n`
    const begun = performance.now()
    expect(await codeOf(Buffer.from(body + tail))).toBe('pdf_malformed')
    expect(performance.now() - begun).toBeLessThan(5000)
  })

  it('bytes that were changed anywhere', async () => {
    for (const pdf of [pdfOf(whole), packedPdf(json)]) {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(pdf.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
          async (changes) => {
            const changed = Uint8Array.from(pdf)
            for (const [at, byte] of changes) changed[at] = byte
            // Whatever comes of it is an answer or a refusal, never another error.
            expect(await codeOf(changed)).toMatch(/^[a-z_]+$/)
          },
        ),
        { numRuns: 300 },
      )
    }
  })
})
