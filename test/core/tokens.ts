import {
  CompactSign,
  exportJWK,
  type GenerateKeyPairOptions,
  generateKeyPair,
  importJWK,
} from 'jose'
import { verifyBadge } from '../../core/baked.ts'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { checkNames, type Report } from '../../core/report.ts'
import { didKeySigner, makeSigningKey } from '../../core/signing-key.ts'
import type { Trust } from '../../core/trust.ts'
import { badgeBy, now } from './signers.ts'

/** Key pair that tokens are signed with. */
export interface TokenSigner {
  readonly alg: string
  readonly jwk: JsonObject
  readonly privateKey: CryptoKey
}

export async function tokenSigner(
  alg: string,
  options: GenerateKeyPairOptions = {},
): Promise<TokenSigner> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true, ...options })
  return { alg, jwk: (await exportJWK(publicKey)) as JsonObject, privateKey }
}

/** did:jwk of a signer. */
export function didJwk({ jwk }: TokenSigner): string {
  return `did:jwk:${base64url(JSON.stringify(jwk))}`
}

/** An Ed25519 signer, with the did:key and the only method of it. */
export async function didKeyTokenSigner(byte: number) {
  const key = await makeSigningKey(new Uint8Array(32).fill(byte))
  const { did, verificationMethod } = didKeySigner(key)
  const x = Buffer.from(key.publicKey.bytes).toString('base64url')
  const secret = Buffer.alloc(32, byte).toString('base64url')
  const privateKey = await importJWK({ kty: 'OKP', crv: 'Ed25519', x, d: secret }, 'EdDSA')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x }
  return { alg: 'EdDSA', jwk, privateKey: privateKey as CryptoKey, did, kid: verificationMethod }
}

/** A signed token; what is signed may be any text. */
export function tokenOf(
  payload: Json | string,
  { alg, privateKey }: Pick<TokenSigner, 'alg' | 'privateKey'>,
  header: JsonObject = {},
): Promise<string> {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg, ...header } as Parameters<CompactSign['setProtectedHeader']>[0])
    .sign(privateKey)
}

/** A token of any parts whatsoever, which nobody signed. */
export function unsignedToken(header: unknown, payload: unknown, signature = 'AAAA'): string {
  return `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}.${signature}`
}

export function base64url(input: string | Uint8Array): string {
  return Buffer.from(input).toString('base64url')
}

/** A badge with the claims that Open Badges 3.0 asks for beside it. */
export function payloadBy(issuer: string, more: JsonObject = {}): JsonObject {
  const badge = badgeBy(issuer)
  return {
    ...badge,
    iss: issuer,
    jti: badge['id'] as string,
    nbf: Date.parse('2026-05-01T00:00:00Z') / 1000,
    exp: Date.parse('2031-05-01T00:00:00Z') / 1000,
    ...more,
  }
}

/** A did:web document that lists keys, each as a JSON Web Key. */
export function didDocument(
  did: string,
  keys: Readonly<Record<string, Json>>,
  more: JsonObject = {},
): JsonObject {
  const methods = Object.entries(keys).map(([name, publicKeyJwk]) => ({
    id: `${did}#${name}`,
    type: 'JsonWebKey',
    controller: did,
    publicKeyJwk,
  }))
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
    ...more,
  }
}

const trust: Trust = { acceptTestNetworks: true, chains: new Map() }

/** Verifies a token, in whatever it is carried, with `documents` by their URLs, and nothing else to be read. */
export async function reportOn(
  badge: string | Uint8Array,
  documents: Readonly<Record<string, unknown>> = {},
  at = now,
): Promise<Report> {
  const asked: string[] = []
  const report = await verifyBadge(badge, {
    trust,
    now: at,
    readers: {
      chain: () => undefined,
      document: async (url) => {
        asked.push(url)
        if (Object.hasOwn(documents, url)) return structuredClone(documents[url])
        throw new Error(`${url} answers nothing`)
      },
    },
  })
  const names = report.checks.map(({ name }) => name)
  if (names.join() !== checkNames.join()) throw new Error(`checks out of order: ${names}`)
  if (asked.some((url) => url.includes('attacker.test'))) throw new Error(`asked ${asked}`)
  return report
}

/** `valid`, or verdict and reason, as `invalid: expired`. */
export async function verdictOf(
  badge: string | Uint8Array,
  documents: Readonly<Record<string, unknown>> = {},
  at = now,
): Promise<string> {
  const { verdict, reason } = await reportOn(badge, documents, at)
  return verdict === 'valid' ? reason : `${verdict}: ${reason}`
}

export function enveloped(token: string, more: JsonObject = {}): JsonObject {
  return {
    '@context': 'https://www.w3.org/ns/credentials/v2',
    type: 'EnvelopedVerifiableCredential',
    id: `data:application/vc+jwt,${token}`,
    ...more,
  }
}
