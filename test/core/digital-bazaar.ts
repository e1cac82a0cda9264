import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import {
  createSignCryptosuite,
  createVerifyCryptosuite,
} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import type { JsonObject } from '../../core/canonical.ts'
import { loadContext } from '../../core/contexts.ts'
import type { Cryptosuite } from '../../core/data-integrity.ts'
import { didKeyDocument, didKeyMethod } from '../../core/did-key.ts'

/** Contexts and did:keys for the library of others; like ours, it reads nothing from the network. */
export async function documentLoader(url: string) {
  const document = !url.startsWith('did:key:')
    ? await loadContext(url)
    : url.includes('#')
      ? didKeyMethod(url)
      : didKeyDocument(url)
  return { contextUrl: null, documentUrl: url, document }
}

const date = '2026-05-01T12:00:00Z'

/** The suite of the library that signs with a kind of proof. `signer` is one of its own key packages. */
function signingSuite(kind: Cryptosuite, signer: object) {
  switch (kind) {
    case 'eddsa-rdfc-2022':
      return new DataIntegrityProof({ signer, cryptosuite: eddsaRdfc, date })
    case 'eddsa-jcs-2022':
      return new DataIntegrityProof({ signer, cryptosuite: createSignCryptosuite(), date })
    case 'ecdsa-rdfc-2019':
      return new DataIntegrityProof({ signer, cryptosuite: ecdsaRdfc, date })
    case 'Ed25519Signature2020':
      return new Ed25519Signature2020({ signer, date })
  }
}

function checkingSuite(kind: Cryptosuite) {
  switch (kind) {
    case 'eddsa-rdfc-2022':
      return new DataIntegrityProof({ cryptosuite: eddsaRdfc })
    case 'eddsa-jcs-2022':
      return new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() })
    case 'ecdsa-rdfc-2019':
      return new DataIntegrityProof({ cryptosuite: ecdsaRdfc })
    case 'Ed25519Signature2020':
      return new Ed25519Signature2020()
  }
}

/** A credential as @digitalbazaar/vc signs it. */
export async function issueElsewhere(
  credential: JsonObject,
  kind: Cryptosuite,
  signer: object,
): Promise<JsonObject> {
  const suite = signingSuite(kind, signer) as object
  const copy = structuredClone(credential) as object
  return (await vc.issue({ credential: copy, suite, documentLoader })) as JsonObject
}

/** Whether @digitalbazaar/vc takes a credential, or why not. */
export async function verifyElsewhere(
  credential: JsonObject,
  kind: Cryptosuite,
): Promise<true | string> {
  const { verified, error } = await vc.verifyCredential({
    credential: structuredClone(credential) as object,
    suite: checkingSuite(kind) as object,
    documentLoader,
    now: new Date(date),
  })
  const causes = (error as { errors?: readonly Error[] } | undefined)?.errors ?? [error]
  return verified || causes.map((cause) => String(cause)).join('; ')
}
