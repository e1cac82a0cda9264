import type { JsonObject } from '../../core/canonical.ts'
import { adminKey, type Stage } from './stage.ts'

export const baseUrl = 'https://credentials.example.edu'
/** Settings of a service that issuers get a did:web of. */
export const signing = {
  PUBLIC_BASE_URL: baseUrl,
  SIGNING_SECRET: 'a secret for tests and nothing else',
}

export interface TestIssuer {
  readonly slug: string
  readonly did: string
  readonly key: string
}

let slugs = 0

/** Records an issuer with a DID of a kind. */
export async function newIssuer(
  { ask }: Pick<Stage, 'ask'>,
  did: 'web' | 'key' | 'pkh' = 'key',
): Promise<TestIssuer> {
  const slug = `issuer-${++slugs}`
  const account = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
  const profile = { name: 'Eastfield College', url: 'https://eastfield.example' }
  const { body } = await ask('POST /issuers', {
    key: adminKey,
    json: { slug, did, account, profile },
  })
  return { slug, did: body.did, key: body.key.key }
}

/** A VC 2.0 credential that may be issued. */
export function plainCredential(issuer: string, more: object = {}): JsonObject {
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://www.w3.org/ns/credentials/examples/v2',
    ],
    id: 'urn:uuid:5b1f3c2a-9f1d-4c52-8a65-0d2b5ab0a001',
    type: ['VerifiableCredential', 'ExampleAlumniCredential'],
    issuer,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:abcdef', name: 'Ada Ito' },
    ...more,
  }
}

/** The same by version 1.1. */
export function credential11(issuer: string, more: object = {}): JsonObject {
  return {
    '@context': ['https://www.w3.org/2018/credentials/v1'],
    id: 'urn:uuid:5b1f3c2a-9f1d-4c52-8a65-0d2b5ab0a011',
    type: ['VerifiableCredential'],
    issuer,
    issuanceDate: '2026-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:abcdef' },
    ...more,
  }
}

export function issueWith({ ask }: Pick<Stage, 'ask'>, issuer: TestIssuer, json: unknown) {
  return ask(`POST /issuers/${issuer.slug}/credentials/issue`, { key: issuer.key, json })
}

/** A credential that the issuer issued. */
export async function issued(
  stage: Pick<Stage, 'ask'>,
  issuer: TestIssuer,
  options: object = {},
  credential: JsonObject = plainCredential(issuer.did),
): Promise<JsonObject> {
  const { status, body } = await issueWith(stage, issuer, { credential, options })
  if (status !== 201) throw new Error(`not issued: ${JSON.stringify(body)}`)
  return body.verifiableCredential
}

/** `verified`, or the status and the code of what objects. */
export async function verified({ ask }: Pick<Stage, 'ask'>, verifiableCredential: unknown) {
  const { status, body } = await ask('POST /credentials/verify', {
    json: { verifiableCredential, options: { checks: ['proof'] } },
  })
  return body.verified === true && status === 200 ? 'verified' : `${status} ${body.reason}`
}
