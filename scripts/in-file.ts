import { InvalidInputError } from '../core/error.ts'

/** Says which of several files an error is about. */
export async function inFile<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, `${path}: ${thrown.message}`, thrown.pointer)
  }
}
