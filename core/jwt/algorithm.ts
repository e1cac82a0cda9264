import { fromMultibase } from '../bytes.ts'
import type { Json, JsonObject } from '../canonical.ts'
import { InvalidInputError, pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'

/** The signature algorithms that are taken (RFC 7518 §3.1, RFC 8037, RFC 9864), and the only kind of key that each is used with. */
const algorithms = {
  RS256: { kty: 'RSA' },
  PS256: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  Ed25519: { kty: 'OKP', crv: 'Ed25519' },
} as const

export type Algorithm = keyof typeof algorithms

/** Members of each kind of public key that a signature is checked with; all others are left out. */
const publicMembers = { RSA: ['n', 'e'], EC: ['x', 'y'], OKP: ['x'] } as const

/** Members that make a key a private or a symmetric one, RFC 7518 §6. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** Larger keys are nobody's, and keep a computer busy. */
const rsaBits = { least: 2_048, most: 8_192 }

/**
 * The algorithm that a header names, and nothing else of it that would change what is signed. Throws `InvalidInputError`: for no
 * algorithm and for those whose key whoever verifies holds as well, and for what has to be understood and is not (RFC 7515 §4.1.11).
 */
export function parseAlgorithm(header: JsonObject): Algorithm {
  for (const name of ['crit', 'b64']) {
    if (header[name] === undefined) continue
    throw new InvalidInputError(
      'jwt_header_refused',
      `the header of the token asks for ${name}, which is not taken`,
      pointerTo('', name),
    )
  }
  const { alg } = header
  if (typeof alg === 'string' && Object.hasOwn(algorithms, alg)) return alg as Algorithm
  if (typeof alg !== 'string' || /^(?:|none|dir)$|^(?:HS|A\d|PBES)/i.test(alg)) {
    throw new InvalidInputError(
      'jwt_algorithm_refused',
      `the token names ${JSON.stringify(alg)?.slice(0, 40) ?? 'nothing'} as its algorithm, which proves no issuer`,
      '/alg',
    )
  }
  throw new InvalidInputError(
    'signature_unsupported',
    `a signature of the kind ${alg.slice(0, 40)} cannot be checked here`,
    '/alg',
  )
}

/**
 * The bare public key that a signature of `algorithm` is checked with. Untrusted: an algorithm never decides what a key is, the key
 * has to be of its kind (RFC 8725 §3.1). Throws `InvalidInputError`.
 */
export function parsePublicKey(key: Json | undefined, algorithm: Algorithm): JsonObject {
  if (!isObject(key)) throw malformed('expected a JSON Web Key')
  if (secretMembers.some((name) => name in key)) throw malformed('it holds a private key')
  const expected: { readonly kty: keyof typeof publicMembers; readonly crv?: string } =
    algorithms[algorithm]
  const { kty, crv, alg, use, key_ops: operations } = key
  const isOther = kty !== expected.kty || (expected.crv !== undefined && crv !== expected.crv)
  if (isOther || (alg !== undefined && alg !== algorithm && !isEdwards(alg, algorithm))) {
    throw new InvalidInputError(
      'key_type_mismatch',
      `a signature of the kind ${algorithm} is not made with this key`,
    )
  }
  const isForOther =
    Array.isArray(operations) && !(operations as readonly Json[]).includes('verify')
  if ((use !== undefined && use !== 'sig') || isForOther) {
    throw new InvalidInputError('method_purpose', 'the key is not meant for signatures')
  }
  const members = publicMembers[expected.kty].map((name) => [name, bytesAt(key, name)] as const)
  if (expected.kty === 'RSA') checkModulus(members[0]?.[1] as Uint8Array)
  return {
    ...expected,
    ...Object.fromEntries(members.map(([name]) => [name, key[name] as Json])),
  }
}

/** RFC 9864 gave the one curve of EdDSA that is taken a name of its own. */
function isEdwards(...names: readonly Json[]): boolean {
  return names.every((name) => name === 'EdDSA' || name === 'Ed25519')
}

/** RFC 7518 §3.3: 2,048 bits or more. */
function checkModulus(modulus: Uint8Array): void {
  const digits = modulus.subarray(modulus.findIndex((byte) => byte !== 0))
  const bits = digits.length * 8 - Math.clz32(digits[0] ?? 0) + 24
  if (bits >= rsaBits.least && bits <= rsaBits.most) return
  throw new InvalidInputError(
    'key_length',
    `an RSA key of ${bits} bits; expected ${rsaBits.least} to ${rsaBits.most}`,
  )
}

function bytesAt(key: JsonObject, name: string): Uint8Array {
  const text = key[name]
  if (typeof text === 'string' && text !== '' && text.length <= 2_048) {
    try {
      const bytes = fromMultibase(`u${text}`)
      // An exponent is three bytes; a long one is there to keep a computer busy.
      if (name !== 'e' || bytes.length <= 8) return bytes
    } catch {}
  }
  throw malformed(`expected its ${name} in base64url without padding`)
}

function malformed(message: string): InvalidInputError {
  return new InvalidInputError('key_malformed', `the key cannot be read: ${message}`)
}
