import bidiFactory, { type Bidi } from 'bidi-js'
import type PDFDocument from 'pdfkit'
import { type Face, type FontFile, fontsOf, readFont, setsOfHan } from './pdf-fonts.ts'

type Pdf = InstanceType<typeof PDFDocument>

/** Letters that one font draws in one direction. */
interface Run {
  readonly text: string
  readonly font: string
  readonly level: number
}

/** A text in a face and size, which can be broken to lines and drawn. */
export interface TypeSetting {
  readonly face: Face
  readonly size: number
}

/** The letters of a text with their fonts, from the first to the last. */
interface Lettered {
  readonly letters: readonly { readonly text: string; readonly at: number; readonly font: string }[]
  readonly isComplete: boolean
}

/** Sets texts of any script on a page. */
export interface Typesetter {
  /** Lines of at most `width` points; the last of `most` ends in … where more follows. */
  readonly lines: (
    text: string,
    setting: TypeSetting,
    width: number,
    most: number,
  ) => Promise<Broken>
  /** Draws one line with its baseline at `y`, at the side of the column where the lines of the sheet begin. */
  readonly draw: (line: Line, x: number, y: number, width: number) => void
  /** Whether every letter so far was in one of the fonts. */
  readonly isComplete: () => boolean
}

export interface Line {
  readonly text: string
  readonly runs: readonly Run[]
  readonly width: number
  readonly setting: TypeSetting
}

export interface Broken {
  readonly lines: readonly Line[]
  readonly isCut: boolean
}

// Its types describe an ES module, and Node gets the CommonJS one.
const bidi = (bidiFactory as unknown as () => Bidi)()
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
const words = new Intl.Segmenter('und', { granularity: 'word' })
// pdfkit lays out word by word, and so in the wrong order, unless features are named.
const features: PDFKit.Mixins.OpenTypeFeatures[] = ['kern']
// Scripts that put no spaces between words.
const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Hangul}]/u
/** What is drawn by no glyph of its own, and is left out where a font has none. */
const ignorable = /^\p{Default_Ignorable_Code_Point}$/u
/** Stands for letters that no font has. PDF/A (ISO 19005-3, 6.2.11.8) refuses the box that a font keeps for them. */
export const missing = '\ufffd'

