import { expect, it } from 'vitest'
import type { CertificateWords } from '../../documents/pdf.ts'
import { rowsOf } from '../../documents/pdf-blocks.ts'
import { openSheet } from '../../documents/pdf-sheet.ts'
import { createTypesetter } from '../../documents/pdf-text.ts'
import { sheetWords } from '../../documents/pdf-words.ts'

const words: CertificateWords = {
  own: sheetWords('en'),
  picture: undefined,
  holder: 'Zoë Ångström',
  achievement: 'Data Literacy',
  kind: 'Micro Credential',
  issuer: 'Northfield University',
  issuerId: 'did:web:northfield.example',
  description: 'Reads, questions and presents data.',
  facts: [
    ['Valid from', '1 January 2026'],
    ['Valid until', 'no end'],
    ['Credits', '2.5'],
    ['Result', '1.3'],
    ['Skills', 'data analysis'],
  ],
  id: 'urn:uuid:1',
}
const long = (text: string) => `${text} `.repeat(40).trim()
const full: CertificateWords = {
  ...words,
  holder: long('María del Carmen'),
  achievement: long('Data Literacy'),
  issuer: long('Northfield University'),
  issuerId: `did:web:${'x'.repeat(280)}`,
  description: long('Reads, questions and presents data.'),
  facts: words.facts.map(([name, value]) => [name, long(value)] as const),
}

async function layOut(said: CertificateWords, end: number) {
  const { pdf } = openSheet(said, 'en', new Date(0))
  const type = createTypesetter(pdf)
  const { start, rows } = await rowsOf(type, said, end)
  const heights = rows.map(
    ({ gap, blocks }) => gap + Math.max(...blocks.map(({ height }) => height)),
  )
  const lines = rows.flatMap(({ blocks }) => blocks.flatMap((block) => block.lines))
  return { start, bottom: heights.reduce((sum, height) => sum + height, start), lines, rows }
}

// Where the field at the foot begins: beside the largest code that there is.
const highestFoot = 841.89 - 52 - 294 - 12

it('what a credential says never reaches the field at the foot, however much it is', async () => {
  expect((await layOut(words, highestFoot)).bottom).toBeLessThanOrEqual(highestFoot)
  expect((await layOut(full, highestFoot)).bottom).toBeLessThanOrEqual(highestFoot)
})

it('no line is wider than its place', async () => {
  const { rows } = await layOut(full, highestFoot)
  for (const { blocks } of rows) {
    for (const { text, lines } of blocks) {
      for (const line of lines) expect(line.width).toBeLessThanOrEqual((text.width ?? 483.28) + 0.5)
    }
  }
})

it('a short name stands large, and a long one smaller', async () => {
  const sizeOf = (laid: Awaited<ReturnType<typeof layOut>>) => laid.lines[0]?.setting.size ?? 0
  const short = sizeOf(await layOut(words, 600))
  expect(short).toBe(34)
  expect(sizeOf(await layOut(full, 600))).toBeLessThan(short)
})

it('a name from right to left has its brackets turned and its digits not', async () => {
  const { lines } = await layOut({ ...words, holder: 'محمد (المستوى 12)' }, 600)
  const [line] = lines
  const shown = line?.runs.map(({ text }) => text) ?? []
  expect(shown).toContain('12')
  // From left to right on the page: what closes the bracket comes first.
  expect(shown.at(0)?.trim()).toBe('(')
})
