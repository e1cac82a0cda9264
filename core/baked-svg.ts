import { type Document, type Element, XMLSerializer } from '@xmldom/xmldom'
import { parseXml, type XmlLimits } from './bounded-xml.ts'
import { InvalidInputError, messageOf } from './error.ts'

/** Open Badges 3.0 §5.3.2. */
const namespace = 'https://purl.imsglobal.org/ob/v3p0'
// Written by some issuers in its place.
const namespaces = [namespace, 'https://purl.imsglobal.org/spec/ob/v3p0']
const oldNamespace = 'http://openbadges.org'

/** Elaborate drawings have a few thousand elements. Beyond this a parser would keep a service busy for long. */
const limits: XmlLimits = { levels: 100, nodes: 30_000, attributes: 200, namespaces: 500 }

/**
 * The text that is baked into an SVG image: the credential's JSON, or a JWS.
 *
 * The image is untrusted. Throws `InvalidInputError` where it is no SVG (`svg_malformed`), holds no credential (`badge_empty`), holds several
 * (`badge_ambiguous`) or an Open Badges 2 assertion (`open_badges_2`), and where it declares entities or is endless (`xml_unsafe`).
 */
export function unbakeSvg(svg: string): string {
  const image = parseSvg(svg)
  const found = namespaces.flatMap((name) => elementsOf(image, name, 'credential'))
  const [only] = found
  if (found.length > 1) {
    throw new InvalidInputError(
      'badge_ambiguous',
      'this SVG image holds several credentials, of which a verifier could see either; ask for the badge as its issuer handed it out',
    )
  }
  if (!only && elementsOf(image, oldNamespace, 'assertion').length > 0) {
    throw new InvalidInputError(
      'open_badges_2',
      'this SVG image is an Open Badges 2 badge; credentials of Open Badges 3.0 are checked here',
    )
  }
  // A JWS stands in the attribute, everything else in the body.
  const text = only?.getAttribute('verify')?.trim() || only?.textContent?.trim()
  if (text) return text
  throw new InvalidInputError(
    'badge_empty',
    'this SVG image holds no credential. Images that were edited or converted lose it: ask for the badge as its issuer handed it out',
  )
}

/** The image with a credential's JSON baked into it, in place of what was baked there before. Throws as `unbakeSvg` does. */
export function bakeSvg(svg: string, json: string): string {
  // The library writes UTF-8, and no XML declaration.
  const image = parseSvg(svg.replace(/^\s*<\?xml\s[^>]*\?>/, ''))
  const root = image.documentElement as Element
  for (const [name, element] of [
    ...namespaces.map((name) => [name, 'credential'] as const),
    [oldNamespace, 'assertion'] as const,
  ]) {
    for (const old of elementsOf(image, name, element)) old.parentNode?.removeChild(old)
  }
  root.setAttributeNS('http://www.w3.org/2000/xmlns/', 'xmlns:openbadges', namespace)
  const credential = image.createElementNS(namespace, 'openbadges:credential')
  // `]]>` would end the section, so it is divided among two.
  for (const part of escapeForXml(json).split(/(?<=\]\])(?=>)/)) {
    credential.appendChild(image.createCDATASection(part))
  }
  root.insertBefore(credential, root.firstChild)
  try {
    return new XMLSerializer().serializeToString(image, { requireWellFormed: true })
  } catch (thrown) {
    throw new InvalidInputError('svg_malformed', `the SVG image is odd: ${messageOf(thrown)}`)
  }
}

function parseSvg(svg: string): Document {
  const image = parseXml(svg, 'svg_malformed', limits)
  const name = image.documentElement?.localName
  if (name === 'svg') return image
  throw new InvalidInputError('svg_malformed', `expected an SVG image, found <${name}>`)
}

function elementsOf(image: Document, name: string, element: string): readonly Element[] {
  return [...image.getElementsByTagNameNS(name, element)]
}

/** Escapes, within the texts of JSON, what XML 1.0 §2.2 forbids and what XML 1.1 §2.11 takes for a line's end. */
function escapeForXml(json: string): string {
  return json.replace(
    /[\u0085\u2028\u2029\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
