import type { JsonObject } from './canonical.ts'
import { InvalidInputError } from './error.ts'
import { isObject } from './i-json.ts'
import { membersOf } from './open-badges/member.ts'
import { formatSeconds, parseTimestamp } from './time.ts'

/** On what terms a holder hands over credentials. What is absent is left open. */
export interface PresentationTerms {
  /** What for, in the holder's words. */
  readonly purpose?: string
  /** For whom: what the verifier goes by, such as a web address. */
  readonly audience?: string
  /** Until when it may be relied on, in milliseconds since 1970. */
  readonly until?: number
}

/** Begins the type of each entry; what is said stands in its `description`, a term that the context of VC 2.0 has for everything. */
const prefix = 'urn:rootmark:presentation:'

/** Characters of each text that are read. */
const maxLengths = { purpose: 1000, audience: 2048, until: 40 } as const

type TermName = keyof typeof maxLengths

/** The terms as `termsOfUse` of a presentation, VC 2.0 §5.5; none where nothing is said. */
export function termsOfUse({ purpose, audience, until }: PresentationTerms): readonly JsonObject[] {
  const said = {
    purpose,
    audience,
    until: until === undefined ? undefined : formatSeconds(until / 1000),
  }
  return Object.entries(said).flatMap(([name, description]) =>
    description === undefined ? [] : [{ type: prefix + name, description }],
  )
}

/**
 * The terms that a presentation states, signed or not. It is untrusted; terms of others are passed over. Throws `InvalidInputError`
 * (`terms_malformed`) with the place.
 */
export function readTerms(presentation: JsonObject): PresentationTerms {
  const found = new Map<TermName, { readonly text: string; readonly pointer: string }>()
  for (const { value, pointer } of membersOf(presentation, 'termsOfUse', '')) {
    const name = nameOf(value)
    if (name === undefined) continue
    const text = isObject(value) ? value['description'] : undefined
    const place = `${pointer}/description`
    if (typeof text !== 'string' || text === '' || text.length > maxLengths[name]) {
      throw malformed(`expected a text of at most ${maxLengths[name]} characters`, place)
    }
    if (found.has(name)) throw malformed(`${name} is stated twice`, pointer)
    found.set(name, { text, pointer: place })
  }
  const [purpose, audience, until] = (['purpose', 'audience', 'until'] as const).map((name) =>
    found.get(name),
  )
  return {
    ...(purpose && { purpose: purpose.text }),
    ...(audience && { audience: audience.text }),
    ...(until && { until: timeOf(until.text, until.pointer) }),
  }
}

function nameOf(value: unknown): TermName | undefined {
  const names = membersOf(value as JsonObject, 'type', '').map((type) => type.value)
  return (Object.keys(maxLengths) as TermName[]).find((name) => names.includes(prefix + name))
}

function timeOf(text: string, pointer: string): number {
  try {
    return parseTimestamp(text, pointer)
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw malformed(thrown.message, pointer)
  }
}

function malformed(what: string, pointer: string): InvalidInputError {
  return new InvalidInputError('terms_malformed', what, pointer)
}
