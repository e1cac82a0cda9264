import { deflateRawSync } from 'node:zlib'
import type { JsonObject } from '../core/canonical.ts'
import { printCode } from '../core/printed-code.ts'
import { certificatePdf } from '../documents/pdf.ts'
import type { Config } from './config.ts'

const deflate = (bytes: Uint8Array, dictionary: Uint8Array) =>
  deflateRawSync(bytes, { level: 9, memLevel: 9, dictionary })

/** The credential as a PDF, with a code that carries it, or leads to it where it is too large for one. */
export async function certificate(
  { PUBLIC_BASE_URL }: Config,
  credential: JsonObject,
): Promise<Buffer> {
  const page = `${PUBLIC_BASE_URL}/`
  const id = String(credential['id']).replace(/^urn:uuid:/, '')
  const link = `${page}?credential=${encodeURIComponent(`/credentials/${id}`)}`
  const code = await printCode(credential, { page, link, deflate })
  return Buffer.from(await certificatePdf(credential, { code, page }))
}
