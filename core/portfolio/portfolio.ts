import { fromMultibase, toHex, toMultibase } from '../bytes.ts'
import { canonicalize, type Json, type JsonObject } from '../canonical.ts'
import { InvalidInputError, pointerTo } from '../error.ts'
import { sha256 } from '../hash.ts'
import { isObject } from '../i-json.ts'
import { parseJson } from '../json.ts'
import { parseTimestamp } from '../time.ts'

export const portfolioFormat = 'rootmark-portfolio-1'

/** What a portfolio holds at most. `bytes` are those of its JSON before it is encrypted. */
export const portfolioBounds = {
  credentials: 10_000,
  /** UTF-16 units of one credential. */
  credential: 1_048_576,
  pathways: 100,
  pathway: 262_144,
  bytes: 67_108_864,
} as const

/** A text as it came, when, and from where if that was a link. */
export interface HeldText {
  readonly text: string
  /** ISO 8601. */
  readonly addedAt: string
  readonly from?: string
}

/** What a holder keeps: credentials of whomever, pathways they are on, and what is theirs alone. */
export interface Portfolio {
  /** 32 secret bytes of the Ed25519 key behind the holder's did:key. */
  readonly seed?: Uint8Array
  /** The address that issuers know the holder by: credentials name it as a hash. It is compared here and never handed on. */
  readonly email?: string
  /** JSON or JSON Web Tokens, each once. */
  readonly credentials: readonly HeldText[]
  /** Pathways and requirements as JSON. */
  readonly pathways: readonly HeldText[]
}

export const emptyPortfolio: Portfolio = { credentials: [], pathways: [] }

/** The portfolio as JSON, docs/portfolio.md. */
export function formatPortfolio({ seed, email, credentials, pathways }: Portfolio): string {
  const document: JsonObject = {
    format: portfolioFormat,
    ...(seed && { seed: toMultibase(seed) }),
    ...(email !== undefined && { email }),
    credentials: credentials as readonly unknown[] as readonly Json[],
    pathways: pathways as readonly unknown[] as readonly Json[],
  }
  return JSON.stringify(document)
}

const limits = {
  bytes: portfolioBounds.bytes,
  depth: 4,
  values: 4 * (portfolioBounds.credentials + portfolioBounds.pathways) + 10,
}

/** Parses a portfolio, which may be somebody else's file. Throws `InvalidInputError` with the place. */
export function parsePortfolio(bytes: Uint8Array | string): Portfolio {
  const document = parseJson(bytes, limits)
  if (!isObject(document) || document['format'] !== portfolioFormat) {
    const found = isObject(document) ? document['format'] : undefined
    const text = JSON.stringify(found)?.slice(0, 60) ?? 'nothing'
    throw malformed(`expected format "${portfolioFormat}", found ${text}`, '/format')
  }
  const { seed, email } = document
  return {
    ...(seed !== undefined && { seed: parseSeed(seed) }),
    ...(email !== undefined && { email: parseText(email, 320, '/email') }),
    credentials: parseTexts(document, 'credentials', portfolioBounds.credential),
    pathways: parseTexts(document, 'pathways', portfolioBounds.pathway),
  }
}

/**
 * The portfolio with more texts, and which of them are new: the same content in another order of members, or with other blanks, is not.
 * Throws `InvalidInputError` (`portfolio_full`, `too_large`) beyond `portfolioBounds`.
 */
export function withTexts(
  portfolio: Portfolio,
  name: 'credentials' | 'pathways',
  texts: readonly HeldText[],
): { readonly portfolio: Portfolio; readonly added: readonly HeldText[] } {
  const most = name === 'credentials' ? portfolioBounds.credential : portfolioBounds.pathway
  const known = new Set(portfolio[name].map(contentKey))
  const added: HeldText[] = []
  for (const held of texts) {
    if (held.text.length > most) {
      const found = `it has ${held.text.length} characters; at most ${most} are kept`
      throw new InvalidInputError('too_large', found)
    }
    const key = contentKey(held)
    if (!known.has(key)) added.push(held)
    known.add(key)
  }
  const all = [...portfolio[name], ...added]
  if (all.length <= portfolioBounds[name]) {
    return { portfolio: { ...portfolio, [name]: all }, added }
  }
  const found = `a portfolio holds at most ${portfolioBounds[name]} ${name}; make a second one, or remove some`
  throw new InvalidInputError('portfolio_full', found)
}

/**
 * Everything of two portfolios. Of key and address those of the first stay, where it has any. Throws `InvalidInputError` as `withTexts` does.
 */
export function joinPortfolios(first: Portfolio, second: Portfolio): Portfolio {
  const own = { ...second, ...first }
  const { portfolio } = withTexts(own, 'credentials', second.credentials)
  return withTexts(portfolio, 'pathways', second.pathways).portfolio
}

export function withoutText(
  portfolio: Portfolio,
  name: 'credentials' | 'pathways',
  held: HeldText,
): Portfolio {
  return { ...portfolio, [name]: portfolio[name].filter((one) => one !== held) }
}

const keys = new WeakMap<HeldText, string>()

/** What two texts have in common that say the same; found out once for each. */
export function contentKey(held: HeldText): string {
  const known = keys.get(held) ?? toHex(sha256(contentOf(held.text)))
  keys.set(held, known)
  return known
}

function contentOf(text: string): string {
  try {
    return canonicalize(parseJson(text))
  } catch (thrown) {
    // A token, or what can only be compared sign by sign.
    if (thrown instanceof InvalidInputError) return text.trim()
    throw thrown
  }
}

function parseSeed(value: Json): Uint8Array {
  const seed = fromMultibase(parseText(value, 44, '/seed'), '/seed')
  if (seed.length === 32) return seed
  throw malformed(`expected 32 bytes, found ${seed.length}`, '/seed')
}

function parseTexts(
  document: JsonObject,
  name: 'credentials' | 'pathways',
  most: number,
): readonly HeldText[] {
  const list = document[name]
  const place = pointerTo('', name)
  if (!Array.isArray(list)) throw malformed('expected an array', place)
  if (list.length > portfolioBounds[name]) {
    const found = `${list.length} ${name}; at most ${portfolioBounds[name]} are kept`
    throw new InvalidInputError('portfolio_full', found, place)
  }
  return (list as readonly Json[]).map((item, i) => {
    const pointer = pointerTo(place, i)
    if (!isObject(item)) throw malformed('expected a text with its time', pointer)
    const { from, addedAt } = item
    parseTimestamp(addedAt, pointerTo(pointer, 'addedAt'))
    return {
      text: parseText(item['text'], most, pointerTo(pointer, 'text')),
      addedAt: addedAt as string,
      ...(from !== undefined && { from: parseText(from, 100_000, pointerTo(pointer, 'from')) }),
    }
  })
}

function parseText(value: Json | undefined, most: number, pointer: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= most) return value
  throw malformed(`expected a text of at most ${most} characters`, pointer)
}

function malformed(what: string, pointer: string): InvalidInputError {
  return new InvalidInputError('portfolio_malformed', what, pointer)
}
