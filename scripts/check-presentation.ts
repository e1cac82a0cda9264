import { carrierOf, unbake } from '../core/baked.ts'
import type { JsonObject } from '../core/canonical.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import { presentationLimits } from '../core/portfolio/presentation.ts'
import { type Presented, verifyPresented } from '../core/presented.ts'
import type { Verdict } from '../core/report.ts'
import { signedForOf } from '../core/signed-for.ts'
import type { VerifyOptions } from '../core/verify.ts'
import { visible } from './terminal-text.ts'

/** What a presentation came to by itself, its credentials aside. */
export interface PresentationAnswer {
  readonly verdict: Verdict
  readonly reason: string
  readonly summary: string
  /** Whose key signed it, whom it is for and which challenge it answers, by its own word. */
  readonly holder: string | undefined
  readonly domain: string | undefined
  readonly challenge: string | undefined
}

const typeName = 'VerifiablePresentation'

/** A presentation, as JSON or attached to a PDF; `undefined` for anything else, and for what cannot be read, which whoever checks credentials says. */
export async function presentationIn(bytes: Uint8Array): Promise<JsonObject | undefined> {
  // Of many files few are presentations: what does not name one is not parsed for it.
  if (carrierOf(bytes) === 'text' && !Buffer.from(bytes).includes(typeName)) return undefined
  try {
    const text = await unbake(bytes)
    const value = parseJson(text, presentationLimits)
    const types: readonly unknown[] = isObject(value) ? [value['type']].flat() : []
    return types.includes(typeName) ? (value as JsonObject) : undefined
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return undefined
    throw thrown
  }
}

/** Verifies it with every credential in it. Whether its challenge was that of whoever checks, only they can say. */
export async function checkPresentation(
  presentation: JsonObject,
  options: VerifyOptions,
): Promise<{ readonly answer: PresentationAnswer; readonly presented: Presented }> {
  const { challenge, domain } = signedForOf(presentation)
  const presented = await verifyPresented(presentation, { ...options, challenge, domain })
  const { verdict, reason, summary } = presented.presentation
  const holder = presented.person.did
  const said =
    reason === 'proof_missing'
      ? {
          verdict: 'indeterminate' as const,
          reason: 'presentation_unsigned',
          summary: 'Nobody signed for handing these credentials over.',
        }
      : { verdict, reason, summary }
  return { answer: { ...said, holder, domain, challenge }, presented }
}

export function describePresentation(answer: PresentationAnswer): string {
  const { verdict, reason, summary, holder, domain, challenge } = answer
  const words = { valid: 'SIGNED', invalid: 'NOT VALID', indeterminate: 'NOT CHECKED' }
  const said = verdict === 'valid' ? 'The holder’s signature over the presentation holds.' : summary
  const facts = [
    ['by', holder],
    ['for', domain],
    ['challenge', challenge],
  ] as const
  return [
    `Presentation ${words[verdict]}: ${visible(said)} [${reason}]`,
    ...facts.flatMap(([name, value]) =>
      value === undefined ? [] : [`  ${name.padEnd(10)} ${visible(value)}`],
    ),
    ...(challenge === undefined && domain === undefined
      ? []
      : ['  Compare these with what you asked: an answer to somebody else can be handed on.']),
  ].join('\n')
}