/** A typesetter for one document, which sets lines flush right where it `isTurned`. Texts are to be free of control characters, and bounded. */
export function createTypesetter(pdf: Pdf, isTurned = false): Typesetter {
  let complete = true
  const known = new Set<string>()

  async function letter(text: string, face: Face): Promise<Lettered> {
    const fonts = await orderHan(fontsOf(face, text), text)
    let isComplete = true
    let before: FontFile | undefined
    const letters: { text: string; at: number; font: string }[] = []
    for (const { segment, index } of graphemes.segment(text)) {
      // Spaces and signs stay in the font of the letters before them, where it has them.
      const isSign = !/\p{L}|\p{N}/u.test(segment)
      let font = isSign && before && (await has(before, segment)) ? before : undefined
      for (const candidate of font ? [] : fonts) {
        if (await draws(candidate, segment)) {
          font = candidate
          break
        }
      }
      if (!font) isComplete = false
      before = font ?? (fonts[0] as FontFile)
      letters.push({ text: font ? segment : missing, at: index, font: before.name })
    }
    return { letters, isComplete }
  }

  /** With the font first that has all of the Han in a text. */
  async function orderHan(fonts: readonly FontFile[], text: string): Promise<readonly FontFile[]> {
    const letters = [...new Set(text.match(/\p{scx=Han}/gu))]
    if (letters.length === 0) return fonts
    for (const font of fonts.filter((each) => setsOfHan.includes(each))) {
      const drawn = await Promise.all(letters.map((each) => draws(font, each)))
      if (!drawn.includes(false)) return [font, ...fonts.filter((each) => each !== font)]
    }
    return fonts
  }

  const draws = async (font: FontFile, segment: string): Promise<boolean> =>
    font.scripts.test(segment) && has(font, segment)

  async function has(font: FontFile, segment: string): Promise<boolean> {
    if (!known.has(font.name)) {
      pdf.registerFont(font.name, await readFont(font))
      known.add(font.name)
    }
    pdf.font(font.name)
    const { font: face } = (pdf as unknown as { _font: { font: Coverage } })._font
    return [...segment].every(
      (each) =>
        face.hasGlyphForCodePoint(each.codePointAt(0) as number) ||
        (ignorable.test(each) && segment.length > each.length),
    )
  }

  function runsOf({ letters }: Lettered, levels: Uint8Array, from: number, to: number): Run[] {
    const runs: Run[] = []
    for (const each of letters.slice(from, to)) {
      const level = levels[each.at] as number
      const text =
        (level & 1) === 1 ? (bidi.getMirroredCharacter(each.text) ?? each.text) : each.text
      const last = runs.at(-1)
      if (last && last.font === each.font && last.level === level) {
        runs[runs.length - 1] = { ...last, text: last.text + text }
      } else runs.push({ text, font: each.font, level })
    }
    return runs
  }

  const widthOf = (runs: readonly Run[], size: number) =>
    runs.reduce((sum, { text, font }) => {
      pdf.font(font).fontSize(size)
      return sum + pdf.widthOfString(text, { features, lineBreak: false })
    }, 0)

  async function lines(
    text: string,
    setting: TypeSetting,
    width: number,
    most: number,
  ): Promise<Broken> {
    const lettered = await letter(text, setting.face)
    complete &&= lettered.isComplete
    const { levels, paragraphs } = bidi.getEmbeddingLevels(text)
    const isRightToLeft = ((paragraphs[0]?.level ?? 0) & 1) === 1
    const breaks = breaksIn(text)
    const { letters } = lettered
    const found: Line[] = []
    const lineOf = (from: number, to: number, suffix = ''): Line => {
      let end = to
      while (end > from && /^\s+$/.test(letters[end - 1]?.text ?? '')) end--
      const base = isRightToLeft ? 1 : 0
      const runs = runsOf(lettered, levels, from, end)
      const last = runs.at(-1)
      if (suffix && last) runs.push({ text: suffix, font: ellipsisFont(setting), level: base })
      const shown = letters.slice(from, end).map((each) => each.text)
      return {
        text: shown.join('') + suffix,
        runs: inOrder(runs.map(turned), base),
        width: widthOf(runs, setting.size),
        setting,
      }
    }
    let from = 0
    while (from < letters.length) {
      const isLast = found.length === most - 1
      let to = from
      let fitting = from
      // Text is bounded; a line holds at most some hundred letters.
      while (to < letters.length) {
        to++
        const isBreak = to === letters.length || breaks.has(letters[to]?.at as number)
        if (!isBreak) continue
        if (lineOf(from, to).width > width) break
        fitting = to
      }
      if (fitting === from) fitting = mostThatFit(from, letters.length)
      if (isLast && fitting < letters.length) {
        let end = fitting
        while (end > from + 1 && lineOf(from, end, '…').width > width) end--
        found.push(lineOf(from, end, '…'))
        return { lines: found, isCut: true }
      }
      found.push(lineOf(from, fitting))
      from = fitting
    }
    return { lines: found, isCut: false }

    /** A word that is wider than the line is broken anywhere. */
    function mostThatFit(first: number, end: number): number {
      let last = first + 1
      while (last < end && lineOf(first, last + 1).width <= width) last++
      return last
    }
  }

  const ellipsisFont = ({ face }: TypeSetting) => (fontsOf(face, '')[0] as FontFile).name

  return {
    lines,
    draw(line, x, y, width) {
      let at = isTurned ? x + width - line.width : x
      for (const { text, font } of line.runs) {
        pdf.font(font).fontSize(line.setting.size)
        const options = { features, lineBreak: false, baseline: 'alphabetic' as const }
        pdf.text(text, at, y, options)
        at += pdf.widthOfString(text, options)
      }
    },
    isComplete: () => complete,
  }
}

interface Coverage {
  readonly hasGlyphForCodePoint: (point: number) => boolean
}

/** Where a line may end: after spaces, and between words of scripts that have none. */
function breaksIn(text: string): ReadonlySet<number> {
  const breaks = new Set<number>()
  let before = ''
  for (const { segment, index } of words.segment(text)) {
    const isFree =
      /\s$/.test(before) || /-$/.test(before) || (unspaced.test(before) && unspaced.test(segment))
    if (index > 0 && isFree && !/^\s/.test(segment)) breaks.add(index)
    before = segment
  }
  return breaks
}

/** Letters from right to left are put in order by what shapes them; signs alone tell it no direction. */
function turned(run: Run): Run {
  if ((run.level & 1) === 0 || /\p{L}/u.test(run.text)) return run
  const signs = Array.from(graphemes.segment(run.text), ({ segment }) => segment)
  return { ...run, text: signs.reverse().join('') }
}

/** Runs as they stand on the page from left to right. Unicode UAX #9, L2. */
function inOrder(runs: readonly Run[], base: number): readonly Run[] {
  const ordered = [...runs]
  const highest = Math.max(base, ...ordered.map(({ level }) => level))
  for (let level = highest; level >= 1; level--) {
    for (let first = 0; first < ordered.length; first++) {
      if ((ordered[first] as Run).level < level) continue
      let last = first
      while (last + 1 < ordered.length && (ordered[last + 1] as Run).level >= level) last++
      ordered.splice(first, last - first + 1, ...ordered.slice(first, last + 1).reverse())
      first = last
    }
  }
  return ordered
}
