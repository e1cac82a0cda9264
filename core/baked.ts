import type { JsonObject } from './canonical.ts'
import { isEnveloped } from './data-model/envelope.ts'
import { InvalidInputError } from './error.ts'
import { credentialLimits, isObject } from './i-json.ts'
import { parseJson } from './json.ts'
import { type Check, checkNames, foldVerdict, type Report } from './report.ts'
import { formatSeconds } from './time.ts'
import { type VerifyOptions, verifyCredential, verifyParsed } from './verify.ts'

/** What is read of a badge: its picture may be larger than any credential. */
export const badgeBytes = 2 * credentialLimits.bytes

/** What carries a credential: an image, a PDF, or nothing but its text. */
export type Carrier = 'png' | 'svg' | 'pdf' | 'text'

/**
 * Verifies what a person has at hand: a credential's JSON, a badge image that it is baked into, or a PDF that it is attached to.
 *
 * The bytes are untrusted. The report is that of the JSON inside, or of the JSON Web Token; an envelope of another kind is indeterminate
 * (`envelope_unsupported`). `onParsed` is told a credential that is in no envelope. Throws `InvalidInputError` where there is no credential to report about.
 */
export async function verifyBadge(
  input: Uint8Array | string,
  options: VerifyOptions,
  onParsed: (document: JsonObject) => void = () => undefined,
): Promise<Report> {
  const text = await unbake(input)
  if (isToken(text)) return verifyToken(typeof text === 'string' ? text : decode(text), options)
  const document = parseJson(text)
  if (!isObject(document)) {
    throw new InvalidInputError('not_a_credential', 'expected a credential, which is a JSON object')
  }
  if (isEnveloped(document)) return verifyEnvelope(document, options)
  onParsed(document)
  return verifyParsed(document, options)
}

/** The code for tokens is loaded where there is one. */
async function verifyToken(text: string, options: VerifyOptions): Promise<Report> {
  const { openToken } = await import('./jwt/open.ts')
  const { document, envelope } = openToken(text)
  return verifyCredential(document, options, envelope)
}

async function verifyEnvelope(enveloped: JsonObject, options: VerifyOptions): Promise<Report> {
  const { openEnvelope } = await import('./jwt/open.ts')
  try {
    const { document, envelope } = openEnvelope(enveloped)
    return await verifyCredential(document, options, envelope)
  } catch (thrown) {
    if (thrown instanceof InvalidInputError && thrown.code === 'envelope_unsupported') {
      return reportEnvelope(options)
    }
    throw thrown
  }
}

/** The text of the credential in a badge; what is no image is given back unchanged. Throws `InvalidInputError`. */
export async function unbake(input: Uint8Array | string): Promise<Uint8Array | string> {
  const carrier = carrierOf(input)
  if (carrier === 'text') return input
  if (input.length > badgeBytes) {
    throw new InvalidInputError(
      'too_large',
      `${input.length} bytes of ${carrier === 'pdf' ? 'PDF' : 'image'}; at most ${badgeBytes} are read`,
    )
  }
  // What reads images and PDFs comes along only where there is one: the page is light without it.
  if (carrier === 'png') return (await import('./baked-png.ts')).unbakePng(input as Uint8Array)
  if (carrier === 'pdf') return (await import('./baked-pdf.ts')).unbakePdf(input as Uint8Array)
  return (await import('./baked-svg.ts')).unbakeSvg(decode(input))
}

/** What the first bytes are of; a name or a media type says nothing. */
export function carrierOf(input: Uint8Array | string): Carrier {
  if (isObjectText(input)) return 'text'
  if (typeof input !== 'string' && input[0] === 0x89 && input[1] === 0x50) return 'png'
  if (typeof input !== 'string' && input[0] === 0x25 && input[1] === 0x50) return 'pdf'
  const head = input.slice(0, 65_536)
  const text = (typeof head === 'string' ? head : new TextDecoder().decode(head)).trimStart()
  const isMarkup = text.startsWith('<') && !/^<(?:!doctype\s+)?html/i.test(text)
  return isMarkup && /<(?:[\w.-]+:)?svg[\s/>]/.test(text) ? 'svg' : 'text'
}

/** Most of what comes begins with the brace of a JSON object, and is neither image nor token. */
function isObjectText(input: Uint8Array | string): boolean {
  return typeof input === 'string' ? input.startsWith('{') : input[0] === 0x7b
}

function decode(input: Uint8Array | string): string {
  if (typeof input === 'string') return input.replace(/^\uFEFF/, '').trimStart()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input).trimStart()
  } catch {
    throw new InvalidInputError('utf8_invalid', 'the SVG image is not UTF-8; save it as UTF-8')
  }
}

/** Does it look like a JSON Web Token: a JWS in compact form (RFC 7515 §7.1), three parts of base64url, the first of which is a JSON object? */
export function isToken(input: Uint8Array | string): boolean {
  if (isObjectText(input)) return false
  const text = typeof input === 'string' ? input : new TextDecoder().decode(input)
  return /^\s*eyJ[\w-]*\.[\w-]*\.[\w-]*\s*$/.test(text)
}

function reportEnvelope({ now, onCheck }: VerifyOptions): Report {
  const checks = checkNames.map(
    (name): Check =>
      name === 'format'
        ? {
            name,
            outcome: 'indeterminate',
            code: 'envelope_unsupported',
            message:
              'This is a credential within an envelope of a kind that this verifier does not open. It opens JSON Web Tokens.',
            read: [],
          }
        : {
            name,
            outcome: 'skipped',
            code: 'not_reached',
            message: 'Not asked, because the credential could not be read.',
            read: [],
          },
  )
  for (const check of checks) onCheck?.(check)
  return {
    ...foldVerdict(checks),
    checks,
    credential: undefined,
    anchor: undefined,
    accreditation: undefined,
    endorsements: [],
    checkedAt: formatSeconds(now / 1000),
  }
}
