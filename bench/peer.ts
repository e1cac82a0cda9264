import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Where the packages are that Rootmark is measured against. */
export const peersFolder = fileURLToPath(new URL('./peers/', import.meta.url))

const require = createRequire(pathToFileURL(`${peersFolder}package.json`))

/** A package of the peers in its CommonJS form, which all of them have; the caller says what it uses of it. Throws where it is not installed. */
export function requirePeer<T>(name: string): T {
  return require(name) as T
}

/** A file within a package of the peers, such as compiled contracts. */
export function resolvePeer(path: string): string {
  return require.resolve(path)
}
