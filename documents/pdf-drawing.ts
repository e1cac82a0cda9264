import type PDFDocument from 'pdfkit'
import type { PrintedCode } from '../core/printed-code.ts'
import { rosette } from '../core/rosette.ts'

export type Pdf = InstanceType<typeof PDFDocument>

export const ink = '#13231e'
export const muted = '#475953'
export const brand = '#0b6350'
const hair = '#bcc8c3'
const tint = '#eef5f2'

// A4 in points.
export const page = { width: 595.28, height: 841.89 }
export const margin = 56
export const column = page.width - 2 * margin

/** Points a side: modules of more than half a millimetre, as far as the sheet has room; a code of 177 modules gets the most. */
export function codeSide({ size }: PrintedCode): number {
  return Math.min(270, Math.max(110, (size + 8) * 1.55))
}

export function drawCode(
  pdf: Pdf,
  { path, size }: PrintedCode,
  x: number,
  y: number,
  side: number,
): void {
  // Four modules of quiet around it. ISO/IEC 18004.
  const unit = side / (size + 8)
  pdf.save()
  pdf.rect(x, y, side, side).fill('#ffffff')
  pdf.translate(x + 4 * unit, y + 4 * unit).scale(unit)
  pdf.path(path).fill('#000000')
  pdf.restore()
}

export function drawFrame(pdf: Pdf): void {
  pdf.lineWidth(1.6).strokeColor(brand)
  pdf.rect(20, 20, page.width - 40, page.height - 40).stroke()
  pdf.lineWidth(0.5).strokeColor(hair)
  pdf.rect(25, 25, page.width - 50, page.height - 50).stroke()
}

export function drawRosette(pdf: Pdf, x: number, y: number, radius: number): void {
  pdf.save()
  pdf.translate(x, y).scale(radius / 250)
  pdf.lineWidth(1.2).strokeColor(brand).strokeOpacity(0.55)
  pdf.path(rosette(150, 246, 40, 4)).stroke()
  pdf.strokeOpacity(1).lineWidth(5).circle(0, 0, 146).stroke()
  pdf.lineWidth(1.2).strokeOpacity(0.55)
  pdf.path(rosette(20, 128, 24, 3)).stroke()
  pdf.restore()
}

/** The field at the foot of the sheet that says how it is checked. */
export function drawField(pdf: Pdf, top: number, height: number, isTurned: boolean): void {
  pdf.rect(margin - 14, top, column + 28, height).fill(tint)
  pdf.rect(isTurned ? margin + column + 11 : margin - 14, top, 3, height).fill(brand)
}

/** As large as it fits a square. */
export function drawPicture(pdf: Pdf, png: Buffer, x: number, y: number, side: number): void {
  pdf.image(png, x, y, { fit: [side, side], align: 'center', valign: 'center' })
}
