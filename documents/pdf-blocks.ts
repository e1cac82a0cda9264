import type { CertificateWords } from './pdf.ts'
import { brand, column, ink, margin, muted } from './pdf-drawing.ts'
import type { Line, TypeSetting, Typesetter } from './pdf-text.ts'

/** A text on the sheet, and what it is to a reader that does not see it. */
export interface Text {
  readonly tag: 'H1' | 'H2' | 'P'
  readonly text: string
  readonly setting: TypeSetting
  readonly colour?: string
  readonly lines?: number
  readonly leading?: number
  readonly x?: number
  readonly width?: number
}

/** A text with its lines. `height` reaches from the top of the first to below the last. */
export interface Block {
  readonly text: Text
  readonly lines: readonly Line[]
  readonly step: number
  readonly height: number
  readonly isCut: boolean
}

/** Blocks side by side, and the room above them. */
export interface Row {
  readonly gap: number
  readonly blocks: readonly Block[]
}

/** How close things stand. The larger the letters, the fewer lines: the first size that holds all of a text is taken, or the last. */
interface Density {
  readonly start: number
  readonly gap: number
  readonly holder: readonly Size[]
  readonly achievement: readonly Size[]
  readonly description: number
  readonly others: number
}

interface Size {
  readonly size: number
  readonly lines: number
}

const holderSizes = [
  { size: 34, lines: 1 },
  { size: 28, lines: 2 },
  { size: 21, lines: 3 },
  { size: 15, lines: 5 },
]
const achievementSizes = [
  { size: 22, lines: 2 },
  { size: 17, lines: 3 },
  { size: 13, lines: 4 },
]
const densities: readonly Density[] = [
  {
    start: 186,
    gap: 1,
    holder: holderSizes,
    achievement: achievementSizes,
    description: 4,
    others: 2,
  },
  {
    start: 160,
    gap: 0.8,
    holder: holderSizes,
    achievement: achievementSizes,
    description: 3,
    others: 2,
  },
  {
    start: 150,
    gap: 0.6,
    holder: holderSizes.slice(2),
    achievement: achievementSizes.slice(1),
    description: 2,
    others: 1,
  },
  {
    start: 148,
    gap: 0.4,
    holder: [{ size: 14, lines: 4 }],
    achievement: [{ size: 12, lines: 3 }],
    description: 1,
    others: 1,
  },
]

/** A text as it is broken to lines. */
export async function blockOf(type: Typesetter, text: Text): Promise<Block> {
  const { setting, width = column, lines = 1, leading = 1.32 } = text
  const set = await type.lines(text.text, setting, width, lines)
  const step = setting.size * leading
  const height = Math.max(0, set.lines.length - 1) * step + setting.size * 1.2
  return { text, lines: set.lines, step, height, isCut: set.isCut }
}

/** What the credential says, from `start` down to `end` at most: as airy as it fits. */
export async function rowsOf(
  type: Typesetter,
  words: CertificateWords,
  end: number,
): Promise<{ readonly start: number; readonly rows: readonly Row[] }> {
  for (const density of densities) {
    const rows = await rowsIn(type, words, density)
    const height = rows.reduce(
      (sum, { gap, blocks }) => sum + gap + Math.max(...blocks.map((block) => block.height)),
      0,
    )
    if (density.start + height <= end || density === densities.at(-1)) {
      return { start: density.start, rows }
    }
  }
  return { start: 0, rows: [] }
}

async function rowsIn(
  type: Typesetter,
  words: CertificateWords,
  density: Density,
): Promise<readonly Row[]> {
  const { others } = density
  const rows: Row[] = []
  const add = async (gap: number, ...texts: readonly Text[]) => {
    const blocks = await Promise.all(
      texts.filter(({ text }) => text !== '').map((text) => blockOf(type, text)),
    )
    if (blocks.length > 0) rows.push({ gap: gap * density.gap, blocks })
  }
  const body = (size: number): TypeSetting => ({ face: 'body', size })
  const strong = (size: number): TypeSetting => ({ face: 'strong', size })
  const quiet = (text: string, size: number, lines = 1): Text => ({
    tag: 'P',
    text,
    setting: body(size),
    colour: muted,
    lines,
  })

  await add(0, await sized(type, { tag: 'H1', text: words.holder, colour: ink }, density.holder))
  await add(10, quiet(words.own.awarded, 11))
  const achievement = { tag: 'H2', text: words.achievement, colour: brand } as const
  await add(10, await sized(type, achievement, density.achievement))
  await add(5, quiet(words.kind, 10))
  const { description } = density
  await add(12, {
    tag: 'P',
    text: words.description,
    setting: body(10),
    lines: description,
    leading: 1.45,
  })
  await add(14, quiet(words.own.by, 10))
  await add(4, { tag: 'P', text: words.issuer, setting: strong(13), lines: others })
  await add(3, quiet(words.issuerId, 8, others))

  const width = column / 2 - 8
  const places = [margin, margin + width + 16]
  const facts = words.facts.slice(0, 4)
  for (let first = 0; first < facts.length; first += 2) {
    const pair = facts.slice(first, first + 2)
    const at = (i: number) => ({ x: places[i] as number, width })
    await add(
      first === 0 ? 18 : 10,
      ...pair.map(([name], i) => ({ ...quiet(name, 8.5), ...at(i) })),
    )
    const values = pair.map(
      ([, text], i): Text => ({ tag: 'P', text, setting: strong(10.5), lines: others, ...at(i) }),
    )
    await add(2, ...values)
  }
  for (const [name, text] of words.facts.slice(4)) {
    await add(10, quiet(name, 8.5))
    await add(2, { tag: 'P', text, setting: strong(9.5), lines: others })
  }
  return rows
}

async function sized(
  type: Typesetter,
  text: Omit<Text, 'setting' | 'lines'>,
  sizes: readonly Size[],
): Promise<Text> {
  for (const { size, lines } of sizes) {
    const sizedText: Text = { ...text, setting: { face: 'title', size }, lines }
    const { isCut } = await blockOf(type, sizedText)
    if (!isCut || size === sizes.at(-1)?.size) return sizedText
  }
  return { ...text, setting: { face: 'title', size: 14 } }
}
