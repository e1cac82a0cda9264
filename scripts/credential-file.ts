import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { credentialLimits } from '../core/i-json.ts'

/** A credential's bytes could not be had: says nothing about the credential. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
}

/** The bytes of a credential: a path, an http(s) URL, or `-` for standard input. Reads no more than a credential may have. */
export async function readCredentialBytes(source: string): Promise<Uint8Array> {
  try {
    if (source === '-') return await readBounded(process.stdin)
    if (/^https?:\/\//i.test(source)) return await readBounded(await download(source))
    return await readBounded(createReadStream(source))
  } catch (thrown) {
    if (thrown instanceof InvalidInputError || isFileError(thrown)) throw thrown
    throw new UnreadableError(`${source} could not be read: ${messageOf(thrown)}; try again later.`)
  }
}

async function download(url: string): Promise<Readable> {
  const response = await fetch(url, {
    headers: { accept: 'application/json, application/ld+json, application/vc' },
    redirect: 'error',
    signal: AbortSignal.timeout(15_000),
  })
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
  return Readable.from(response.body)
}

async function readBounded(stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    size += chunk.length
    if (size > credentialLimits.bytes) {
      stream.destroy()
      throw new InvalidInputError(
        'too_large',
        `more than ${credentialLimits.bytes} bytes: this is no credential`,
      )
    }
  }
  return Buffer.concat(chunks)
}

function isFileError(thrown: unknown): boolean {
  return thrown instanceof Error && 'path' in thrown
}
