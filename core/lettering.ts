// Marks that reorder or hide text (Unicode UAX #9), and what XML does not allow.
const hidden =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\u{e0000}-\u{e007f}]/gu
// More marks on one letter than any script needs.
const stacked = /(?<=\p{M}{4})\p{M}+/gu

const narrow = /^[\s.,:;'’!|()[\]iIjlftr1-]/u
const broad = /^[\p{Lu}mw@%&—…]/u
// One em each: Han, kana, Hangul, emoji.
const square =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uff60]/u

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Untrusted text on one line, without what makes it look like other text. */
export function plainText(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(hidden, '').replace(stacked, '').trim()
}

/** Lines of at most `width` ems, broken between words, or within one that is too long; the last of `count` says that more follows. */
export function breakLines(text: string, width: number, count: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = breakWord(word, width)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  if (line !== '') lines.push(line)
  if (lines.length <= count) return lines
  return [...lines.slice(0, count - 1), shorten(lines.slice(count - 1).join(' '), width)]
}

function shorten(text: string, width: number): string {
  const [head = ''] = breakWord(text, width - widthOf('…'))
  return `${head.trimEnd()}…`
}

function breakWord(word: string, width: number): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  let filled = 0
  for (const grapheme of graphemesOf(word)) {
    const more = widthOfGrapheme(grapheme)
    if (piece !== '' && filled + more > width) {
      pieces.push(piece)
      piece = ''
      filled = 0
    }
    piece += grapheme
    filled += more
  }
  return [...pieces, piece]
}

/** About how many ems a serif face takes for the text: there is no font to measure with. */
export function widthOf(text: string): number {
  return graphemesOf(text).reduce((width, grapheme) => width + widthOfGrapheme(grapheme), 0)
}

function widthOfGrapheme(grapheme: string): number {
  if (square.test(grapheme)) return 1
  if (narrow.test(grapheme)) return 0.34
  return broad.test(grapheme) ? 0.78 : 0.54
}

function graphemesOf(text: string): readonly string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment)
}
