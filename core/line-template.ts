import type { Json, JsonObject } from './canonical.ts'
import { canonicalize } from './canonical.ts'
import { isObject } from './i-json.ts'

/**
 * What lines of a batch file have in common, found by comparing some of them: a line that says the same but for texts at known places need not be parsed
 * to know its canonical form.
 */
export interface LineTemplate {
  /** The texts at those places; `undefined` where the line is not such a one, or may not be. */
  readonly match: (line: string) => readonly string[] | undefined
  /** The canonical form of the line's credential (format rule 2). */
  readonly canonicalOf: (texts: readonly string[]) => string
  /** Where among the texts the salt and the id of the status stand. */
  readonly saltAt: number
  readonly statusAt: number
  /** The line that it was made from, and the places where others differ from it. */
  readonly sample: JsonObject
  readonly places: ReadonlySet<string>
}

const mark = '@place '
const marks = /@place (\d+)@/
const most = 40
const saltPlace = '/salt'
const statusPlace = '/credential/credentialStatus/id'
/** Who issues is checked once, where it is the same in every line. */
const issuerPlaces = ['/credential/issuer', '/credential/issuer/id']
/** JSON prints such characters otherwise than they are; a quotation mark ends the text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const escaped = /[\u0000-\u001f\\]/

/**
 * A template for lines like two that were parsed strictly and checked, the first perhaps by way of a template; `undefined` where they
 * differ in more than texts, or `line` is not as `JSON.stringify` prints it.
 */
export function templateFor(
  { sample, places }: Pick<LineTemplate, 'sample' | 'places'>,
  entry: JsonObject,
  line: string,
): LineTemplate | undefined {
  if (line.includes(mark) || JSON.stringify(entry) !== line) return undefined
  const found: string[] = []
  const marked = markedCopy(sample, entry, '', (place, isSame) => {
    if (isSame && !places.has(place)) return undefined
    found.push(place)
    return `${mark}${found.length - 1}@`
  })
  const isFit =
    isObject(marked) &&
    isObject(marked['credential']) &&
    found.length <= most &&
    found.includes(saltPlace) &&
    found.includes(statusPlace) &&
    !issuerPlaces.some((place) => found.includes(place))
  if (!isFit) return undefined
  const lineTexts = JSON.stringify(marked).split(marks)
  // An array made by `split` alternates between what stands between the marks and their numbers.
  const canonical = canonicalize(marked['credential'] as JsonObject).split(marks)
  const slots = canonical.map((part, i) => (i % 2 === 0 ? part : Number(part)))
  return {
    sample: entry,
    places: new Set(found),
    saltAt: found.indexOf(saltPlace),
    statusAt: found.indexOf(statusPlace),
    match: matcher(lineTexts.filter((_, i) => i % 2 === 0)),
    canonicalOf: (texts) => {
      let text = ''
      for (const slot of slots) text += typeof slot === 'string' ? slot : texts[slot]
      return text
    },
  }
}

function matcher(parts: readonly string[]): LineTemplate['match'] {
  const last = parts.length - 1
  return (line) => {
    const texts: string[] = []
    let at = 0
    for (let i = 0; ; i++) {
      const part = parts[i] as string
      if (!line.startsWith(part, at)) return undefined
      at += part.length
      if (i === last) return at === line.length ? texts : undefined
      const end = line.indexOf('"', at)
      const text = line.slice(at, end)
      if (end === -1 || escaped.test(text) || !text.isWellFormed()) return undefined
      texts.push(text)
      at = end
    }
  }
}

/** The second value with marks for some of its texts; `undefined` where the two have not the same members, or differ in other values than texts. */
function markedCopy(
  one: Json | undefined,
  other: Json,
  place: string,
  markOf: (place: string, isSame: boolean) => string | undefined,
): Json | undefined {
  if (typeof one === 'string' && typeof other === 'string') {
    return markOf(place, one === other) ?? other
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return undefined
    const items: Json[] = []
    for (const [i, item] of other.entries()) {
      const copy = markedCopy(one[i], item, `${place}/${i}`, markOf)
      if (copy === undefined) return undefined
      items.push(copy)
    }
    return items
  }
  if (!isObject(one) || !isObject(other)) return one === other ? other : undefined
  const names = Object.keys(other)
  if (names.join('\n') !== Object.keys(one).join('\n')) return undefined
  const members: Record<string, Json> = {}
  for (const name of names) {
    // A name with a slash could pose as the place of another.
    if (name.includes('/')) return undefined
    const copy = markedCopy(one[name], other[name] as Json, `${place}/${name}`, markOf)
    if (copy === undefined) return undefined
    members[name] = copy
  }
  return members
}
