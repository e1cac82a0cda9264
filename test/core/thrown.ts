import { InvalidInputError } from '../../core/error.ts'

/** The refusal that a call ends with; fails where the call succeeds or throws anything else. */
export function refusalOf(call: () => unknown): InvalidInputError {
  try {
    call()
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return thrown
    throw thrown
  }
  throw new Error('expected a refusal, but the input was taken')
}

/** The code of the refusal, or `undefined` where the call succeeds. */
export function codeOf(call: () => unknown): string | undefined {
  try {
    call()
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return thrown.code
    throw thrown
  }
  return undefined
}

/** The same of a promise. */
export async function rejectionOf(promise: Promise<unknown>): Promise<InvalidInputError> {
  const outcome = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (outcome instanceof InvalidInputError) return outcome
  throw outcome ?? new Error('expected a refusal, but the input was taken')
}
