import { concatBytes, utf8 } from './bytes.ts'
import { carriedWords } from './carried-words.ts'
import { fromDigits, toDigits } from './digits.ts'
import { InvalidInputError } from './error.ts'
import { credentialLimits } from './i-json.ts'

/**
 * A credential that travels in a text, such as that of a printed code: `rootmark:1:<digits>`, or a link whose fragment carries it,
 * `https://…/#c=1.<digits>`, since a fragment is sent to nobody.
 *
 * The digits are the UTF-8 of its JSON, deflated (RFC 1951) with `carriedWords` as dictionary, seven bytes in seventeen digits.
 */
const forms = /^(?:rootmark:1:|https?:\/\/[^\s#]{1,2000}#c=1\.)(\d*)$/
const anyVersion = /^(?:rootmark:\d+:|https?:\/\/[^\s#]{1,2000}#c=)/

/** No code holds more digits (7,089, QR 40-L), but a link may. */
const maxDigits = 40_000

/** Does the text say that it carries a credential? It may be cut or changed nevertheless. */
export function isCarrying(text: string): boolean {
  return anyVersion.test(text.slice(0, 2100).trimStart())
}

/** The text that carries a credential; `base` is the address of a check page, where there is one. `deflate` is raw and takes a dictionary. */
export function carry(
  json: string,
  base: string | undefined,
  deflate: (bytes: Uint8Array, dictionary: Uint8Array) => Uint8Array,
): { readonly head: string; readonly digits: string } {
  const head = base === undefined ? 'rootmark:1:' : `${base}#c=1.`
  return { head, digits: toDigits(deflate(utf8(json), utf8(carriedWords))) }
}

/**
 * The JSON that a text carries. The text is untrusted: it is read to 40,000 digits, and what comes out of them to the size of a
 * credential. Throws `InvalidInputError`.
 */
export async function openCarried(text: string): Promise<Uint8Array> {
  const digits = forms.exec(text.trim())?.[1]
  if (digits === undefined) {
    throw malformed('it is of another version, or has more in it than digits')
  }
  if (digits.length > maxDigits) {
    const found = `${digits.length} digits; at most ${maxDigits} are read`
    throw new InvalidInputError('too_large', found)
  }
  return inflate(fromDigits(digits))
}

/** Streams have no dictionaries, but what a stored block at their start (RFC 1951 §3.2.4) holds can be referred to as well. */
async function inflate(deflated: Uint8Array): Promise<Uint8Array> {
  const words = utf8(carriedWords)
  const { length } = words
  const head = [0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255]
  const whole = concatBytes(Uint8Array.from(head), words, deflated)
  const limit = length + credentialLimits.bytes
  const parts: Uint8Array[] = []
  let size = 0
  const reader = new Blob([whole as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw malformed('it is cut or misread')
    })
    if (done) return concatBytes(...parts).subarray(length)
    parts.push(value)
    size += value.length
    if (size > limit) {
      await reader.cancel().catch(() => undefined)
      throw new InvalidInputError(
        'too_large',
        `more than ${credentialLimits.bytes} bytes come out of it: this is no credential`,
      )
    }
  }
}

function malformed(what: string): InvalidInputError {
  return new InvalidInputError(
    'carried_malformed',
    `the code or link does not carry a whole credential: ${what}; scan or copy it again`,
  )
}
