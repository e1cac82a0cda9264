import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { badgeBytes } from '../core/baked.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { credentialLimits } from '../core/i-json.ts'

/** A credential's bytes could not be had: says nothing about the credential. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
}

/** The bytes of a credential, its badge image or its PDF: a path, an http(s) URL, or `-` for standard input. Reads no more than `limit`. */
export async function readCredentialBytes(
  source: string,
  limit: number = badgeBytes,
): Promise<Uint8Array> {
  try {
    if (source === '-') return await readBounded(process.stdin, limit)
    if (/^https?:\/\//i.test(source)) return await readBounded(await download(source), limit)
    return await readBounded(createReadStream(source), limit)
  } catch (thrown) {
    if (thrown instanceof InvalidInputError || isFileError(thrown)) throw thrown
    throw new UnreadableError(`${source} could not be read: ${messageOf(thrown)}; try again later.`)
  }
}

/** A JSON document of somebody's web server, for example a did:web document: https only, bounded in size and time. */
export async function fetchDocument(url: string): Promise<unknown> {
  if (new URL(url).protocol !== 'https:') throw new Error('only https addresses are read')
  const bytes = await readBounded(await download(url), credentialLimits.bytes)
  return JSON.parse(new TextDecoder().decode(bytes))
}

async function download(url: string): Promise<Readable> {
  const response = await fetch(url, {
    headers: {
      accept:
        'application/vc, application/vc+jwt, application/json, application/ld+json, image/png;q=0.5, image/svg+xml;q=0.5, application/pdf;q=0.5',
    },
    redirect: 'error',
    signal: AbortSignal.timeout(15_000),
  })
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
  return Readable.from(response.body)
}

async function readBounded(stream: Readable, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    size += chunk.length
    if (size > limit) {
      stream.destroy()
      throw new InvalidInputError('too_large', `more than ${limit} bytes: this is no credential`)
    }
  }
  return Buffer.concat(chunks)
}

function isFileError(thrown: unknown): boolean {
  return thrown instanceof Error && 'path' in thrown
}
