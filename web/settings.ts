import { contractAddresses } from '../core/deployment.ts'
import { messageOf } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseTrust, type Trust } from '../core/trust.ts'
import { webUrl } from './web-url.ts'
import { site } from './words/site.ts'

/** A credential to try the page with. */
export interface Example {
  readonly name: string
  readonly url: string
}

/** Whom this page trusts and whom it asks, as `config.json` beside it says. */
export interface Settings {
  readonly trust: Trust
  /** Chain endpoints by chain id. */
  readonly endpoints: ReadonlyMap<number, string>
  /** Where migration records are asked for, as `<this>/<account>/<root>`; `undefined` where there are none to ask for. */
  readonly migrations: string | undefined
  readonly examples: readonly Example[]
  /** Why `config.json` could not be used, for the visitor. */
  readonly problem: string | undefined
}

/** Reads `config.json`; never throws: without it the page still works with an endpoint that the visitor names. */
export async function loadSettings(pageUrl: string): Promise<Settings> {
  let response: Response
  try {
    response = await fetch(new URL('./config.json', pageUrl), {
      signal: AbortSignal.timeout(8_000),
    })
  } catch {
    return bare(site().settings.missing)
  }
  if (!response.ok) return bare(site().settings.missing)
  try {
    return parseSettings(await response.json(), pageUrl)
  } catch (thrown) {
    return bare(site().settings.malformed(messageOf(thrown)))
  }
}

function parseSettings(value: unknown, pageUrl: string): Settings {
  if (!isObject(value)) throw new Error('expected an object')
  const { contracts, trust, chains, migrations, demo } = value as Record<string, unknown>
  const addresses = { ...contractAddresses, ...(isObject(contracts) ? contracts : {}) }
  return {
    trust: parseTrust(trust, addresses),
    endpoints: new Map(
      isObject(chains)
        ? Object.entries(chains).flatMap((chain) => parseEndpoint(chain, pageUrl))
        : [],
    ),
    migrations: parseMigrations(migrations, pageUrl),
    examples: Array.isArray(demo) ? demo.flatMap((item) => parseExample(item, pageUrl)) : [],
    problem: undefined,
  }
}

/** Whoever runs the page may name any web address, also one of this site; the policy of the site has to allow it. */
function parseEndpoint(
  [chainId, entry]: readonly [string, unknown],
  pageUrl: string,
): [number, string][] {
  const text = isObject(entry) ? entry['rpcUrl'] : undefined
  if (typeof text !== 'string' || !URL.canParse(text, pageUrl)) return []
  const url = webUrl(new URL(text, pageUrl).href)
  return url ? [[Number(chainId), url.href]] : []
}

function parseMigrations(value: unknown, pageUrl: string): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value, pageUrl)) return undefined
  return webUrl(new URL(value, pageUrl).href)?.href
}

function parseExample(item: unknown, pageUrl: string): Example[] {
  if (!isObject(item)) return []
  const { name, url } = item
  if (typeof name !== 'string' || typeof url !== 'string') return []
  return URL.canParse(url, pageUrl) ? [{ name, url }] : []
}

function bare(problem: string): Settings {
  return {
    trust: parseTrust({ version: 1 }, contractAddresses),
    endpoints: new Map(),
    migrations: undefined,
    examples: [],
    problem,
  }
}
