import PDFDocument from 'pdfkit'
import type { PrintedCode } from '../core/printed-code.ts'
import { rosette } from '../core/rosette.ts'
import type { CertificateOptions, CertificateWords } from './pdf.ts'
import { createTypesetter, type TypeSetting, type Typesetter } from './pdf-text.ts'

type Pdf = InstanceType<typeof PDFDocument>

const ink = '#13231e'
const muted = '#475953'
const brand = '#0b6350'
const hair = '#bcc8c3'
const tint = '#eef5f2'

// A4 in points.
const page = { width: 595.28, height: 841.89 }
const margin = 56
const column = page.width - 2 * margin

/** The larger the letters, the fewer lines: the first setting that holds all is taken, or the last. */
const holderSettings = [
  { size: 34, lines: 1 },
  { size: 28, lines: 2 },
  { size: 21, lines: 3 },
  { size: 15, lines: 5 },
]
const achievementSettings = [
  { size: 22, lines: 2 },
  { size: 17, lines: 3 },
  { size: 13, lines: 4 },
]

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
  const decorate = (draw: () => void) => {
    pdf.markContent('Artifact', { type: 'Layout' })
    draw()
    pdf.endMarkedContent()
  }
  const root = pdf.struct('Document')
  pdf.addStructure(root)

  /** Sets a text from `top` on; gives where it ends. */
  async function put(
    tag: string,
    text: string,
    setting: TypeSetting,
    place: {
      readonly top: number
      readonly x?: number
      readonly width?: number
      readonly lines?: number
      readonly colour?: string
      readonly leading?: number
    },
  ): Promise<number> {
    if (text === '') return place.top
    const { top, x = margin, width = column, lines = 1, colour = ink, leading = 1.32 } = place
    const set = await type.lines(text, setting, width, lines)
    const step = setting.size * leading
    root.add(
      pdf.struct(tag, { actual: text } as never, () => {
        pdf.fillColor(colour)
        for (const [i, line] of set.lines.entries()) {
          type.draw(line, x, top + setting.size + i * step, width)
        }
      }),
    )
    return top + (set.lines.length - 1) * step + setting.size * 1.2
  }

  decorate(() => drawFrame(pdf))
  decorate(() => drawRosette(pdf, page.width - margin - 52, 128, 46))

  await put('P', 'Rootmark', { face: 'title', size: 12 }, { top: 58, colour: brand })
  await put(
    'P',
    'Verifiable credential',
    { face: 'body', size: 9 },
    { top: 76, colour: muted, width: 300 },
  )

  let y = 186
  const holder = await settingFor(type, words.holder, 'title', holderSettings)
  y = await put(
    'H1',
    words.holder,
    { face: 'title', size: holder.size },
    { top: y, lines: holder.lines },
  )
  y = await put('P', 'has been awarded', { face: 'body', size: 11 }, { top: y + 10, colour: muted })
  const achievement = await settingFor(type, words.achievement, 'title', achievementSettings)
  y = await put(
    'H2',
    words.achievement,
    { face: 'title', size: achievement.size },
    { top: y + 10, lines: achievement.lines, colour: brand },
  )
  y = await put('P', words.kind, { face: 'body', size: 10 }, { top: y + 5, colour: muted })
  y = await put(
    'P',
    words.description,
    { face: 'body', size: 10 },
    { top: y + 12, lines: 4, leading: 1.45 },
  )
  y = await put('P', 'by', { face: 'body', size: 10 }, { top: y + 14, colour: muted })
  y = await put('P', words.issuer, { face: 'strong', size: 13 }, { top: y + 4, lines: 2 })
  y = await put(
    'P',
    words.issuerId,
    { face: 'body', size: 8 },
    { top: y + 3, lines: 2, colour: muted },
  )

  const wide = column / 2 - 8
  const [facts, rest] = [words.facts.slice(0, 4), words.facts.slice(4)]
  y += 18
  let bottom = y
  for (const [i, [name, value]] of facts.entries()) {
    const x = margin + (i % 2) * (wide + 16)
    const top = i < 2 ? y : bottom + 10
    const under = await put(
      'P',
      name,
      { face: 'body', size: 8.5 },
      { top, x, width: wide, colour: muted },
    )
    const end = await put(
      'P',
      value,
      { face: 'strong', size: 10.5 },
      { top: under + 2, x, width: wide, lines: 2 },
    )
    if (i === 1 || i === facts.length - 1) bottom = Math.max(bottom, end)
    if (i === 1) y = bottom
  }
  y = bottom
  for (const [name, value] of rest) {
    y = await put('P', name, { face: 'body', size: 8.5 }, { top: y + 10, colour: muted })
    y = await put('P', value, { face: 'strong', size: 9.5 }, { top: y + 2, lines: 2 })
  }

  await drawFoot({ pdf, root, put, decorate, type, words, code, address })
  root.end()
}

