import type { JsonObject } from '../core/canonical.ts'
import { plainText } from '../core/lettering.ts'
import { blockOf, type Text } from './pdf-blocks.ts'
import { brand, column, drawFrame, ink, margin, muted, page } from './pdf-drawing.ts'
import { openSheet } from './pdf-sheet.ts'
import { createTypesetter } from './pdf-text.ts'

/** What a sheet says of one credential; the texts are untrusted. */
export interface PresentedLine {
  readonly name: string
  readonly issuer: string
  readonly facts: string
  readonly isValid: boolean
  /** What became of it when the sheet was made. */
  readonly verdict: string
}

/** A presentation as it is set. */
export interface PresentedSheet {
  readonly presentation: JsonObject
  /** Where one can check it. */
  readonly address: string
  /** Milliseconds since 1970. */
  readonly madeAt: number
  /** Of the presentation itself: who signed it, for whom, until when, and whether that holds. */
  readonly facts: readonly (readonly [string, string])[]
  readonly verdict: string
  readonly isValid: boolean
  readonly lines: readonly PresentedLine[]
}

/** The presentation is attached under this name. */
export const presentedName = 'presentation.json'

const top = 60
const bottom = page.height - 64
const refused = '#a3182b'
const valid = '#0a6647'

/**
 * A presentation on sheets of A4 (PDF/A-3) with the presentation and all proofs attached as a file. It says how each credential came out when
 * it was made, and that the sheet itself proves nothing.
 */
export async function presentedPdf(sheet: PresentedSheet): Promise<Uint8Array> {
  const made = new Date(sheet.madeAt)
  const { pdf, bytes } = openSheet(
    {
      achievement: 'Presentation of credentials',
      holder: `${sheet.lines.length} in all`,
      issuer: 'Rootmark',
      own: { subject: 'A verifiable presentation; it is attached to this document' },
    },
    'en',
    made,
  )
  pdf.file(Buffer.from(JSON.stringify(sheet.presentation)), {
    name: presentedName,
    type: 'application/vp',
    description: 'The presentation with all credentials and proofs',
    relationship: 'Source',
    creationDate: made,
    modifiedDate: made,
  } as PDFKit.Mixins.PDFAttachmentOptions)
  const type = createTypesetter(pdf)
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  const frame = () => {
    pdf.markContent('Artifact', { type: 'Layout' })
    drawFrame(pdf)
    pdf.endMarkedContent()
  }
  let y = top
  frame()
  /** Sets texts together, on the next sheet where this one has no room for them. */
  const put = async (gap: number, ...texts: readonly Text[]) => {
    const blocks = await Promise.all(texts.map((text) => blockOf(type, text)))
    const height = blocks.reduce((sum, block) => sum + block.height + 2, gap)
    if (y + height > bottom) {
      pdf.addPage()
      frame()
      y = top
    }
    y += gap
    for (const { text, lines, step, height: own } of blocks) {
      const { tag, text: actual, setting, colour = ink } = text
      root.add(
        pdf.struct(tag, { actual } as never, () => {
          pdf.fillColor(colour)
          for (const [i, line] of lines.entries()) {
            type.draw(line, margin, y + setting.size + i * step, column)
          }
        }),
      )
      y += own + 2
    }
  }
  await put(0, brandLine)
  await put(10, {
    tag: 'H1',
    text: 'Presentation of credentials',
    setting: { face: 'title', size: 26 },
    lines: 2,
  })
  await put(4, ...sheet.facts.map(([term, value]) => plain(`${term}: ${value}`, 10, 3)))
  await put(8, verdictOf(sheet))
  for (const line of sheet.lines) {
    await put(
      16,
      { tag: 'H2', text: shown(line.name, 400), setting: { face: 'title', size: 13 }, lines: 2 },
      plain(shown(line.issuer, 300), 10, 2),
      ...(line.facts === '' ? [] : [{ ...plain(shown(line.facts, 600), 9, 4), colour: muted }]),
      verdictOf(line),
    )
  }
  await put(
    22,
    { tag: 'H2', text: 'Check it', setting: { face: 'title', size: 13 }, colour: brand },
    ...instructions(sheet),
  )
  root.end()
  pdf.end()
  return bytes
}

const brandLine: Text = {
  tag: 'P',
  text: 'Rootmark',
  setting: { face: 'title', size: 12 },
  colour: brand,
}

function instructions({ address, madeAt }: PresentedSheet): readonly Text[] {
  return [
    `This sheet proves nothing by itself: anybody can draw one. What it says of each credential was so when it was made, ${momentOf(madeAt)}.`,
    `The presentation with all proofs is attached to this document as a file. Drop this PDF on ${address}, which checks it in your browser.`,
  ].map((text) => plain(text, 9, 4))
}

function verdictOf({ verdict, isValid }: Pick<PresentedLine, 'verdict' | 'isValid'>): Text {
  return {
    tag: 'P',
    text: shown(verdict, 600),
    setting: { face: 'strong', size: 10 },
    colour: isValid ? valid : refused,
    lines: 4,
  }
}

function plain(text: string, size: number, lines: number): Text {
  return { tag: 'P', text: shown(text, 1200), setting: { face: 'body', size }, lines }
}

/** Untrusted text on one line; a text that is nothing still takes its line. */
function shown(text: string, most: number): string {
  return plainText(text.slice(0, most).toWellFormed().normalize('NFC')) || '–'
}

function momentOf(time: number): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  return `${format.format(time)} UTC`
}
