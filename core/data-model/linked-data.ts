import type { Json, JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { expandStrictly } from '../json-ld.ts'
import { isAbsoluteUrl } from './identifier.ts'
import { modelTerms } from './model-term.ts'
import { checkMemberNames, checkOwnContexts } from './own-context.ts'
import { firstProblems, type Problem, type Problems, problem, problemOf } from './problem.ts'

/** Terms of status entries, and of those of the draft of 2021. */
const statusTerm =
  /^https:\/\/(?:www\.w3\.org\/ns\/credentials\/status|w3id\.org\/vc\/status-list)#(\w+)$/

/**
 * Does a document mean as linked data what it says as JSON? JSON-LD in safe mode, with pinned contexts only; and nothing that the
 * data models define may be there under another name, in another place or under a keyword that hides it.
 *
 * A signature over RDF (such as `eddsa-rdfc-2022`) does not cover the names of members: verify none without this. `proof` is left out.
 */
export async function checkMeaning(document: JsonObject): Promise<readonly Problem[]> {
  const expanded = await expandedNode(document)
  return 'problem' in expanded
    ? [expanded.problem]
    : firstProblems(...rulesFor(document, expanded.node))
}

/** What `checkMeaning` asks, and for what is issued: is everything that is named in it named by an absolute URL? VC 2.0 §4.4 and §4.5. */
export async function checkMeaningAndNames(document: JsonObject): Promise<readonly Problem[]> {
  const expanded = await expandedNode(document)
  return 'problem' in expanded
    ? [expanded.problem]
    : firstProblems(...rulesFor(document, expanded.node), checkIris(document, expanded.node))
}

function rulesFor(document: JsonObject, node: JsonObject): readonly Problems[] {
  const { proof: _, ...unsecured } = document
  return [
    checkNamesOfTerms(document, node),
    checkStatusMembers(document, node),
    checkKeywords(node),
    checkMemberNames(unsecured),
    checkOwnContexts(unsecured),
  ]
}

async function expandedNode(
  document: JsonObject,
): Promise<{ readonly node: JsonObject } | { readonly problem: Problem }> {
  const { proof: _, ...unsecured } = document
  try {
    const [node, ...others] = await expandStrictly(unsecured)
    if (isObject(node) && others.length === 0) return { node }
  } catch (thrown) {
    return { problem: problemOf(thrown) }
  }
  return {
    problem: problem('json_ld_malformed', 'it describes several things at once, or nothing', ''),
  }
}

/** Each term of the model is there as often as its IRI is, and what it names has the `id` that it shows. */
function* checkNamesOfTerms(document: JsonObject, node: JsonObject): Problems {
  yield* checkSameId(document, node, '')
  for (const [term, iri] of modelTerms) {
    const said = term === 'proof' ? [] : listOf(document[term])
    const meant = listOf(node[iri])
    if (said.length !== meant.length) {
      yield problem(
        'term_disguised',
        `${term} is given under another name, or in another place, than ${term}`,
        pointerTo('', term),
      )
      continue
    }
    for (const [i, item] of said.entries()) {
      const other = meant[i]
      const place = pointerTo('', term)
      const pointer = Array.isArray(document[term]) ? pointerTo(place, i) : place
      if (!isObject(other) || '@graph' in other) continue
      if (isObject(item)) yield* checkSameId(item, other, pointer)
      else if (item !== (other['@id'] ?? other['@value'])) yield otherValue(pointer)
    }
  }
  yield* checkNotContinued(node)
}

/**
 * What a status entry says stands under the plain names of its members, as it was signed: without its size another bit of the list
 * would be read, and a prefix of the document's own may turn the URL of a list into another.
 */
function* checkStatusMembers(document: JsonObject, node: JsonObject): Problems {
  const meant = listOf(node[modelTerms.get('credentialStatus') as string])
  for (const [i, entry] of listOf(document['credentialStatus']).entries()) {
    const other = meant[i]
    if (!isObject(entry) || !isObject(other)) continue
    for (const [iri, values] of Object.entries(other)) {
      const [, name = ''] = statusTerm.exec(iri) ?? []
      if (name === '') continue
      const said = Object.hasOwn(entry, name) ? listOf(entry[name]) : []
      const isSame = listOf(values).every((value, j) => !isObject(value) || isSaid(said[j], value))
      if (!isSame) yield otherValue('/credentialStatus')
    }
  }
}

function isSaid(said: Json | undefined, meant: JsonObject): boolean {
  return isObject(said) || said === (meant['@id'] ?? meant['@value'])
}

function otherValue(pointer: string): Problem {
  return problem(
    'term_disguised',
    'a context gives it another value than the one it shows',
    pointer,
  )
}

function* checkSameId(object: JsonObject, node: JsonObject, pointer: string): Problems {
  if (object['id'] !== node['@id']) {
    yield problem('term_disguised', 'id is given under another name than id', pointer)
  }
}

/** Nodes of one id are one node in RDF: what another place says of the same id would count as said here. */
function* checkNotContinued(top: JsonObject): Problems {
  const iris = new Set(modelTerms.values())
  for (const node of nodesIn(top)) {
    const isOther = node !== top && top['@id'] !== undefined && node['@id'] === top['@id']
    if (isOther && Object.keys(node).some((name) => iris.has(name))) {
      yield problem('term_disguised', 'another place in the document says more about its id', '')
    }
  }
}

/** Keywords that say something about a thing elsewhere than where it stands. No credential needs them. */
function* checkKeywords(top: JsonObject): Problems {
  for (const node of nodesIn(top)) {
    for (const keyword of ['@included', '@reverse']) {
      if (keyword in node) yield notTaken(keyword)
    }
  }
  if ('@graph' in top) yield notTaken('@graph')
}

function notTaken(keyword: string): Problem {
  return problem('keyword_unsupported', `the JSON-LD keyword ${keyword} is not taken here`, '')
}

function* checkIris(document: JsonObject, top: JsonObject): Problems {
  for (const node of nodesIn(top)) {
    for (const iri of [...listOf(node['@id']), ...listOf(node['@type'])]) {
      if (typeof iri === 'string' && !isAbsoluteUrl(iri)) {
        yield problem(
          'url_malformed',
          `${JSON.stringify(iri.slice(0, 80))} is not an absolute URL; whatever is named needs one`,
          placeOf(document, iri),
        )
      }
    }
  }
}

/** All node objects of an expanded document, the top one first; `@json` values are left alone. */
function* nodesIn(value: Json | undefined): Generator<JsonObject> {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) yield* nodesIn(item)
  if (!isObject(value) || '@value' in value) return
  yield value
  for (const item of Object.values(value)) yield* nodesIn(item)
}

/** Where a text stands in the document; the whole of it where it is the contexts that make the text. */
function placeOf(value: Json | undefined, text: string, pointer = ''): string {
  if (value === text) return pointer
  if (typeof value !== 'object' || value === null) return ''
  for (const [name, item] of Object.entries(value)) {
    const place = placeOf(item, text, pointerTo(pointer, name))
    if (place !== '') return place
  }
  return ''
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as Json]
}
