import { type AnchorTarget, type BatchEntry, parseSalt } from './batch.ts'
import type { JsonObject } from './canonical.ts'
import { didPkh, formatStatusId, parseDidPkh, parseStatusId } from './did.ts'
import { digestOf, digestOfCanonical } from './digest.ts'
import { InvalidInputError } from './error.ts'
import { isObject } from './i-json.ts'
import { parseJson } from './json.ts'
import { type TextTemplate, templateText, textTemplates } from './text-template.ts'

/** Reads the credential of a batch file's line with its salt, at a status index. Throws `InvalidInputError`. */
export type EntryParser = (source: Uint8Array | string, statusIndex: number) => BatchEntry

/** How a line is read by a template. */
interface LineUse {
  readonly canonicalOf: (texts: readonly string[]) => string
  /** Where among the texts the salt and the id of the status stand. */
  readonly saltAt: number
  readonly statusAt: number
}

/**
 * A parser for the lines of one batch, without the header. Lines that differ from others in texts alone are read by what they have
 * in common, several times as fast; it gives what parsing gives, and their credentials are parsed when somebody asks for them.
 */
export function entryParser(target: AnchorTarget): EntryParser {
  const checkIssuer = issuerCheck(target)
  const status = statusCheck(target)
  const templates = textTemplates(lineUseOf)

  const readByTemplate = (line: string, statusIndex: number): BatchEntry | undefined => {
    const known = templates.read(line)
    if (!known) return undefined
    const { use, texts } = known
    // What is wrong is told by the parser.
    if (!status.isNamed(texts[use.statusAt], statusIndex)) return undefined
    const salt = parseSalt(texts[use.saltAt], '/salt')
    return entryOf(line, salt, digestOfCanonical(use.canonicalOf(texts), salt))
  }
  return (source, statusIndex) => {
    const line = templateText(source)
    const read = line === undefined ? undefined : readByTemplate(line, statusIndex)
    if (read) return read
    const entry = parseJson(source)
    if (!isObject(entry) || !isObject(entry['credential'])) {
      throw malformed('expected a salt and a credential')
    }
    const credential = entry['credential']
    const salt = parseSalt(entry['salt'], '/salt')
    if (credential['proof'] !== undefined) {
      // The digest leaves proofs out, so one in the file would be nobody's word.
      throw malformed('a credential stands here without proofs; remove them', '/credential/proof')
    }
    checkIssuer(credential)
    status.check(credential, statusIndex)
    const digest = digestOf(credential, salt)
    if (line !== undefined) templates.learn(entry, line)
    return { credential, salt, digest }
  }
}

/** Who issues is checked once, where it is the same in every line. */
const issuerPlaces = ['/credential/issuer', '/credential/issuer/id']

function lineUseOf({ places, canonicalOf }: TextTemplate): LineUse | undefined {
  const saltAt = places.indexOf('/salt')
  const statusAt = places.indexOf('/credential/credentialStatus/id')
  if (saltAt < 0 || statusAt < 0) return undefined
  if (issuerPlaces.some((place) => places.includes(place))) return undefined
  const canonical = canonicalOf(({ credential }) => (isObject(credential) ? credential : undefined))
  return canonical && { canonicalOf: canonical, saltAt, statusAt }
}

function entryOf(line: string, salt: Uint8Array, digest: Uint8Array): BatchEntry {
  let credential: JsonObject | undefined
  return {
    get credential() {
      credential ??= (parseJson(line) as { readonly credential: JsonObject }).credential
      return credential
    },
    salt,
    digest,
  }
}

/** A did:pkh names the account that must anchor; a header with another one would make credentials that nobody can verify. */
function issuerCheck(target: AnchorTarget): (credential: JsonObject) => void {
  const own = didPkh({ chainId: target.chainId, address: target.issuer })
  let passed: unknown = own
  return (credential) => {
    const issuer = credential['issuer']
    const id = isObject(issuer) ? issuer['id'] : issuer
    if (id === passed) return
    const account = typeof id === 'string' ? parseDidPkh(id) : undefined
    const isOther =
      account && (account.chainId !== target.chainId || account.address !== target.issuer)
    if (isOther) {
      throw new InvalidInputError(
        'issuer_mismatch',
        `the credential names ${id} as its issuer, the header ${own}`,
        '/credential/issuer',
      )
    }
    passed = id
  }
}

/** Whether the status of a credential names its own index in the registry of the header. */
function statusCheck(target: AnchorTarget) {
  const registry = { chainId: target.chainId, address: target.registry }
  const prefix = formatStatusId({ registry, purpose: 'revocation', statusIndex: 0 }).slice(0, -1)
  const isNamed = (id: unknown, statusIndex: number): boolean => {
    if (typeof id !== 'string') return false
    if (id === `${prefix}${statusIndex}`) return true
    const parsed = parseStatusId(id)
    return (
      parsed?.statusIndex === statusIndex &&
      parsed.registry.chainId === target.chainId &&
      parsed.registry.address === target.registry
    )
  }
  const check = (credential: JsonObject, statusIndex: number) => {
    for (const entry of [credential['credentialStatus']].flat()) {
      if (isObject(entry) && isNamed(entry['id'], statusIndex)) continue
      throw new InvalidInputError(
        'status_mismatch',
        `the credential does not name status index ${statusIndex} of the registry in the header`,
        '/credential/credentialStatus',
      )
    }
  }
  return { isNamed, check }
}

function malformed(message: string, pointer = ''): InvalidInputError {
  return new InvalidInputError('batch_file_malformed', message, pointer)
}
