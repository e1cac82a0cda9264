import { markup } from '../core/markup.ts'
import type { Pdf } from './pdf-drawing.ts'

/** What pdfkit keeps to itself. */
interface Inner {
  end: () => void
  endMetadata: () => void
  info: Readonly<Record<string, unknown>>
  readonly _fontFamilies: Readonly<Record<string, { readonly unicode?: number[][] }>>
}

/** Stands for a part of a letter that is drawn apart, such as its dots: the letter itself stands for the other part. */
const nothingMore = [0x200b]

/** Has a document keep what PDF/A-3 (ISO 19005-3) asks for where pdfkit does not. */
export function keepToPdfA(pdf: Pdf): void {
  const inner = pdf as unknown as Inner
  const { end, endMetadata } = inner
  inner.end = () => {
    // 6.2.11.7.2: every glyph is a letter, and none is U+0000.
    for (const { unicode } of Object.values(inner._fontFamilies)) {
      for (const [glyph, points] of unicode?.entries() ?? []) {
        const isLetter = points.length > 0 && points.every((point) => point > 0)
        if (unicode && !isLetter) unicode[glyph] = nothingMore
      }
    }
    end.call(pdf)
  }
  inner.endMetadata = () => {
    // 6.6.2: they are XML, and pdfkit puts texts into it as they are. All else that uses them has been written by then.
    inner.info = Object.fromEntries(
      Object.entries(inner.info).map(([name, value]) => [
        name,
        typeof value === 'string' ? markup`${value}`.markup : value,
      ]),
    )
    endMetadata.call(pdf)
  }
}
