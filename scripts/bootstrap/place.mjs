import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the clone. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A path within the clone. */
export function at(...parts) {
  return join(root, ...parts)
}
