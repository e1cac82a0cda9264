import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isIP } from 'node:net'
import { parseJson } from '../core/json.ts'
import { isPublicAddress, lookupPublic } from './public-address.ts'

const timeoutMs = 5000
const maxBytes = 262_144

/**
 * Reads a JSON document from a URL that stands in a credential, which an attacker may have written.
 *
 * https only, public addresses only (checked on the address that is connected to), no redirects, 5 seconds, 256 KB. Throws otherwise.
 */
export async function fetchPublicDocument(url: string): Promise<unknown> {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:') throw new Error('only https is read')
  const literal = hostname.replace(/^\[|\]$/g, '')
  // A literal address is connected to without a lookup.
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) {
    throw new Error(`${hostname} is not a public host`)
  }
  return parseJson(await read(url))
}

function read(url: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const call = request(url, {
      agent: false,
      lookup: lookupPublic,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/did+json, application/json' },
    })
    call.on('error', reject)
    call.on('response', (response) => {
      if (response.statusCode === 200) {
        collect(response).then(resolve, reject)
      } else {
        response.destroy()
        reject(new Error(`answered with HTTP ${response.statusCode}`))
      }
    })
    call.end()
  })
}

async function collect(response: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
