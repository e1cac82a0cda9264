import PDFDocument from 'pdfkit'
import type { PrintedCode } from '../core/printed-code.ts'
import type { CertificateOptions, CertificateWords } from './pdf.ts'
import { type Block, blockOf, rowsOf, type Text } from './pdf-blocks.ts'
import {
  brand,
  codeSide,
  column,
  drawCode,
  drawField,
  drawFrame,
  drawRosette,
  ink,
  margin,
  muted,
  type Pdf,
  page,
} from './pdf-drawing.ts'
import { createTypesetter } from './pdf-text.ts'

/** An empty sheet, and the bytes of the document once it has ended. */
export function openSheet({ achievement, issuer, holder }: CertificateWords, made: Date) {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    font: null as never,
    info: {
      Title: `${achievement}: ${holder}`,
      Author: issuer,
      Subject: 'A verifiable credential; it is attached to this document',
      Creator: 'Rootmark',
      Producer: 'Rootmark',
      CreationDate: made,
      ModDate: made,
    },
  })
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
  const type = createTypesetter(pdf)
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
          type.draw(line, x, top + setting.size + i * step, width)
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
  decorate(() => drawRosette(pdf, page.width - margin - 46, 104, 40))
  await put({ tag: 'P', text: 'Rootmark', setting: { face: 'title', size: 12 }, colour: brand }, 58)
  const kind = { tag: 'P', text: 'Verifiable credential', colour: muted } as const
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

  decorate(() => drawField(pdf, foot, height))
  if (code) {
    const x = page.width - margin - side
    const bbox = [x, foot + 12, x + side, foot + 12 + side]
    const figure = { alt: altOf(code), bbox } as never
    root.add(pdf.struct('Figure', figure, () => drawCode(pdf, code, x, foot + 12, side)))
  }
  const width = column - side - (code ? 18 : 0)
  const title = { face: 'title', size: 13 } as const
  y = await put({ tag: 'H2', text: 'Check it', setting: title, colour: brand, width }, foot + 12)
  for (const text of instructions(code, address, type.isComplete())) {
    const setting = { face: 'body', size: 9 } as const
    y = await put({ tag: 'P', text, setting, width, lines: 5, leading: 1.42 }, y + 5)
  }
  const id = { tag: 'P', text: words.id, colour: muted } as const
  await put({ ...id, setting: { face: 'body', size: 7 } }, page.height - 44)
  root.end()
}

function altOf({ carries }: PrintedCode): string {
  return carries === 'credential'
    ? 'A QR code that carries the credential'
    : 'A QR code with a link to the credential'
}

function instructions(
  code: PrintedCode | undefined,
  address: string,
  isComplete: boolean,
): readonly string[] {
  return [
    'This sheet proves nothing by itself: anybody can draw one. The credential with its proof is attached to this document as a file.',
    `Drop this PDF on ${address} or on any other check page of Rootmark; npx hardhat check takes it, too.`,
    ...(code?.carries === 'credential'
      ? [
          'On paper, the code carries the whole credential: whoever scans it asks the issuer for nothing.',
        ]
      : code
        ? ['On paper, the code leads to the credential.']
        : []),
    ...(isComplete
      ? []
      : [
          'Some letters of this credential are in none of the fonts here and are shown as boxes; the attached file holds them.',
        ]),
  ]
}
