import { concatBytes, utf8 } from './bytes.ts'
import { digestOf } from './digest.ts'
import { type Evidence, readEvidence } from './evidence.ts'
import { type ParsedCredential, parseCredential } from './format.ts'
import { sha256 } from './hash.ts'
import { assertJson } from './i-json.ts'
import { uuidFrom } from './making.ts'
import type { Successor } from './report.ts'
import type { VerifyOptions } from './verify.ts'

const patienceMs = 2000

/** The 16 bytes that the id of a corrected credential is made of. Format rule 17. */
export function successorSeed(digest: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8('rootmark successor 1'), digest)).slice(0, 16)
}

/** The id of the credential that an issuer replaces the one with this digest by: who anchors it says so, and nobody else can. */
export function successorId(digest: Uint8Array): string {
  return `urn:uuid:${uuidFrom(successorSeed(digest))}`
}

/**
 * The credential that replaced a revoked one: it has the id that follows from the digest of the old one, and the same account anchored it.
 *
 * It is looked for where the credential says that its issuer serves statuses. `undefined` where there is none, or none can be had: that the
 * old one is revoked stands without it.
 */
export async function findSuccessor(
  { document, statuses }: ParsedCredential,
  { proof, anchor }: Evidence,
  { readers, trust, now }: Pick<VerifyOptions, 'readers' | 'trust' | 'now'>,
): Promise<Successor | undefined> {
  const service = statuses
    .map(({ entry }) => serviceOf(entry['statusListCredential']))
    .find((base) => base !== undefined)
  if (!proof || !anchor || service === undefined) return undefined
  const id = successorId(digestOf(document, proof.salt))
  const url = `${service}/credentials/${id.slice('urn:uuid:'.length)}`
  try {
    // The answer is untrusted, as the service is.
    const found = parseCredential(assertJson(await soon(readers.document(url))))
    if (found.summary.id !== id) return undefined
    const { anchor: its } = await readEvidence(found, { readers, trust, now })
    return its?.issuer === anchor.issuer ? { id, url } : undefined
  } catch {
    return undefined
  }
}

/** The verdict does not depend on it: nobody waits long for a service that does not answer. */
async function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('was not answered in time')), patienceMs)
  })
  try {
    return await Promise.race([answer, over])
  } finally {
    clearTimeout(timer)
  }
}

/** Where the issuer's service is, as the signed body names it. Format rule 8. */
function serviceOf(list: unknown): string | undefined {
  if (typeof list !== 'string') return undefined
  return /^(https?:\/\/[^?#\s]{1,1000})\/batches\/[0-9a-f-]{36}\/status\/revocation$/.exec(
    list,
  )?.[1]
}
