/** Frameworks of skills whose URLs are recognised. */
export type FrameworkName = 'ESCO' | 'CTDL' | 'CASE'

/** A place in a framework: its URL as the framework writes it, and the code in it, where there is one. */
export interface FrameworkNode {
  readonly framework: FrameworkName
  readonly url: string
  readonly code: string | undefined
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

// ESCO: concepts have UUIDs; groups of skills, occupations (ISCO-08) and fields (ISCED-F) have codes.
const escoPath = new RegExp(
  `^/esco/(?:(skill|occupation)/(${uuid})|(skill)/([A-Z](?:\\d+(?:\\.\\d+)*)?)|(isco)/(C\\d{1,4})|(isced-f)/(\\d{2,4}))$`,
)
const escoPages = ['esco.ec.europa.eu', 'ec.europa.eu']
// Credential Engine: a CTID is ce- and a UUID. Its finder also numbers what it shows.
const ctidPath = new RegExp(`^(?:/[a-z-]{1,40}){1,2}/(ce-${uuid})$`)
const finderPath = /^\/[a-z]{1,40}\/(?:\d{1,12})(?:\/[^/]{0,200})?$/
const ctdlHosts = ['credentialengineregistry.org', 'credentialfinder.org']
// CASE 1.0 and 1.1: anybody may serve the interface; short URIs are known by the registries that give them out.
const casePath = new RegExp(
  `^(?:/[\\w.-]{1,60}){0,4}/ims/case/v1p[01]/CF[A-Z][A-Za-z]{3,24}/(${uuid})$`,
)
const caseShortPath = new RegExp(`^/uri/p?(${uuid})(?:\\.json)?$`)
const caseHosts = ['imsglobal.org', '1edtech.org', 'opensalt.net']

/**
 * The place in ESCO, Credential Engine's registry (CTDL) or a CASE framework that a URL names; `undefined` for any other. The URL is
 * untrusted: it is read as text and never fetched.
 */
export function recogniseNode(text: string): FrameworkNode | undefined {
  const url = webUrl(text)
  return url && (escoNode(url) ?? ctdlNode(url) ?? caseNode(url))
}

/** The framework on whose web site a URL is, whether or not it names anything there. */
export function frameworkAt(text: string): FrameworkName | undefined {
  const url = webUrl(text)
  if (!url) return undefined
  if (isEsco(url)) return 'ESCO'
  if (isAt(url, ctdlHosts)) return 'CTDL'
  return isAt(url, ['caseregistry.imsglobal.org', 'casenetwork.1edtech.org']) ? 'CASE' : undefined
}

function escoNode(url: URL): FrameworkNode | undefined {
  const concept = isAt(url, escoPages) ? webUrl(url.searchParams.get('uri') ?? '') : url
  if (concept?.hostname !== 'data.europa.eu') return undefined
  const path = escoPath.exec(lowered(concept.pathname))
  if (!path) return undefined
  const [, ...parts] = path
  const [kind, code] = parts.filter((part) => part !== undefined)
  return { framework: 'ESCO', url: `http://data.europa.eu/esco/${kind}/${code}`, code }
}

function ctdlNode(url: URL): FrameworkNode | undefined {
  if (!isAt(url, ctdlHosts)) return undefined
  const ctid = ctidPath.exec(lowered(url.pathname))?.[1]
  if (ctid) {
    const resource = `https://credentialengineregistry.org/resources/${ctid}`
    return { framework: 'CTDL', url: resource, code: ctid }
  }
  const isNumbered = isAt(url, ['credentialfinder.org']) && finderPath.test(url.pathname)
  return isNumbered ? { framework: 'CTDL', url: url.href, code: undefined } : undefined
}

function caseNode(url: URL): FrameworkNode | undefined {
  const path = lowered(url.pathname)
  const code =
    casePath.exec(path)?.[1] ?? (isAt(url, caseHosts) ? caseShortPath.exec(path)?.[1] : undefined)
  return code === undefined
    ? undefined
    : { framework: 'CASE', url: `https://${url.host}${path}`, code }
}

function isEsco(url: URL): boolean {
  if (url.hostname === 'data.europa.eu') return url.pathname.startsWith('/esco/')
  return (
    url.hostname === 'esco.ec.europa.eu' ||
    (url.hostname === 'ec.europa.eu' && url.pathname.startsWith('/esco/'))
  )
}

/** At one of the hosts or a subdomain of it. */
function isAt(url: URL, hosts: readonly string[]): boolean {
  return hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
}

/** UUIDs are compared in lower case; a slash at the end says nothing. */
function lowered(path: string): string {
  return path.replace(/\/$/, '').replace(new RegExp(uuid, 'gi'), (match) => match.toLowerCase())
}

function webUrl(text: string): URL | undefined {
  if (text.length > 2_048 || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  return new URL(text)
}
