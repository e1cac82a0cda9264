import { isToken } from '../baked.ts'
import type { JsonObject } from '../canonical.ts'
import { credentialsV2 } from '../contexts.ts'
import { addProof, type Signer } from '../data-integrity.ts'
import { maxPresented } from '../data-model/presentation.ts'
import { InvalidInputError } from '../error.ts'
import { credentialLimits, isObject, type JsonLimits } from '../i-json.ts'
import { parseJson } from '../json.ts'
import { packText } from '../packed-link.ts'
import { type PresentationTerms, termsOfUse } from '../presentation-terms.ts'
import { formatSeconds } from '../time.ts'

/** What a holder hands over, and on what terms. */
export interface PresentationRequest extends PresentationTerms {
  /** Credentials as they are held: JSON or JSON Web Tokens. */
  readonly credentials: readonly string[]
  /** What the verifier gave the holder to sign. */
  readonly challenge?: string
}

/** Characters of a presentation in the fragment of a link. Browsers take more; mail programs and chats cut it not far beyond. */
export const maxPresentationLink = 60_000

/** A presentation as it is read from a link or a file. */
export const presentationLimits: JsonLimits = { bytes: 8_388_608, depth: 40, values: 400_000 }

/** The name under which a presentation stands in the fragment of a link. */
export const presentationName = 'p'

/**
 * A presentation of VC 2.0 (§4.13) on the holder's terms, signed with the holder's key where there is one: for this audience and challenge, and
 * until it ends. `now` is milliseconds since 1970.
 *
 * Throws `InvalidInputError`: `credentials_missing`, `credentials_too_many`, `presentation_expired`, `key_missing` for a challenge without a key to
 * sign it.
 */
export async function makePresentation(
  request: PresentationRequest,
  { now, signer }: { readonly now: number; readonly signer?: Signer & { readonly did: string } },
): Promise<JsonObject> {
  const { credentials, challenge, audience, until } = request
  if (credentials.length === 0) {
    throw new InvalidInputError('credentials_missing', 'choose at least one credential')
  }
  if (credentials.length > maxPresented) {
    const found = `${credentials.length} credentials; at most ${maxPresented} go into one presentation`
    throw new InvalidInputError('credentials_too_many', found)
  }
  if (until !== undefined && until <= now) {
    throw new InvalidInputError('presentation_expired', 'choose an end that is still to come')
  }
  if (challenge !== undefined && !signer) {
    throw new InvalidInputError('key_missing', 'a challenge is answered with a key; make one first')
  }
  const terms = termsOfUse(request)
  const presentation: JsonObject = {
    '@context': [credentialsV2],
    type: ['VerifiablePresentation'],
    ...(signer && { holder: signer.did }),
    ...(terms.length > 0 && { termsOfUse: terms }),
    verifiableCredential: credentials.map(presentedForm),
  }
  if (!signer) return presentation
  return addProof(presentation, {
    cryptosuite: 'eddsa-jcs-2022',
    signer,
    created: formatSeconds(now / 1000),
    proofPurpose: 'authentication',
    ...(challenge !== undefined && { challenge }),
    ...(audience !== undefined && { domain: audience }),
    ...(until !== undefined && { expires: formatSeconds(until / 1000) }),
  })
}

/** Fragment of a link that carries a presentation: `p=1.…`; `undefined` where it is too large, and goes as a file. */
export async function presentationFragment(presentation: JsonObject): Promise<string | undefined> {
  const packed = await packText(JSON.stringify(presentation))
  return packed.length > maxPresentationLink ? undefined : `${presentationName}=${packed}`
}

/** A token stands in an envelope, VC 2.0 §4.13.1; everything else for itself. */
function presentedForm(text: string): JsonObject {
  if (isToken(text)) {
    return {
      '@context': [credentialsV2],
      id: `data:application/vc+jwt,${text.trim()}`,
      type: 'EnvelopedVerifiableCredential',
    }
  }
  const document = parseJson(text, credentialLimits)
  if (isObject(document)) return document
  throw new InvalidInputError('not_a_credential', 'expected a credential, which is a JSON object')
}
