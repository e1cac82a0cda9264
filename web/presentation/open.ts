import { carrierOf } from '../../core/baked.ts'
import { unbakePdf } from '../../core/baked-pdf.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { InvalidInputError } from '../../core/error.ts'
import { isObject } from '../../core/i-json.ts'
import { parseJson } from '../../core/json.ts'
import { fragmentParts, unpackText } from '../../core/packed-link.ts'
import {
  maxPresentationLink,
  presentationLimits,
  presentationName,
} from '../../core/portfolio/presentation.ts'
import { questionName } from '../../core/question.ts'

/** A presentation that was handed in, and the question that came along with it. */
export interface HandedIn {
  readonly presentation: JsonObject
  /** As it stands in a link after `r=`; whoever made the link chose it. */
  readonly question: string | undefined
}

/** The most that is read of a file: a sheet with a presentation attached is little larger than the presentation. */
const maxFile = presentationLimits.bytes + 2_097_152

/** Out of a link, a pasted text, or a file of JSON or PDF. Untrusted; throws `InvalidInputError`. */
export async function openPresentation(from: string | File): Promise<HandedIn> {
  const content = typeof from === 'string' ? from : await readFile(from)
  if (typeof content !== 'string' && carrierOf(content) === 'pdf') {
    return { presentation: parse(await unbakePdf(content)), question: undefined }
  }
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
  const parts = linkParts(text)
  const packed = parts?.get(presentationName)
  if (packed === undefined) return { presentation: parse(content), question: undefined }
  const { bytes } = presentationLimits
  const json = await unpackText(packed, { characters: maxPresentationLink, bytes })
  return { presentation: parse(json), question: parts?.get(questionName) }
}

/** The parts of a link's fragment; `undefined` for a text that is no link. */
function linkParts(text: string): ReadonlyMap<string, string> | undefined {
  const head = /^\s*(?:https?:\/\/[^\s#]{1,2000})?#/.exec(text.slice(0, 2100))
  return head ? fragmentParts(text.trim().replace(/^[^#]*/, '')) : undefined
}

function parse(content: string | Uint8Array): JsonObject {
  const value = parseJson(content, presentationLimits)
  if (!isObject(value)) throw notOne('it is no JSON object')
  const types: readonly unknown[] = [value['type']].flat()
  if (types.includes('VerifiablePresentation')) return value
  // The service's own wrapping of it.
  const inner = value['verifiablePresentation']
  if (isObject(inner ?? null)) return inner as JsonObject
  throw notOne(
    types.includes('VerifiableCredential')
      ? 'it is a single credential: open it on the page that checks those'
      : 'its type is not VerifiablePresentation',
  )
}

function notOne(why: string): InvalidInputError {
  return new InvalidInputError('not_a_presentation', `this is no presentation: ${why}`)
}

async function readFile(file: File): Promise<Uint8Array> {
  if (file.size <= maxFile) return new Uint8Array(await file.arrayBuffer())
  throw new InvalidInputError('too_large', `${file.size} bytes; at most ${maxFile} are read`)
}
