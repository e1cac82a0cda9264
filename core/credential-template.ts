import { toHex, utf8 } from './bytes.ts'
import { canonicalize, canonicalString, type JsonObject } from './canonical.ts'
import { type BatchTerms, type CredentialDraw, identityHash, makeCredential } from './credential.ts'
import { invariant } from './error.ts'
import { sha256 } from './hash.ts'
import type { Learner } from './learner.ts'

/** A text with gaps: `slots[i]` names the value that stands between `texts[i]` and `texts[i + 1]`. */
export interface Segments {
  readonly texts: readonly string[]
  readonly slots: readonly number[]
}

/**
 * The credentials of a batch that have the same members: what all of them say, with gaps for what each says of its own.
 *
 * `shape` tells such templates of one batch apart, from 0 to 63.
 */
export interface CredentialTemplate {
  readonly shape: number
  /** The canonical form (RFC 8785). */
  readonly canonical: Segments
  /** The document as it is handed out. */
  readonly document: Segments
}

/** What stands in the gaps, as JSON prints it and without quotation marks, in the order of `slotNames`. */
export type SlotValues = readonly string[]

/** Own to every credential, in this order; the first two are columns of their own wherever credentials are kept. */
const slotNames = [
  'statusIndex',
  'id',
  'name',
  'did',
  'identityHash',
  'identitySalt',
  'credits',
  'result',
  'validFrom',
  'validUntil',
] as const

/** The learner's members that a credential can have or lack, one bit of its shape each. */
const optional = ['did', 'email', 'credits', 'result', 'validFrom', 'validUntil'] as const

/** Which of the optional members a learner has. */
export function shapeOf(learner: Learner): number {
  let shape = 0
  for (let bit = 0; bit < optional.length; bit++) {
    if (learner[optional[bit] as (typeof optional)[number]] !== undefined) shape |= 1 << bit
  }
  return shape
}

/**
 * Templates of a batch's credentials by shape, each compiled at its first use from what `makeCredential` makes.
 *
 * Filled, they are byte for byte what `canonicalize` and `JSON.stringify` make of the credential itself.
 */
export function templatesOf(terms: BatchTerms): (shape: number) => CredentialTemplate {
  const compiled: CredentialTemplate[] = []
  return (shape) => {
    compiled[shape] ??= compile(terms, shape)
    return compiled[shape]
  }
}

/** The values of a learner's credential. Throws `InvalidInputError` for a text that no canonical form can hold. */
export function valuesOf(
  learner: Learner,
  draw: CredentialDraw,
  hexOf?: (text: string) => string,
): SlotValues {
  const { did, email, credits, result, validFrom, validUntil } = learner
  const salt = email === undefined ? '' : toHex(draw.identitySalt).slice(2)
  return [
    String(draw.statusIndex),
    draw.id,
    inner(learner.name),
    did === undefined ? '' : inner(did),
    email === undefined ? '' : identityHash(email, salt, hexOf),
    salt,
    credits === undefined ? '' : canonicalize(credits),
    result === undefined ? '' : inner(result),
    validFrom === undefined ? '' : inner(validFrom),
    validUntil === undefined ? '' : inner(validUntil),
  ]
}

/** The text with its gaps filled. */
export function fill({ texts, slots }: Segments, values: SlotValues): string {
  let text = texts[0] as string
  for (let i = 0; i < slots.length; i++) text += `${values[slots[i] as number]}${texts[i + 1]}`
  return text
}

/** What is kept of a credential's values: all but the first two, a line each. A JSON text holds no bare line break. */
export function packValues(values: SlotValues): string {
  return values.slice(2).join('\n')
}

/** The values that were packed, of the credential with this id (`urn:uuid:…`) and status index. */
export function unpackValues(packed: string, id: string, statusIndex: number): SlotValues {
  const values = [String(statusIndex), id, ...packed.split('\n')]
  invariant(values.length === slotNames.length, 'packed values of a credential')
  return values
}

function compile(terms: BatchTerms, shape: number): CredentialTemplate {
  // The marks stand where values will, so nothing that the batch says may look like one.
  const plain = canonicalize(makeCredential(terms, { name: '' }, sampleDraw(0, 0)))
  let attempt = 0
  while (marksOf(shape, attempt).texts.some((mark) => mark !== '' && plain.includes(mark))) {
    attempt++
  }
  const marks = marksOf(shape, attempt)
  const marked = makeCredential(terms, marks.learner, marks.draw)
  const template = {
    shape,
    canonical: cut(canonicalize(marked), marks.texts),
    document: cut(JSON.stringify(marked), marks.texts),
  }
  checkTemplate(terms, template)
  return template
}

/** A learner and a draw whose values are found again in the credential made of them. */
function marksOf(shape: number, attempt: number) {
  const texts = slotNames.map((name) => `@${attempt}:${name}@`)
  const learner = sampleLearner(shape, (name) => texts[slotNames.indexOf(name)] as string, {
    email: `@${attempt}:email@`,
    credits: 70_000_000_000.5 + attempt,
  })
  const draw = sampleDraw(attempt, 4_000_000_000 - attempt)
  return {
    texts: valuesOf(learner, { ...draw, id: texts[1] as string }),
    learner,
    draw: { ...draw, id: texts[1] as string },
  }
}

function sampleLearner(
  shape: number,
  textOf: (name: 'name' | 'did' | 'result' | 'validFrom' | 'validUntil') => string,
  { email, credits }: { readonly email: string; readonly credits: number },
): Learner {
  const has = (member: (typeof optional)[number]) => (shape >> optional.indexOf(member)) & 1
  return {
    name: textOf('name'),
    ...(has('did') && { did: textOf('did') }),
    ...(has('email') && { email }),
    ...(has('credits') && { credits }),
    ...(has('result') && { result: textOf('result') }),
    ...(has('validFrom') && { validFrom: textOf('validFrom') }),
    ...(has('validUntil') && { validUntil: textOf('validUntil') }),
  }
}

function sampleDraw(attempt: number, statusIndex: number): CredentialDraw {
  const identitySalt = sha256(utf8(`template ${attempt}`)).slice(0, 16)
  return { id: 'urn:uuid:00000000-0000-4000-8000-000000000000', statusIndex, identitySalt }
}

/** Cuts a text at the marks, wherever each stands. */
function cut(text: string, marks: SlotValues): Segments {
  const texts: string[] = []
  const slots: number[] = []
  let from = 0
  for (;;) {
    let found = -1
    let at = text.length
    for (const [slot, mark] of marks.entries()) {
      const place = mark === '' ? -1 : text.indexOf(mark, from)
      if (place !== -1 && place < at) {
        at = place
        found = slot
      }
    }
    texts.push(text.slice(from, at))
    if (found === -1) return { texts, slots }
    slots.push(found)
    from = at + (marks[found] as string).length
  }
}

/** A template that would not say what the credential says must never be used. */
function checkTemplate(
  terms: BatchTerms,
  { shape, canonical, document }: CredentialTemplate,
): void {
  const learner = sampleLearner(shape, (name) => `"${name}\\ \n\u{1F393}é`, {
    email: 'sample@example.org',
    credits: 0.1,
  })
  const draw = sampleDraw(-1, 7)
  const credential: JsonObject = makeCredential(terms, learner, draw)
  const values = valuesOf(learner, draw)
  invariant(fill(canonical, values) === canonicalize(credential), 'the template is canonical')
  invariant(fill(document, values) === JSON.stringify(credential), 'the template is the document')
}

/** A text as JSON prints it, without its quotation marks. */
function inner(text: string): string {
  return canonicalString(text, '').slice(1, -1)
}
