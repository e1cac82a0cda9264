import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, sep } from 'node:path'
import { InvalidInputError, messageOf, pointerTo } from '../core/error.ts'
import { credentialLimits, isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'

/** Documents that are kept in files: the bytes for a URL, or `undefined` where it is not among them. */
export type PinnedDocuments = (url: string) => Promise<Uint8Array> | undefined

/**
 * Opens a folder of pinned documents, in which `index.json` maps URLs to files: `{"https://issuer.example/did.json":"did.json"}`.
 *
 * Throws `InvalidInputError` with a sentence where the index is not like that, or a file is missing, too large or outside the folder.
 */
export async function openPinnedDocuments(directory: string): Promise<PinnedDocuments> {
  const index = await readIndex(directory)
  const paths = new Map<string, string>()
  for (const [url, file] of Object.entries(index)) {
    const pointer = pointerTo('', url)
    paths.set(parseUrl(url, pointer), await locate(directory, file, pointer))
  }
  return (url) => {
    const path = paths.get(withoutFragment(url))
    return path === undefined ? undefined : readFile(path)
  }
}

async function readIndex(directory: string): Promise<Readonly<Record<string, unknown>>> {
  const path = join(directory, 'index.json')
  const index = await readFile(path).then(parseJson, (thrown: unknown) => {
    throw malformed(`${path} cannot be read: ${messageOf(thrown)}`, '')
  })
  if (isObject(index)) return index
  throw malformed(`${path} must be an object that maps URLs to file names`, '')
}

function parseUrl(text: string, pointer: string): string {
  if (/^https?:/i.test(text) && URL.canParse(text)) return withoutFragment(text)
  throw malformed(`${JSON.stringify(text.slice(0, 200))} is no http(s) URL`, pointer)
}

/** The real path of a file of the folder: neither `..` nor a link leads out of it. */
async function locate(directory: string, file: unknown, pointer: string): Promise<string> {
  if (typeof file !== 'string' || file === '' || isAbsolute(file)) {
    throw malformed('expected the name of a file in the folder', pointer)
  }
  const path = join(directory, file)
  const found = await realpath(path).catch((thrown: unknown) => {
    throw malformed(`${path} cannot be read: ${messageOf(thrown)}`, pointer)
  })
  if (!found.startsWith((await realpath(directory)) + sep)) {
    throw malformed(`${file} lies outside of ${directory}`, pointer)
  }
  const status = await stat(found)
  if (!status.isFile()) throw malformed(`${path} is not a file`, pointer)
  if (status.size > credentialLimits.bytes) {
    throw malformed(`${path} is larger than ${credentialLimits.bytes} bytes`, pointer)
  }
  return found
}

function withoutFragment(url: string): string {
  const parsed = URL.parse(url)
  if (!parsed) return url
  parsed.hash = ''
  return parsed.href
}

function malformed(message: string, pointer: string): InvalidInputError {
  return new InvalidInputError('pinned_documents_malformed', message, pointer)
}
