import {
  type Accreditation,
  decodeAccreditations,
  encodeAccreditationsOf,
  encodeSubaccreditations,
  holdsAt,
} from './accreditation.ts'
import type { Hex } from './bytes.ts'
import { type Chain, ChainUnreadableError, callContract } from './chain.ts'
import type { ChainTrust } from './trust.ts'

/** The way from a trusted root accreditor to the issuer. */
export interface AccreditationPath {
  /** From the root (first) to the one that accredited the issuer (last). */
  readonly accreditors: readonly { readonly account: string; readonly name: string }[]
  /** The record that held at the anchor's time. */
  readonly record: Accreditation | undefined
  /** A record about the issuer that did not hold then, to say why. */
  readonly ended: Accreditation | undefined
}

type Accreditor = AccreditationPath['accreditors'][number]

/** Bounds of the search: an accreditor writes its own list, but even a trusted one may be careless. */
const maxDepth = 4
const maxAccreditors = 64

/**
 * Looks for an accreditation of the issuer that held at `time` (seconds): by a trusted root, or by one to whom a root passed the
 * right on. Breadth first, so that the shortest path is found; reads state at `block`. Throws `ChainUnreadableError`.
 */
export async function findAccreditation(
  chain: Chain,
  trust: ChainTrust,
  issuer: string,
  time: number,
  block: number,
): Promise<AccreditationPath> {
  const read = async (data: Hex) => {
    const answer = await callContract(chain, trust.accreditationRegistry, data, block)
    return decode(answer, chain)
  }
  const seen = new Set<string>()
  let ended: Accreditation | undefined
  let level: readonly (readonly Accreditor[])[] = trust.rootAccreditors.map((root) => [root])
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    const next: (readonly Accreditor[])[] = []
    for (const path of level) {
      const { account } = path.at(-1) as Accreditor
      if (seen.has(account) || seen.size >= maxAccreditors) continue
      seen.add(account)
      const records = await read(encodeAccreditationsOf(account, issuer))
      const record = records.findLast((candidate) => holdsAt(candidate, time))
      if (record) return { accreditors: path, record, ended: undefined }
      ended ??= records.at(-1)
      if (depth < maxDepth) {
        const passedOn = await read(encodeSubaccreditations(account))
        for (const sub of passedOn.filter((candidate) => holdsAt(candidate, time))) {
          next.push([...path, { account: sub.subject, name: sub.name }])
        }
      }
    }
    level = next
  }
  return { accreditors: [], record: undefined, ended }
}

function decode(answer: Uint8Array, chain: Chain): readonly Accreditation[] {
  try {
    return decodeAccreditations(answer)
  } catch (thrown) {
    throw new ChainUnreadableError(
      'chain_answer_malformed',
      `${chain.label} answers for the accreditation registry with something else`,
      thrown,
    )
  }
}
