import type { JsonObject } from '../../core/canonical.ts'
import type { VerifiedCredential } from '../../core/competencies/claim.ts'
import { InvalidInputError } from '../../core/error.ts'
import { openCredential } from '../../core/opened.ts'
import type { HeldText } from '../../core/portfolio/portfolio.ts'
import { createVerifyMany } from '../../core/verify-many.ts'
import { type Asked, makeReaders } from '../readers.ts'
import type { Settings } from '../settings.ts'
import { createRest } from './rest.ts'

/** A credential that is kept, as far as it has been looked at. */
export interface Checked {
  readonly held: HeldText
  readonly verified?: VerifiedCredential
  /** Why there is nothing to verify in it. */
  readonly refusal?: InvalidInputError
}

/** Documents of issuers that are asked for in one go. */
const maxDocuments = 512
/** Credentials of several batches wait for the chain together. */
const atOnce = 4

/**
 * Verifies what is kept, a few at a time, in this browser; tells each. Ends early when `signal` does. Credentials of one batch share what is
 * read of the chain.
 */
export async function checkAll(
  texts: readonly HeldText[],
  settings: Settings,
  signal: AbortSignal,
  tell: { readonly checked: (one: Checked) => void; readonly asked: (origin: Asked) => void },
): Promise<void> {
  const journal = {
    note: (purpose: Asked['purpose'], origin: string) => tell.asked({ purpose, origin, count: 1 }),
    onChain: () => undefined,
  }
  const readers = makeReaders(settings, signal, journal, maxDocuments)
  const { trust } = settings
  const clock = () => Date.now()
  const verify = createVerifyMany({ readersFor: () => readers, trust, clock, maxAgeMs: 60_000 })
  const waiting = texts.values()
  // Each takes the next one that nobody has taken.
  const work = async () => {
    const rest = createRest()
    for (const held of waiting) {
      if (signal.aborted) return
      const one = await checkOne(held, verify)
      if (signal.aborted) return
      tell.checked(one)
      await rest()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

async function checkOne(
  held: HeldText,
  verify: ReturnType<typeof createVerifyMany>,
): Promise<Checked> {
  try {
    const { document } = await openCredential(held.text)
    return { held, verified: { document, report: await verify(held.text) } }
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return { held, refusal: thrown }
    reportError(thrown)
    return { held, refusal: new InvalidInputError('page_failed', 'it could not be read') }
  }
}

/** Id of a credential's document, where it has one. */
export function idOf(document: JsonObject): string {
  return typeof document['id'] === 'string' ? document['id'] : ''
}
