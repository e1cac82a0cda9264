import type { Json, JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { type Problems, problem, shown } from './problem.ts'

/**
 * Words that are read by their names: what a verification decides on, and what a report shows of a badge. Pinned contexts say what
 * they mean; a context within the document is written by whoever hands it over, and no signature over RDF covers it. The terms of the
 * data models are left out: `checkMeaning` compares what these say and mean.
 */
const readNames: ReadonlySet<string> = new Set(
  `
  DataIntegrityProof Ed25519Signature2020 assertionMethod authentication challenge created cryptosuite domain expires nonce
  previousProof proofPurpose proofValue verificationMethod

  BitstringStatusListEntry BitstringStatusList BitstringStatusListCredential StatusList2021Entry StatusList2021
  StatusList2021Credential encodedList statusListCredential statusListIndex statusPurpose statusSize

  VerifiableCredential VerifiablePresentation OpenBadgeCredential EndorsementCredential achievement achievementType alignment
  creditsAvailable creditsEarned criteria description endorsement endorsementComment hashed identifier identifierType identityHash
  identityType name narrative otherIdentifier result targetCode targetFramework targetName targetUrl url value

  did http https urn
  `
    .trim()
    .split(/\s+/),
)

/** What a name may be said to stand for, beside an IRI that ends in it. */
const aliases: Readonly<Record<string, string>> = { id: '@id', type: '@type' }

/** Members of a term's definition that hide what the document shows under the term. */
const hiding = ['@nest', '@index', '@reverse']

/**
 * Contexts that a document brings along, wherever they stand, add words of the issuer's own. They must not turn what is read here
 * into something else: a signature over RDF still fits where `name` became an annotation and the signed name a member `note`.
 */
export function* checkOwnContexts(value: Json | undefined, pointer = ''): Problems {
  if (typeof value !== 'object' || value === null) return
  for (const [name, item] of Object.entries(value as Readonly<Record<string, Json>>)) {
    const place = pointerTo(pointer, name)
    if (name === '@context' && !Array.isArray(value)) yield* checkContext(item, place)
    else yield* checkOwnContexts(item, place)
  }
}

/** Keywords that the expanded document does not show any more, which is where others are looked for. */
const vanishing = ['@nest', '@index']

/**
 * What is read by its name stands under that name and in its place: a holder's name under a full IRI, or nested away, says the same
 * in RDF and is not shown.
 */
export function* checkMemberNames(value: Json | undefined, pointer = ''): Problems {
  if (typeof value !== 'object' || value === null || '@value' in value) return
  for (const [name, item] of Object.entries(value as Readonly<Record<string, Json>>)) {
    const place = pointerTo(pointer, name)
    if (name === '@context') continue
    if (vanishing.includes(name)) {
      const message = `the JSON-LD keyword ${name} is not taken here`
      yield problem('keyword_unsupported', message, place)
    } else if (name.includes(':') && isReadName(name)) {
      yield problem(
        'term_disguised',
        `${shown(name)} has a shorter name, which is read here`,
        place,
      )
    }
    yield* checkMemberNames(item, place)
  }
}

const readEnds: ReadonlySet<string> = new Set([...readNames].map((name) => name.toLowerCase()))

function isReadName(iri: string): boolean {
  return readEnds.has(endOf(iri))
}

function* checkContext(context: Json, pointer: string): Problems {
  if (Array.isArray(context)) {
    for (const [i, item] of context.entries()) yield* checkContext(item, pointerTo(pointer, i))
  } else if (isObject(context)) {
    for (const [term, definition] of Object.entries(context)) {
      if (!term.startsWith('@')) yield* checkTerm(term, definition, pointerTo(pointer, term))
    }
  }
}

function* checkTerm(term: string, definition: Json, pointer: string): Problems {
  const members: JsonObject = isObject(definition) ? definition : { '@id': definition }
  const iri = '@id' in members ? members['@id'] : term
  const isKeyword = typeof iri === 'string' && iri.startsWith('@')
  if ((isKeyword && aliases[term] !== iri) || hiding.some((name) => name in members)) {
    yield problem(
      'term_disguised',
      `${shown(term)} is made a word of JSON-LD itself, so that no signature covers what it shows`,
      pointer,
    )
  } else if (readNames.has(term) && !(isIriOf(term, iri) && isPlain(members['@container']))) {
    yield problem(
      'term_redefined',
      `${shown(term)} is read here by its name, and a context of the document's own gives it another meaning`,
      pointer,
    )
  }
  yield* checkContext(members['@context'] ?? null, pointerTo(pointer, '@context'))
}

/** `https://schema.org/name`, `schema:name`, `…#Name` and `…#name-0` are IRIs of `name`. */
function isIriOf(term: string, iri: Json | undefined): boolean {
  if (iri === term) return true
  return typeof iri === 'string' && endOf(iri) === term.toLowerCase()
}

/** What an IRI ends in, in lower case and without the number that some vocabularies add; empty where it is no IRI. */
function endOf(iri: string): string {
  const [, last = ''] = /[#/:]([^#/:]{1,80})$/.exec(iri.slice(-81)) ?? []
  return last.toLowerCase().replace(/-\d+$/, '')
}

/** Containers whose keys are JSON-LD's own would put what is read one level deeper. */
function isPlain(container: Json | undefined): boolean {
  const containers: readonly Json[] = [container ?? []].flat()
  return containers.every((one) => one === '@set' || one === '@list' || one === '@language')
}
