import { DOMParser, type Document } from '@xmldom/xmldom'
import { InvalidInputError, messageOf } from './error.ts'

/** How much of untrusted XML is read: nested `levels`, `nodes` (tags, attributes, comments and the like) in all, `attributes` of one tag, `namespaces` in all. */
export interface XmlLimits {
  readonly levels: number
  readonly nodes: number
  readonly attributes: number
  readonly namespaces: number
}

/**
 * Parses untrusted XML; throws `InvalidInputError` with `code` where it is not well-formed, and with `xml_unsafe` where it declares
 * entities or is beyond `limits`.
 *
 * The library copies all namespaces at each declaration and compares all attributes of an element: both are counted before it starts.
 */
export function parseXml(text: string, code: string, limits: XmlLimits): Document {
  checkStructure(text, code, limits)
  try {
    return new DOMParser({
      locator: false,
      // XML 1.0 §2.11; the library's own, of XML 1.1, would turn U+2028 into a line feed, which JSON texts do not allow.
      normalizeLineEndings: (source) => source.replace(/\r\n?/g, '\n'),
      onError: (level, message) => {
        // U+FFFD is a character as any other (XML 1.0 §2.2): a name may hold one, and bytes that are no UTF-8 were refused before.
        if (level !== 'warning' || !message.includes('replacement character'))
          throw new Error(message)
      },
    }).parseFromString(text, 'image/svg+xml')
  } catch (thrown) {
    throw malformed(code, messageOf(thrown).split('\n', 1)[0]?.slice(0, 200) ?? '')
  }
}

// What is passed over as a whole, with its end; XML 1.0 §2.5, §2.6, §2.7.
const opaque = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

// Without `[…]`, in which entities are declared. What an address in it leads to is never read.
const plainDoctype =
  /<!DOCTYPE\s+[\w:.-]+(?:\s+(?:PUBLIC\s+(?:"[^"<>[]*"|'[^'<>[]*')|SYSTEM)\s+(?:"[^"<>[]*"|'[^'<>[]*'))?\s*>/y
const closing = /<\/[^\s<>]+\s*>/y
const opening = /<[^\s<>/=!?"'&]+/y
const attribute = /\s+([^\s<>/="'&]+)\s*=\s*(?:"[^"<]*"|'[^'<]*')/y
const ending = /\s*(\/?)>/y

/** One pass over the tags, in time proportional to the text. */
function checkStructure(text: string, code: string, limits: XmlLimits): void {
  let at = 0
  let depth = 0
  let nodes = 0
  let namespaces = 0
  let hasRoot = false
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at = pattern.lastIndex
    return found
  }
  const bound = (value: number, name: keyof XmlLimits) => {
    if (value > limits[name]) throw unsafe(`more than ${limits[name]} ${name}`)
  }
  const takeElement = (): boolean => {
    let attributes = 0
    for (let found = take(attribute); found; found = take(attribute)) {
      bound(++attributes, 'attributes')
      bound(++nodes, 'nodes')
      if (/^xmlns(?::|$)/.test(found[1] ?? '')) bound(++namespaces, 'namespaces')
    }
    const end = take(ending)
    if (end && end[1] === '') bound(++depth, 'levels')
    return end !== null
  }

  for (at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    bound(++nodes, 'nodes')
    const whole = opaque.find(([start]) => text.startsWith(start, at))
    if (whole) {
      const end = text.indexOf(whole[1], at + whole[0].length)
      if (end < 0) throw malformed(code, `${whole[0]} without ${whole[1]}`)
      at = end + whole[1].length
    } else if (text.startsWith('<!DOCTYPE', at)) {
      if (hasRoot || !take(plainDoctype)) throw unsafe('a DOCTYPE with declarations of its own')
    } else if (take(closing)) depth -= 1
    else if (take(opening)) {
      hasRoot = true
      if (!takeElement()) throw malformed(code, `a tag that is not closed at character ${at}`)
    } else throw malformed(code, `a stray < at character ${at}`)
  }
}

function malformed(code: string, why: string): InvalidInputError {
  return new InvalidInputError(code, `this is no well-formed XML (${why}); download it again`)
}

function unsafe(what: string): InvalidInputError {
  return new InvalidInputError(
    'xml_unsafe',
    `this image has ${what}, which no badge needs; ask for the badge as its issuer handed it out`,
  )
}
