import { readHead, refuseStale } from './anchor-state.ts'
import { readRegistryState } from './batch-words.ts'
import { fromMultibase, type Hex, toHex } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { ChainUnreadableError } from './chain.ts'
import { digestOfCanonical } from './digest.ts'
import {
  differInOwn,
  isUri,
  namesIndex,
  type OwnTexts,
  ownTextsOf,
  readOwnProof,
} from './own-texts.ts'
import { type AnchorProof, decodeAnchorProof, proofsOf } from './proof.ts'
import type { Report } from './report.ts'
import { type WordAlike, wordBy, wordingLike } from './report-text.ts'
import { formatSeconds, parseTimestamp } from './time.ts'
import { leafOf, rootFrom } from './tree-path.ts'
import type { VerifyOptions } from './verify.ts'

/**
 * Credentials of one batch are alike: whose credential it is, its id, its status index and its proof are its own, and everything else
 * is what another one said that was verified in full a moment ago. Of such a one only what is its own is looked at: that the content
 * leads to the same root, that its status entries name its own index, and that the registry has it in force, at the same block.
 *
 * What is not so is no answer here: it is verified as any other. So nothing is ever called valid that was not, and what is wrong
 * with a credential is said by the one code that says it.
 */
export interface Alike {
  /** The report of the document with these texts, which `verifyParsed` would give; `undefined` where it has to be asked. */
  readonly verify: (
    texts: readonly string[],
    canonical: string,
    options: VerifyOptions,
  ) => Promise<Report | undefined>
  /** Takes note of a report, and of the document with these texts that it is about. */
  readonly learn: (document: JsonObject, texts: readonly string[], report: Report) => void
}

/** Batches of one template whose credentials are known: an issuer issues the same again and again. */
const mostKnown = 8
/** Words of an encoded proof that are the same throughout a batch: chain, registry, issuer, and where the siblings begin. */
const commonWords = [0, 1, 2, 5]

interface Known {
  readonly report: Report
  readonly word: WordAlike | undefined
  readonly proof: AnchorProof
  /** The proof as it is encoded. */
  readonly encoded: Uint8Array
  readonly root: Hex
  readonly blockHash: string
  readonly validFrom: number
  readonly validUntil: number
}

/** Credentials that differ in texts at these places (JSON pointers). */
export function createAlike(places: readonly string[]): Alike {
  const isPossible = differInOwn(places)
  const known: Known[] = []
  // The same for all of them, as it follows from what they have in common.
  let at: OwnTexts | undefined

  return {
    learn(document, texts, report) {
      if (!isPossible || !isPlain(document, report)) return
      at ??= ownTextsOf(document, places)
      if (!at || !report.anchor) return
      const encoded = fromMultibase(texts[at.proofValue] as string)
      const { root, block } = report.anchor
      const before = known.findIndex((one) => one.root === root && isSamePlace(one, encoded))
      if (before >= 0) known.splice(before, 1)
      else if (known.length >= mostKnown) known.pop()
      known.unshift({
        report,
        word: wordingLike(report),
        proof: decodeAnchorProof(encoded),
        encoded,
        root: root as Hex,
        blockHash: block.hash,
        ...periodOf(report),
      })
    },
    async verify(texts, canonical, options) {
      const own = at && readOwnProof(texts[at.proofValue] as string)
      if (!at || !own) return undefined
      const digest = digestOfCanonical(canonical, own.salt)
      const leaf = leafOf(digest, own.statusIndex)
      const root = toHex((options.findRoot ?? rootFrom)(leaf, own.siblings))
      const like = known.find((one) => one.root === root && isSamePlace(one, own.encoded))
      if (!like || !isWithin(like, options.now)) return undefined
      const proof = { ...like.proof, ...own }
      if (!at.statuses.every((status) => namesIndex(status, texts, proof))) return undefined
      if (at.id >= 0 && !isUri(texts[at.id] as string)) return undefined
      if (!(await isActive(like, { ...proof, digest }, options))) return undefined
      const { report, word } = like
      const { credential, anchor } = report
      const made: Report = {
        ...report,
        credential: credential && {
          ...credential,
          ...(at.id >= 0 && { id: texts[at.id] as string }),
          ...(at.holder >= 0 && { holder: texts[at.holder] }),
          ...(at.result >= 0 && { result: texts[at.result] }),
        },
        anchor: anchor && {
          ...anchor,
          leaf: toHex(leaf),
          digest: toHex(digest),
          statusIndex: proof.statusIndex,
        },
        checkedAt: formatSeconds(options.now / 1000),
      }
      return word ? wordBy(made, word) : made
    },
  }
}

/** Whether the report rests on nothing but the content, the trust of the verifier, and one block of the chain. */
function isPlain(document: JsonObject, { verdict, checks, anchor, ...rest }: Report): boolean {
  const signature = checks.find(({ name }) => name === 'signature')
  const issuer = checks.find(({ name }) => name === 'issuer')
  return (
    verdict === 'valid' &&
    anchor !== undefined &&
    anchor.migratedFrom === undefined &&
    rest.endorsements.length === 0 &&
    rest.award === undefined &&
    signature?.outcome === 'skipped' &&
    issuer?.outcome === 'valid' &&
    issuer.read.length === 0 &&
    proofsOf(document).length === 1
  )
}

/** Whether a proof names the chain, the registry and the issuer that the other one names: one root may be anchored in several places. */
function isSamePlace({ encoded: known }: Known, encoded: Uint8Array): boolean {
  return commonWords.every((word) => {
    for (let at = word * 32; at < word * 32 + 32; at++) if (known[at] !== encoded[at]) return false
    return true
  })
}

/** Whether the registry has it in force, read at the block at which the other one was verified. */
async function isActive(
  { root, blockHash }: Known,
  claim: AnchorProof & { readonly digest: Uint8Array },
  { readers, trust, now }: VerifyOptions,
): Promise<boolean> {
  const { chainId, registry, issuer } = claim
  const chain = readers.chain(chainId)
  const chainTrust = trust.chains.get(chainId)
  if (!chain?.keep || !chainTrust) return false
  try {
    const block = await readHead(chain, chainId)
    if (block.hash !== blockHash) return false
    if (!chain.proved?.isPinned) refuseStale(block, chain, chainTrust, now)
    const { verification } = await readRegistryState(chain, block, registry, claim, root)
    if (verification.standing !== 'active' || verification.root !== root) return false
    const asked = readers.migrations?.(issuer, root, { chainId, registry })
    const records = await asked?.catch(() => [])
    return records === undefined || records.length === 0
  } catch (thrown) {
    if (thrown instanceof ChainUnreadableError) return false
    throw thrown
  }
}

function periodOf({ credential }: Report): Pick<Known, 'validFrom' | 'validUntil'> {
  const { validFrom = '', validUntil } = credential ?? {}
  return {
    validFrom: validFrom === '' ? Number.NEGATIVE_INFINITY : parseTimestamp(validFrom, ''),
    validUntil:
      validUntil === undefined ? Number.POSITIVE_INFINITY : parseTimestamp(validUntil, ''),
  }
}

function isWithin({ validFrom, validUntil }: Known, now: number): boolean {
  return now >= validFrom && now <= validUntil
}
