import PDFDocument from 'pdfkit'
import type { PrintedCode } from '../core/printed-code.ts'
import type { CertificateOptions, CertificateWords } from './pdf.ts'
import { type Block, blockOf, rowsOf, type Text } from './pdf-blocks.ts'
import { keepToPdfA } from './pdf-conformance.ts'
import {
  brand,
  codeSide,
  column,
  drawCode,
  drawField,
  drawFrame,
  drawPicture,
  drawRosette,
  ink,
  margin,
  muted,
  type Pdf,
  page,
} from './pdf-drawing.ts'
import { createTypesetter, missing } from './pdf-text.ts'
import type { SheetLanguage, SheetWords } from './pdf-words.ts'

/** An empty sheet, and the bytes of the document once it has ended. */
export function openSheet(
  {
    achievement,
    issuer,
    holder,
    own,
  }: Pick<CertificateWords, 'achievement' | 'issuer' | 'holder'> & {
    readonly own: Pick<SheetWords, 'subject'>
  },
  language: SheetLanguage,
  made: Date,
) {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    lang: language,
    displayTitle: true,
    font: null as never,
    info: {
      Title: `${achievement}: ${holder}`,
      Author: issuer,
      Subject: own.subject,
      Creator: 'Rootmark',
      Producer: 'Rootmark',
      CreationDate: made,
      ModDate: made,
    },
  })
  keepToPdfA(pdf)
  const bytes = new Promise<Uint8Array>((resolve, reject) => {
    const parts: Buffer[] = []
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => resolve(Uint8Array.from(Buffer.concat(parts))))
    pdf.on('error', reject)
  })
  return { pdf, bytes }
}

/** Draws the sheet from top to bottom. */
export async function drawSheet(
  pdf: Pdf,
  words: CertificateWords,
  { code, page: address }: CertificateOptions,
): Promise<void> {
  const { own, picture } = words
  const isTurned = own.isRightToLeft === true
  const type = createTypesetter(pdf, isTurned)
  /** Where something that stands at `x` in a sheet that is read from the left stands in this one. */
  const across = (x: number, width: number) => (isTurned ? page.width - x - width : x)
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  const decorate = (draw: () => void) => {
    pdf.markContent('Artifact', { type: 'Layout' })
    draw()
    pdf.endMarkedContent()
  }
  const place = ({ text, lines, step }: Block, top: number) => {
    const { tag, text: actual, setting, colour = ink, x = margin, width = column } = text
    root.add(
      pdf.struct(tag, { actual } as never, () => {
        pdf.fillColor(colour)
        for (const [i, line] of lines.entries()) {
          type.draw(line, across(x, width), top + setting.size + i * step, width)
        }
      }),
    )
  }
  /** Sets a text from `top` on; gives where it ends. */
  const put = async (text: Text, top: number): Promise<number> => {
    const block = await blockOf(type, text)
    place(block, top)
    return top + block.height
  }

  decorate(() => drawFrame(pdf))
  const badge = { x: across(page.width - margin - 86, 80), y: 64, side: 80 }
  if (!picture) decorate(() => drawRosette(pdf, badge.x + 40, badge.y + 40, 40))
  await put({ tag: 'P', text: 'Rootmark', setting: { face: 'title', size: 12 }, colour: brand }, 58)
  const kind = { tag: 'P', text: own.kind, colour: muted } as const
  await put({ ...kind, setting: { face: 'body', size: 9 } }, 76)

  const side = code ? codeSide(code) : 0
  const height = Math.max(side + 24, 150)
  const foot = page.height - 52 - height
  const { start, rows } = await rowsOf(type, words, foot - 12)
  let y = start
  for (const { gap, blocks } of rows) {
    y += gap
    for (const block of blocks) place(block, y)
    y += Math.max(...blocks.map((block) => block.height))
  }

  decorate(() => drawField(pdf, foot, height, isTurned))
  if (code) {
    const x = across(page.width - margin - side, side)
    const bbox = [x, foot + 12, x + side, foot + 12 + side]
    const figure = {
      alt: code.carries === 'credential' ? own.carriesAlt : own.leadsAlt,
      bbox,
    } as never
    root.add(pdf.struct('Figure', figure, () => drawCode(pdf, code, x, foot + 12, side)))
  }
  const width = column - side - (code ? 18 : 0)
  const title = { face: 'title', size: 13 } as const
  y = await put({ tag: 'H2', text: own.check, setting: title, colour: brand, width }, foot + 12)
  for (const text of instructions(own, code, address, type.isComplete())) {
    const setting = { face: 'body', size: 9 } as const
    y = await put({ tag: 'P', text, setting, width, lines: 5, leading: 1.42 }, y + 5)
  }
  const id = { tag: 'P', text: words.id, colour: muted } as const
  await put({ ...id, setting: { face: 'body', size: 7 } }, page.height - 44)
  if (picture) {
    const { x, y, side: box } = badge
    const figure = { alt: picture.caption || words.achievement, bbox: [x, y, x + box, y + box] }
    root.add(pdf.struct('Figure', figure as never, () => drawPicture(pdf, picture.png, x, y, box)))
  }
  root.end()
}

function instructions(
  own: SheetWords,
  code: PrintedCode | undefined,
  address: string,
  isComplete: boolean,
): readonly string[] {
  return [
    own.proves,
    own.drop(address),
    ...(code ? [code.carries === 'credential' ? own.carries : own.leads] : []),
    ...(isComplete ? [] : [own.incomplete(missing)]),
  ]
}
