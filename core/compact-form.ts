import type { Json, JsonObject } from './canonical.ts'
import { InvalidInputError, pointerTo } from './error.ts'
import { isObject } from './i-json.ts'
import { expandStrictly } from './json-ld.ts'

const credentials = 'https://www.w3.org/2018/credentials#'

/** Members that a verification decides on, and the properties they stand for. */
const decisive: Readonly<Record<string, string>> = {
  issuer: `${credentials}issuer`,
  credentialSubject: `${credentials}credentialSubject`,
  credentialStatus: `${credentials}credentialStatus`,
  credentialSchema: `${credentials}credentialSchema`,
  validFrom: `${credentials}validFrom`,
  validUntil: `${credentials}validUntil`,
  issuanceDate: `${credentials}issuanceDate`,
  expirationDate: `${credentials}expirationDate`,
  holder: `${credentials}holder`,
  verifiableCredential: `${credentials}verifiableCredential`,
}

/** Keywords that may be written out: those of texts with a language. All others have names or change where things belong. */
const plainKeywords = ['@context', '@value', '@language', '@direction']

/**
 * Throws `InvalidInputError` (`json_ld_not_compact`) where a document says by other means what its plain members would say.
 *
 * A signature over RDF covers statements, not the JSON that this verifier reads: an alias, a full IRI or `@included` could
 * hide a status entry or an expiry from it and leave the statements as they are. VC 2.0 §6.1 wants the compacted form.
 */
export async function checkCompactForm(document: JsonObject): Promise<void> {
  checkMembers(document, document['id'])
  const [root, other] = await expandStrictly(document)
  if (!isObject(root) || other !== undefined) throw notCompact('it is not one object', '')
  for (const [name, property] of Object.entries(decisive)) {
    const said = countOf(root[property])
    const read = countOf(document[name])
    if (said !== read) {
      throw notCompact(`its statements of ${name} stand elsewhere, too`, pointerTo('', name))
    }
  }
}

function checkMembers(document: JsonObject, rootId: Json | undefined): void {
  const visit = (value: Json, pointer: string): void => {
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) visit(item, pointerTo(pointer, i))
    } else if (isObject(value)) {
      const names = Object.keys(value)
      if (pointer !== '' && rootId !== undefined && value['id'] === rootId && names.length > 1) {
        throw notCompact('the same object stands twice', pointer)
      }
      for (const name of names) {
        const place = pointerTo(pointer, name)
        if (name === '@context') checkTerms(value[name] as Json, place)
        else if (name.startsWith('@') && !plainKeywords.includes(name)) {
          throw notCompact(`${name.slice(0, 20)} is written out`, place)
        } else visit(value[name] as Json, place)
      }
    }
  }
  visit(document, '')
}

/** A document's own context must give keywords no other names than `id` and `type`. */
function checkTerms(context: Json, pointer: string): void {
  for (const item of [context].flat() as readonly Json[]) {
    if (!isObject(item)) continue
    for (const [term, definition] of Object.entries(item)) {
      const id = isObject(definition) ? (definition['@id'] ?? definition['@reverse']) : definition
      const isReverse = isObject(definition) && definition['@reverse'] !== undefined
      const isKeyword = typeof id === 'string' && id.startsWith('@')
      const isUsual = (term === 'id' && id === '@id') || (term === 'type' && id === '@type')
      if (!term.startsWith('@') && (isReverse || (isKeyword && !isUsual))) {
        throw notCompact(`${term.slice(0, 60)} stands for a keyword`, pointerTo(pointer, term))
      }
      if (isObject(definition) && definition['@context'] !== undefined) {
        checkTerms(definition['@context'], pointerTo(pointer, term))
      }
    }
  }
}

/** How many values a member has, whether it is absent, one or a list. */
function countOf(value: Json | undefined): number {
  return value === undefined || value === null ? 0 : Array.isArray(value) ? value.length : 1
}

function notCompact(message: string, pointer: string): InvalidInputError {
  return new InvalidInputError(
    'json_ld_not_compact',
    `it is not written in compacted form: ${message}`,
    pointer,
  )
}
