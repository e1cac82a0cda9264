import { deflateSync } from 'node:zlib'

/** An object of a PDF: what stands between `obj` and `endobj`, or a stream with its dictionary's entries. */
export type Part = string | { readonly entries: string; readonly data: Uint8Array }

const latin = (text: string) => Buffer.from(text, 'latin1')

/** A PDF with a table of objects; they are numbered from 1. */
export function pdfOf(parts: readonly Part[], trailer = ''): Buffer {
  const pieces: Buffer[] = [latin('%PDF-1.7\n%\xff\xff\xff\xff\n')]
  const offsets: number[] = []
  const length = () => pieces.reduce((sum, { length: each }) => sum + each, 0)
  for (const [i, part] of parts.entries()) {
    offsets.push(length())
    pieces.push(objectOf(i + 1, part))
  }
  const at = length()
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  pieces.push(
    latin(
      `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size ${parts.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${at}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(pieces)
}

export function objectOf(number: number, part: Part): Buffer {
  if (typeof part === 'string') return latin(`${number} 0 obj\n${part}\nendobj\n`)
  const head = `${number} 0 obj\n<<${part.entries} /Length ${part.data.length}>>\nstream\n`
  return Buffer.concat([latin(head), part.data, latin('\nendstream\nendobj\n')])
}

export const packed = (data: Uint8Array | string, entries = ''): Part => ({
  entries: `/Filter /FlateDecode ${entries}`,
  data: deflateSync(data),
})

/** A PDF with these texts attached, as other programs make them: with a table stream and packed objects. */
export function packedPdf(text: string): Buffer {
  const inner = ['<</Type /Catalog>>', '<</Type /Filespec /EF <</F 4 0 R>> >>']
  const first = '1 0 2 19 '
  const objects = packed(`${first}${inner.join(' ')}`, `/Type /ObjStm /N 2 /First ${first.length}`)
  const head = latin('%PDF-1.7\n')
  const three = objectOf(3, objects)
  const four = objectOf(4, packed(text, '/Type /EmbeddedFile'))
  const at = head.length + three.length + four.length
  const row = (...fields: number[]) => [
    fields[0],
    (fields[1] ?? 0) >> 8,
    (fields[1] ?? 0) & 255,
    fields[2],
  ]
  const rows = [
    row(0, 0, 0),
    row(2, 3, 0),
    row(2, 3, 1),
    row(1, head.length, 0),
    row(1, head.length + three.length, 0),
    row(1, at, 0),
  ] as number[][]
  // Each row says how it differs from the one above it: PNG's "up".
  const predicted = rows.flatMap((each, i) => [
    2,
    ...each.map((byte, column) => (byte - (rows[i - 1]?.[column] ?? 0)) & 255),
  ])
  const table = packed(
    Uint8Array.from(predicted),
    '/Type /XRef /Size 6 /W [1 2 1] /Root 1 0 R /DecodeParms <</Predictor 12 /Columns 4>>',
  )
  return Buffer.concat([head, three, four, objectOf(5, table), latin(`startxref\n${at}\n%%EOF\n`)])
}
