import type { Json, JsonObject } from '../../../core/canonical.ts'
import { checkDataModel, checkReceivedModel } from '../../../core/data-model/credential.ts'
import type { Problem } from '../../../core/data-model/problem.ts'

export const v2 = 'https://www.w3.org/ns/credentials/v2'
export const v1 = 'https://www.w3.org/2018/credentials/v1'
export const examples = 'https://www.w3.org/ns/credentials/examples/v2'
export const issuerDid = 'did:key:z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj'

/** A credential of 2.0 with nothing in it that need not be, and what a test adds or replaces. */
export function credential(members: JsonObject = {}): JsonObject {
  return {
    '@context': [v2],
    type: ['VerifiableCredential'],
    issuer: issuerDid,
    credentialSubject: { id: 'did:example:ada' },
    ...members,
  }
}

/** The same of 1.1. */
export function oldCredential(members: JsonObject = {}): JsonObject {
  return credential({ '@context': [v1], issuanceDate: '2024-02-29T00:00:00Z', ...members })
}

/** A document without one of its members. */
export function without(document: JsonObject, member: string): JsonObject {
  const { [member]: _, ...rest } = document
  return rest
}

/** Problems as `code pointer`, which is what a client branches on. */
export function brief(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, pointer }) => `${code} ${pointer}`.trim())
}

/** What is wrong with it for whoever issues it. */
export async function issuing(document: Json | undefined): Promise<readonly string[]> {
  return brief(await checkDataModel(document))
}

/** What is wrong with it for whoever receives it. */
export async function receiving(document: Json | undefined): Promise<readonly string[]> {
  return brief(await checkReceivedModel(document))
}
