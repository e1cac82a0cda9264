import { generate } from '@digitalbazaar/ed25519-multikey'
import type { JsonObject } from '../core/canonical.ts'
import { credentialAt, issuer } from './sample.ts'

interface Key {
  readonly publicKeyMultibase: string
  id: string
  controller: string
  readonly signer: () => object
}

/** Credentials of a did:key, and what signs in its name. */
export async function vcSample(
  size: number,
): Promise<{ readonly credentials: readonly JsonObject[]; readonly signer: object }> {
  const key = (await generate({ seed: new Uint8Array(32).fill(7) })) as unknown as Key
  const did = `did:key:${key.publicKeyMultibase}`
  key.id = `${did}#${key.publicKeyMultibase}`
  key.controller = did
  const credentials = Array.from({ length: size }, (_, row) => {
    const { credentialStatus: _status, ...credential } = credentialAt(row)
    return {
      ...credential,
      validFrom: '2026-01-01T00:00:00Z',
      issuer: { id: did, type: ['Profile'], name: issuer.name },
    }
  })
  return { credentials, signer: key.signer() }
}
