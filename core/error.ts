/**
 * Input that cannot be taken as it is: names the place and the remedy.
 *
 * `pointer` is an RFC 6901 JSON pointer into the input (`''` is the whole of it, `/3/email` the e-mail of the fourth row);
 * `code` is stable and safe to branch on.
 */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError'
  readonly code: string
  readonly pointer: string

  constructor(code: string, message: string, pointer = '') {
    super(message)
    this.code = code
    this.pointer = pointer
  }
}

/** Throws for a bug of ours; never for input. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Rootmark bug: ${message}`)
}

/** One RFC 6901 reference token, escaped. */
export function pointerTo(parent: string, token: string | number): string {
  const text = String(token)
  if (!text.includes('~') && !text.includes('/')) return `${parent}/${text}`
  return `${parent}/${text.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The sentence of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
