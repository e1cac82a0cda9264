import { verifyBadge } from './baked.ts'
import type { JsonObject } from './canonical.ts'
import type { Chain } from './chain.ts'
import { isEnveloped } from './data-model/envelope.ts'
import { withoutProof } from './digest.ts'
import { createKeep, type Keep } from './keep.ts'
import { knowingNodes } from './known-nodes.ts'
import type { Report } from './report.ts'
import { templateText, textTemplates } from './text-template.ts'
import { type Readers, type VerifyOptions, verifyParsed } from './verify.ts'

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
  const keep = maxAgeMs > 0 ? createKeep({ maxAgeMs, now: clock }) : undefined
  const findRoot = knowingNodes()
  const templates = textTemplates(({ fill, canonicalOf }) => {
    const canonical = canonicalOf(withoutProof)
    return canonical && { fill, canonical }
  })
  return (content) => {
    const readers = keep ? sharing(readersFor(), keep) : readersFor()
    const options = { readers, trust, now: clock(), findRoot }
    const text = templateText(content)
    if (!text?.startsWith('{')) return verifyBadge(content, options)
    const known = templates.read(text)
    const document = known?.use.fill(known.texts)
    if (known && document && !isEnveloped(document)) {
      const { use, texts } = known
      const canonicalOf = (asked: JsonObject) =>
        asked === document ? use.canonical(texts) : undefined
      return verifyParsed(document, { ...options, canonicalOf })
    }
    return verifyBadge(content, options, (parsed) => templates.learn(parsed, text))
  }
}

/** A chain whose state was given is read as it was given. */
function sharing(readers: Readers, keep: Keep): Readers {
  const share = (chain: Chain): Chain =>
    chain.keep || chain.proved?.isPinned ? chain : { ...chain, keep }
  return {
    ...readers,
    chain: (chainId) => {
      const chain = readers.chain(chainId)
      return chain && share(chain)
    },
  }
}
