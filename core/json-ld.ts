import type { Json, JsonObject } from './canonical.ts'
import { loadContext } from './contexts.ts'
import { InvalidInputError, messageOf } from './error.ts'
import { checkBounds } from './json-ld-bounds.ts'

/**
 * How often the hashing of look-alike blank nodes may be repeated, as a power of their number: real credentials need none, and
 * a graph that is made to keep a computer busy is refused. RDF Dataset Canonicalization §7.1.
 */
const maxWorkFactor = 1

/** Hash that blank nodes are ordered by: SHA-384 belongs to keys on the curve P-384. */
export type RdfHash = 'SHA-256' | 'SHA-384'

/**
 * The expanded form of a JSON-LD document, in safe mode: a term that no context defines, a relative IRI or a redefined protected
 * term is refused. The document is untrusted. Throws `InvalidInputError`, `context_unknown` where it names a context that is not pinned.
 */
export function expandStrictly(document: JsonObject): Promise<readonly Json[]> {
  return withJsonLd(
    document,
    async ({ jsonld, loader }) =>
      (await jsonld.expand(document, { base: null, safe: true, ...loader })) as Json[],
  )
}

/** The canonical N-Quads of a JSON-LD document, RDFC-1.0, in safe mode. Refuses what `expandStrictly` refuses. */
export function canonizeRdf(document: JsonObject, hash: RdfHash = 'SHA-256'): Promise<string> {
  return withJsonLd(document, ({ jsonld, loader }) =>
    jsonld.canonize(document, {
      base: null,
      safe: true,
      rdfDirection: 'i18n-datatype',
      canonizeOptions: {
        algorithm: 'RDFC-1.0',
        format: 'application/n-quads',
        messageDigestAlgorithm: hash,
        maxWorkFactor,
      },
      ...loader,
    }),
  )
}

/** Lets jsonld keep what it made of a context: pinned ones never change. */
const tag = 'static'

async function withJsonLd<T>(
  document: JsonObject,
  call: (tools: { jsonld: typeof import('jsonld'); loader: Loader }) => Promise<T>,
): Promise<T> {
  checkBounds(document)
  const { default: jsonld } = await import('jsonld')
  let failure: unknown
  const documentLoader: Loader['documentLoader'] = async (url) => {
    try {
      return { contextUrl: null, documentUrl: url, document: await loadContext(url), tag }
    } catch (thrown) {
      failure = thrown
      throw thrown
    }
  }
  try {
    return await call({ jsonld, loader: { documentLoader } })
  } catch (thrown) {
    // jsonld wraps what its loader throws; code that could not be loaded says nothing against the document.
    throw failure ?? new InvalidInputError(codeOf(thrown), sentenceOf(thrown))
  }
}

type Loader = Pick<Parameters<typeof import('jsonld').expand>[1], 'documentLoader'>

/** What a JSON-LD error carries of its cause. */
interface JsonLdError {
  readonly details?: {
    readonly event?: {
      readonly code?: string
      readonly details?: Readonly<Record<string, unknown>>
    }
    readonly code?: string
  }
}

function codeOf(thrown: unknown): string {
  const { details } = thrown as JsonLdError
  if (/deep iterations/i.test(messageOf(thrown))) return 'json_ld_too_complex'
  return details?.event ? 'json_ld_unsafe' : 'json_ld_malformed'
}

function sentenceOf(thrown: unknown): string {
  const event = (thrown as JsonLdError).details?.event
  if (!event) return `its JSON-LD cannot be processed: ${messageOf(thrown).slice(0, 200)}`
  const { property, expandedProperty, value, type, relativeref, id } = event.details ?? {}
  const what = [property, expandedProperty, value, type, relativeref, id].find(
    (item) => typeof item === 'string',
  )
  const named = what === undefined ? '' : ` ${JSON.stringify(what).slice(0, 100)}`
  return `no context of it defines${named}, or not as an absolute IRI (${event.code})`
}
