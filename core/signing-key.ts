import type { Signer } from './data-integrity.ts'
import { didKeyDocument } from './did-key.ts'
import { formatMultikey, type PublicKey } from './multikey.ts'

/** An Ed25519 key pair that signs. The private part stays within. */
export interface SigningKey {
  readonly publicKey: PublicKey
  /** `z…`, as DID documents list it. */
  readonly multikey: string
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>
}

/** The Ed25519 key of 32 secret bytes, RFC 8032 §5.1.5. */
export async function makeSigningKey(seed: Uint8Array): Promise<SigningKey> {
  const { generate } = await import('@digitalbazaar/ed25519-multikey')
  const pair = await generate({ seed })
  const publicKey: PublicKey = { type: 'Ed25519', bytes: Uint8Array.from(pair.publicKey) }
  const signer = pair.signer()
  return {
    publicKey,
    multikey: formatMultikey(publicKey),
    sign: async (bytes) => Uint8Array.from(await signer.sign({ data: bytes })),
  }
}

/** The did:key of a key, and the signer that goes by its only verification method. */
export function didKeySigner(key: SigningKey): Signer & { readonly did: string } {
  const did = `did:key:${key.multikey}`
  const [method] = didKeyDocument(did)['assertionMethod'] as readonly [string]
  return { did, verificationMethod: method, sign: key.sign }
}
