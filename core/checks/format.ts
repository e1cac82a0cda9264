import type { Json } from '../canonical.ts'
import { InvalidInputError } from '../error.ts'
import { type ParsedCredential, parseCredential } from '../format.ts'
import type { Check } from '../report.ts'
import type { Envelope } from '../verify.ts'

/** Is this a credential at all, within bounds, and one with its envelope, where it has one? `read` gives the untrusted document as I-JSON within bounds, or throws. */
export function checkFormat(
  read: () => Json,
  envelope?: Envelope,
): {
  readonly check: Check
  readonly credential?: ParsedCredential
} {
  try {
    const parsed = parseCredential(read())
    const credential = envelope ? envelope.bound(parsed) : parsed
    return {
      check: {
        name: 'format',
        outcome: 'valid',
        code: 'format_valid',
        message: `It is a credential in the W3C Verifiable Credentials ${credential.dataModel} format.`,
        read: [],
      },
      credential,
    }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const what =
      thrown.code === 'not_a_credential'
        ? 'This is not a credential'
        : 'This is not a well-formed credential'
    const place = thrown.pointer === '' ? '' : ` (at ${thrown.pointer.slice(0, 200)})`
    return {
      check: {
        name: 'format',
        outcome: 'invalid',
        code: thrown.code,
        message: `${what}: ${thrown.message}${place}.`,
        read: [],
      },
    }
  }
}