/** How the sheet is checked, and the code. */
async function drawFoot({
  pdf,
  root,
  put,
  decorate,
  type,
  words,
  code,
  address,
}: {
  readonly pdf: Pdf
  readonly root: PDFKit.PDFStructureElement
  readonly put: (
    tag: string,
    text: string,
    setting: TypeSetting,
    place: {
      top: number
      x?: number
      width?: number
      lines?: number
      colour?: string
      leading?: number
    },
  ) => Promise<number>
  readonly decorate: (draw: () => void) => void
  readonly type: Typesetter
  readonly words: CertificateWords
  readonly code: PrintedCode | undefined
  readonly address: string
}): Promise<void> {
  const side = code ? codeSide(code) : 0
  const height = Math.max(side + 24, 150)
  const top = page.height - 52 - height
  decorate(() => {
    pdf.rect(margin - 14, top, column + 28, height).fill(tint)
    pdf.rect(margin - 14, top, 3, height).fill(brand)
  })
  if (code) {
    const x = page.width - margin - side
    const says =
      code.carries === 'credential'
        ? 'A QR code that carries the credential'
        : 'A QR code with a link to the credential'
    const bbox = [x, top + 12, x + side, top + 12 + side]
    root.add(
      pdf.struct('Figure', { alt: says, bbox } as never, () =>
        drawCode(pdf, code, x, top + 12, side),
      ),
    )
  }
  const width = column - side - (code ? 18 : 0)
  const body = { face: 'body', size: 9 } as const
  const place = { width, lines: 5, leading: 1.42 }
  let y = await put(
    'H2',
    'Check it',
    { face: 'title', size: 13 },
    { ...place, top: top + 12, colour: brand },
  )
  y = await put(
    'P',
    'This sheet proves nothing by itself: anybody can draw one. The credential with its proof is attached to this document as a file.',
    body,
    { ...place, top: y + 4 },
  )
  y = await put(
    'P',
    `Drop this PDF on ${address} or on any other check page of Rootmark; npx hardhat check takes it, too.`,
    body,
    {
      ...place,
      top: y + 5,
    },
  )
  if (code) {
    const says =
      code.carries === 'credential'
        ? 'On paper, the code carries the whole credential: whoever scans it asks the issuer for nothing.'
        : 'On paper, the code leads to the credential.'
    y = await put('P', says, body, { ...place, top: y + 5 })
  }
  if (!type.isComplete()) {
    y = await put(
      'P',
      'Some letters of this credential are in none of the fonts here and are shown as boxes; the attached file holds them.',
      body,
      { ...place, top: y + 5 },
    )
  }
  await put('P', words.id, { face: 'body', size: 7 }, { top: page.height - 44, colour: muted })
}

/** Modules of a third of a millimetre and more are read with ease; a code of 177 a side still fits the column. */
function codeSide({ size }: PrintedCode): number {
  return Math.min(270, Math.max(110, (size + 8) * 1.55))
}

function drawCode(pdf: Pdf, { path, size }: PrintedCode, x: number, y: number, side: number): void {
  // Four modules of quiet around it. ISO/IEC 18004.
  const unit = side / (size + 8)
  pdf.save()
  pdf.rect(x, y, side, side).fill('#ffffff')
  pdf.translate(x + 4 * unit, y + 4 * unit).scale(unit)
  pdf.path(path).fill('#000000')
  pdf.restore()
}

function drawFrame(pdf: Pdf): void {
  pdf.lineWidth(1.6).strokeColor(brand)
  pdf.rect(20, 20, page.width - 40, page.height - 40).stroke()
  pdf.lineWidth(0.5).strokeColor(hair)
  pdf.rect(25, 25, page.width - 50, page.height - 50).stroke()
}

function drawRosette(pdf: Pdf, x: number, y: number, radius: number): void {
  pdf.save()
  pdf.translate(x, y).scale(radius / 250)
  pdf.lineWidth(1.2).strokeColor(brand).strokeOpacity(0.55)
  pdf.path(rosette(150, 246, 40, 4)).stroke()
  pdf.strokeOpacity(1).lineWidth(5).circle(0, 0, 146).stroke()
  pdf.lineWidth(1.2).strokeOpacity(0.55)
  pdf.path(rosette(20, 128, 24, 3)).stroke()
  pdf.restore()
}

/** The first setting in which the whole text fits, or the last. */
async function settingFor(
  type: Typesetter,
  text: string,
  face: 'title',
  settings: readonly { readonly size: number; readonly lines: number }[],
) {
  for (const setting of settings) {
    const { isCut } = await type.lines(text, { face, size: setting.size }, column, setting.lines)
    if (!isCut) return setting
  }
  return settings.at(-1) as { readonly size: number; readonly lines: number }
}
