import { credentialLimits } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import { endpointLabel, type Fetch, rpcProvider } from '../core/rpc.ts'
import type { Readers } from '../core/verify.ts'
import { readBounded } from './bounded.ts'
import { chosenEndpoint } from './endpoint-choice.ts'
import type { Settings } from './settings.ts'

/** One party that this browser asked something, and how often. */
export interface Asked {
  readonly purpose: 'chain' | 'document' | 'migrations' | 'credential'
  readonly origin: string
  readonly count: number
}

/** What happened on the way out of this browser during one check. */
export interface Journal {
  readonly note: (purpose: Asked['purpose'], origin: string) => void
  /** Told the chain that the credential is anchored on, whether or not an endpoint is known. */
  readonly onChain: (chainId: number) => void
}

/** A credential may name thousands of documents, and a visitor is not to be made to ask for them all. As many as the service reads. */
const maxDocuments = 32

/**
 * The readers of one check; everything they ask is noted, and ends when `signal` does. What they say where something is not to be had
 * becomes part of core's sentences, which are English.
 */
export function makeReaders(
  settings: Pick<Settings, 'endpoints' | 'migrations'>,
  signal: AbortSignal,
  journal: Journal,
  mostDocuments = maxDocuments,
): Readers {
  const bounded: Fetch = (url, init) => {
    journal.note('chain', endpointLabel(url))
    return fetch(url, {
      ...init,
      signal: AbortSignal.any([signal, init.signal]),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    })
  }
  const documents = new Map<string, Promise<unknown>>()
  return {
    chain(chainId) {
      journal.onChain(chainId)
      const url = chosenEndpoint(chainId) ?? settings.endpoints.get(chainId)
      if (url === undefined) return undefined
      return {
        label: endpointLabel(url),
        provider: rpcProvider({ url, fetch: bounded, timeoutMs: 10_000 }),
      }
    },
    async document(url) {
      const { origin, protocol } = new URL(url)
      // A credential may name anything, also what lies within the visitor's own network.
      if (protocol !== 'https:' && origin !== location.origin) {
        throw new Error('only https addresses, and those of this site, are asked')
      }
      const known = documents.get(url)
      if (!known && documents.size === mostDocuments)
        throw new Error('it names more documents than are read')
      if (!known) journal.note('document', origin)
      const document = known ?? readJson(url, signal)
      documents.set(url, document)
      return document
    },
    async migrations(issuer, root) {
      if (settings.migrations === undefined) return []
      journal.note('migrations', new URL(settings.migrations).origin)
      const records = await readJson(`${settings.migrations}/${issuer}/${root}`, signal)
      return Array.isArray(records) ? records : []
    },
  }
}

async function readJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  })
  if (!response.ok) throw new Error(`it answered with HTTP ${response.status}`)
  // Whoever wrote it is not trusted: size, depth and values are bounded as for a credential.
  return parseJson(await readBounded(response, credentialLimits.bytes, 'the document is too large'))
}
