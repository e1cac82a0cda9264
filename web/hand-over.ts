import { unbake } from '../core/baked.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import { presentationFragment, presentationLimits } from '../core/portfolio/presentation.ts'

/** A link to the page for presentations with what was handed in here; without it where that is too large for a link. */
export async function presentationLink(content: Uint8Array | string | undefined): Promise<string> {
  const page = new URL('./presentation', location.href.split(/[?#]/)[0]).href
  try {
    const value =
      content === undefined ? null : parseJson(await unbake(content), presentationLimits)
    const fragment = isObject(value) ? await presentationFragment(value) : undefined
    return fragment === undefined ? page : `${page}#${fragment}`
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return page
    throw thrown
  }
}
