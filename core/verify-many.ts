import { verifyBadge } from './baked.ts'
import type { JsonObject } from './canonical.ts'
import type { Chain } from './chain.ts'
import { isEnveloped } from './data-model/envelope.ts'
import { withoutProof } from './digest.ts'
import { createKeep, type Keep } from './keep.ts'
import { knowingNodes } from './known-nodes.ts'
import { rememberFor } from './remember.ts'
import type { Report } from './report.ts'
import { templateText, textTemplates } from './text-template.ts'
import { type Readers, type VerifyOptions, verifyParsed } from './verify.ts'
import { createAlike } from './verify-alike.ts'

/** Verifies one of many credentials; throws `InvalidInputError` where there is none to report about. */
export type VerifyNext = (content: Uint8Array | string) => Promise<Report>

/**
 * A verifier for many credentials that come one after another, of whomever. Each gets the report that it would get alone; those of
 * one batch share what is read of the chain, the upper levels of its tree, and what their texts have in common.
 *
 * `clock` gives milliseconds since 1970, `readersFor` the readers of one verification. Where these keep nothing themselves, what is
 * read of the chain may be `maxAgeMs` old; with 0 it is shared by none.
 */
export function createVerifyMany(options: {
  readonly readersFor: () => Readers
  readonly trust: VerifyOptions['trust']
  readonly clock: () => number
  readonly maxAgeMs?: number
}): VerifyNext {
  const { readersFor, trust, clock, maxAgeMs = 1000 } = options
  const share = maxAgeMs > 0 ? sharing(maxAgeMs, clock) : undefined
  const findRoot = knowingNodes()
  const templates = textTemplates(({ fill, canonicalOf, places }) => {
    const canonical = canonicalOf(withoutProof)
    return canonical && { fill, canonical, alike: createAlike(places) }
  })
  return async (content) => {
    const readers = share ? share(readersFor()) : readersFor()
    const options = { readers, trust, now: clock(), findRoot }
    const text = templateText(content)
    if (!text?.startsWith('{')) return verifyBadge(content, options)
    const known = templates.read(text)
    if (!known) return verifyBadge(content, options, (parsed) => templates.learn(parsed, text))
    const { use, texts } = known
    const canonical = use.canonical(texts)
    const found = await use.alike.verify(texts, canonical, options)
    if (found) return found
    const document = use.fill(texts)
    if (isEnveloped(document)) return verifyBadge(content, options)
    const canonicalOf = (asked: JsonObject) => (asked === document ? canonical : undefined)
    const report = await verifyParsed(document, { ...options, canonicalOf })
    use.alike.learn(document, texts, report)
    return report
  }
}

/** Batches whose migration records are remembered. */
const mostBatches = 1000

function sharing(maxAgeMs: number, now: () => number): (readers: Readers) => Readers {
  const keep = createKeep({ maxAgeMs, now })
  const remember = rememberFor(maxAgeMs, mostBatches, now)
  return (readers) => {
    const { migrations } = readers
    return {
      ...readers,
      chain: (chainId) => {
        const chain = readers.chain(chainId)
        return chain && sharedChain(chain, keep)
      },
      ...(migrations && {
        migrations: (...of) => remember(JSON.stringify(of), () => migrations(...of)),
      }),
    }
  }
}

/** A chain whose state was given is read as it was given. */
function sharedChain(chain: Chain, keep: Keep): Chain {
  return chain.keep || chain.proved?.isPinned ? chain : { ...chain, keep }
}
