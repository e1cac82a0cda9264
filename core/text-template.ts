import { canonicalize, type Json, type JsonObject } from './canonical.ts'
import { credentialLimits, isObject } from './i-json.ts'

/**
 * What JSON documents that came one after another have in common, found by comparing some of them: one that says the same but for
 * texts at known places need not be parsed to know what it says.
 */
export interface TextTemplate {
  /** The texts at those places; `undefined` where the document is not such a one, or may not be. */
  readonly match: (document: string) => readonly string[] | undefined
  /** JSON pointers of the places, in the order of their texts. */
  readonly places: readonly string[]
  /** The document with texts at the places; what all have in common is shared. */
  readonly fill: (texts: readonly string[]) => JsonObject
  /** The canonical form (RFC 8785) of a part of it; `undefined` where there is no such part. */
  readonly canonicalOf: (
    part: (document: JsonObject) => Json | undefined,
  ) => ((texts: readonly string[]) => string) | undefined
}

/** A document that was parsed strictly, and the places where others were seen to differ from it. */
interface Sample {
  readonly document: JsonObject
  readonly places: ReadonlySet<string>
  readonly template: TextTemplate | undefined
}

/** Templates of the documents that come. */
export interface TextTemplates<Use> {
  /** What is made of the template of such a document, and its texts. */
  readonly read: (
    text: string,
  ) => { readonly use: Use; readonly texts: readonly string[] } | undefined
  /** Takes note of a document that was not read by a template. */
  readonly learn: (document: JsonObject, text: string) => void
}

/** Whoever has every document differ from the one before has few of them compared: after so many, one of 64. */
const firstCompared = 256
const oneOf = 64
const mostSamples = 16

/** Templates that are found as documents come. `useOf` gives what is wanted of one, and `undefined` for one that is of no use. */
export function textTemplates<Use>(
  useOf: (template: TextTemplate) => Use | undefined,
): TextTemplates<Use> {
  const found: { readonly template: TextTemplate; readonly use: Use }[] = []
  const samples: Sample[] = []
  let learned = 0
  return {
    read(text) {
      for (const [i, { template, use }] of found.entries()) {
        const texts = template.match(text)
        if (!texts) continue
        if (i > 0) found.unshift(...found.splice(i, 1))
        return { use, texts }
      }
      return undefined
    },
    learn(document, text) {
      learned += 1
      if (learned > firstCompared && learned % oneOf !== 0) return
      // Printed otherwise, what stands between the texts would be another.
      if (text.includes(mark) || JSON.stringify(document) !== text) return
      for (const [i, sample] of samples.entries()) {
        const template = templateFor(sample, document)
        const use = template && useOf(template)
        if (!template || use === undefined) continue
        const before = found.findIndex((one) => one.template === sample.template)
        if (before >= 0) found.splice(before, 1)
        found.unshift({ template, use })
        samples.splice(i, 1)
        samples.push({ document, places: new Set(template.places), template })
        return
      }
      if (samples.length >= mostSamples) {
        // One that nothing was seen to be like makes room, else the one that was met longest ago.
        const idle = samples.findIndex(({ template }) => !template)
        const last = found.at(-1)?.template
        const at = idle >= 0 ? idle : samples.findIndex(({ template }) => template === last)
        if (idle < 0) found.pop()
        samples.splice(at, 1)
      }
      samples.push({ document, places: new Set(), template: undefined })
    },
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a document; nothing where it is not UTF-8, or so long that its size has to be looked at. */
export function templateText(source: Uint8Array | string): string | undefined {
  if (source.length * 3 > credentialLimits.bytes) return undefined
  if (typeof source === 'string') return source
  try {
    return decoder.decode(source)
  } catch {
    return undefined
  }
}

const mark = '@place '
const marks = /@place (\d+)@/
const wholeMark = /^@place (\d+)@$/
const mostPlaces = 40
/** JSON prints such characters otherwise than they are; a quotation mark ends the text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const escaped = /[\u0000-\u001f\\]/

/** A template for documents like two that were parsed strictly; `undefined` where they differ in more than texts. */
function templateFor(
  { document: sample, places }: Sample,
  document: JsonObject,
): TextTemplate | undefined {
  const found: string[] = []
  const marked = markedCopy(sample, document, '', (place, isSame) => {
    if (isSame && !places.has(place)) return undefined
    found.push(place)
    return `${mark}${found.length - 1}@`
  })
  if (!isObject(marked) || found.length > mostPlaces) return undefined
  // An array made by `split` alternates between what stands between the marks and their numbers.
  const parts = JSON.stringify(marked).split(marks)
  return {
    match: matcher(parts.filter((_, i) => i % 2 === 0)),
    places: found,
    fill: fillerOf(marked) as (texts: readonly string[]) => JsonObject,
    canonicalOf(part) {
      const chosen = part(marked)
      if (chosen === undefined) return undefined
      const slots = canonicalize(chosen)
        .split(marks)
        .map((slot, i) => (i % 2 === 0 ? slot : Number(slot)))
      return (texts) => {
        let canonical = ''
        for (const slot of slots) canonical += typeof slot === 'string' ? slot : texts[slot]
        return canonical
      }
    },
  }
}

function matcher(parts: readonly string[]): TextTemplate['match'] {
  const last = parts.length - 1
  return (document) => {
    const texts: string[] = []
    let at = 0
    for (let i = 0; ; i++) {
      const part = parts[i] as string
      if (!document.startsWith(part, at)) return undefined
      at += part.length
      if (i === last) return at === document.length ? texts : undefined
      const end = document.indexOf('"', at)
      const text = document.slice(at, end)
      if (end === -1 || escaped.test(text) || !text.isWellFormed()) return undefined
      texts.push(text)
      at = end
    }
  }
}

/** Gives the value with texts where its marks stand; a value without marks as it is. */
function fillerOf(marked: Json): (texts: readonly string[]) => Json {
  if (typeof marked === 'string') {
    const slot = wholeMark.exec(marked)?.[1]
    return slot === undefined ? () => marked : (texts) => texts[Number(slot)] as string
  }
  if (typeof marked !== 'object' || marked === null || !JSON.stringify(marked).includes(mark)) {
    return () => marked
  }
  const fillers = Object.entries(marked)
    .filter(([, member]) => JSON.stringify(member).includes(mark))
    .map(([name, member]) => [name, fillerOf(member as Json)] as const)
  return (texts) => {
    const copy = (Array.isArray(marked) ? [...marked] : { ...marked }) as Record<string, Json>
    for (const [name, filler] of fillers) copy[name] = filler(texts)
    return copy
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
    // A name with a slash could pose as the place of another, and one name changes the prototype.
    if (name.includes('/') || name === '__proto__') return undefined
    const copy = markedCopy(one[name], other[name] as Json, `${place}/${name}`, markOf)
    if (copy === undefined) return undefined
    members[name] = copy
  }
  return members
}
