import type { FastifyInstance } from 'fastify'
import { InvalidInputError } from '../core/error.ts'
import { openPinnedDocuments } from '../documents/pinned-documents.ts'
import { createDocumentReader, type ReadDocument } from '../documents/reader.ts'
import { type Config, ConfigError } from './config.ts'

/** Documents of this service, by their URLs; `undefined` for the URLs of others. */
export type OwnDocuments = (url: URL) => Promise<Uint8Array> | undefined

/** What verifications at this service read documents through. Throws `ConfigError`. */
export async function openDocuments(config: Config, own: OwnDocuments): Promise<ReadDocument> {
  return createDocumentReader({ pinned: await openPinned(config), own }, Date.now)
}

async function openPinned({ PINNED_DOCUMENTS_DIR: directory }: Config) {
  if (directory === undefined) return undefined
  try {
    return await openPinnedDocuments(directory)
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const place = thrown.pointer === '' ? '' : ` at ${thrown.pointer}`
    throw new ConfigError(
      `PINNED_DOCUMENTS_DIR ${directory} cannot be used${place}: ${thrown.message}; correct its index.json, or leave the setting out.`,
    )
  }
}

/**
 * Answers the URLs below `baseUrl` within the process, as the routes of `app` answer them.
 *
 * The network is not asked: behind a reverse proxy, or on loopback, the service may not reach itself. `address` is who asks, for the rate limit.
 */
export function ownDocuments(app: FastifyInstance, baseUrl: string, address: string): OwnDocuments {
  const base = new URL(`${baseUrl}/`)
  return (url) => {
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return undefined
    return answer(`/${url.pathname.slice(base.pathname.length)}${url.search}`)
  }

  async function answer(path: string): Promise<Uint8Array> {
    const headers = { accept: 'application/json' }
    const response = await app.inject({ url: path, headers, remoteAddress: address })
    if (response.statusCode === 200) return response.rawPayload
    throw new Error(`answered with HTTP ${response.statusCode}`)
  }
}
