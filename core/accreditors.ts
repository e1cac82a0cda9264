import {
  type Accreditation,
  type AccreditationPages,
  accreditationPage,
  decodeAccreditations,
  decodeAccreditationsAlong,
  encodeAccreditationsAlong,
  encodeAccreditationsOf,
  encodeSubaccreditations,
  holdsAt,
} from './accreditation.ts'
import type { Hex } from './bytes.ts'
import { type Block, type Chain, ChainUnreadableError, callContract } from './chain.ts'
import type { ChainTrust } from './trust.ts'

/** The way from a trusted root accreditor to the issuer. */
export interface AccreditationPath {
  /** From the root (first) to the one that accredited the issuer (last). */
  readonly accreditors: readonly Accreditor[]
  /** The record that held at the anchor's time. */
  readonly record: Accreditation | undefined
  /** A record about the issuer that did not hold then, to say why. */
  readonly ended: Accreditation | undefined
}

interface Accreditor {
  readonly account: string
  readonly name: string
}

/** A way to an accreditor that held at the anchor's time. What the last one records from `until` on (seconds) counts no more. */
interface Path {
  readonly accreditors: readonly Accreditor[]
  readonly until: number
}

/** Bounds of the search: an accreditor writes its own list only, but even a trusted one may be careless. */
const maxDepth = 4
const maxAccreditors = 64
const maxPages = 8

/**
 * Looks for an accreditation of the issuer that held at `time` (seconds): by a trusted root, or by one to whom a root passed the
 * right on. Breadth first, so that the shortest path is found; reads state at `block`. Throws `ChainUnreadableError`.
 */
export async function findAccreditation(
  chain: Chain,
  trust: ChainTrust,
  issuer: string,
  time: number,
  block: Block,
): Promise<AccreditationPath> {
  return searchAccreditation(accreditationPages(chain, trust, block), chain, trust, issuer, time)
}

/** The records of the registry that the verifier trusts, as of a block. */
export function accreditationPages(
  chain: Chain,
  trust: ChainTrust,
  block: Block,
): AccreditationPages {
  return (
    chain.proved?.accreditations(block, trust.accreditationRegistry) ??
    askedPages(chain, trust, block.number)
  )
}

/** As `findAccreditation`, with records that come from `pages`: who asks about many times reads them once. */
export async function searchAccreditation(
  pages: AccreditationPages,
  chain: Pick<Chain, 'label'>,
  trust: Pick<ChainTrust, 'rootAccreditors'>,
  issuer: string,
  time: number,
): Promise<AccreditationPath> {
  const seen = new Set<string>()
  let ended: Accreditation | undefined
  let isCut = false
  let level: readonly Path[] = trust.rootAccreditors.map((root) => ({
    accreditors: [root],
    until: Number.POSITIVE_INFINITY,
  }))
  for (let depth = 0; depth <= maxDepth; depth++) {
    level = level
      .toSorted((a, b) => (a.until < b.until ? 1 : a.until > b.until ? -1 : 0))
      .filter((path) => isNew(seen, path))
    isCut ||= seen.size > maxAccreditors
    level = level.slice(0, Math.max(0, maxAccreditors - seen.size + level.length))
    if (level.length === 0) break
    const accounts = level.map((path) => lastOf(path).account)
    const firsts = await pages.along(accounts, issuer)
    for (const [i, path] of level.entries()) {
      const account = accounts[i] as string
      const list = await readRest(firsts[i] ?? [], (first) => pages.of(account, issuer, first))
      const records = list.records.filter(({ recordedAt }) => recordedAt < path.until)
      const record = records.findLast((candidate) => holdsAt(candidate, time))
      if (record) return { accreditors: path.accreditors, record, ended: undefined }
      ended ??= records.at(-1)
      isCut ||= list.isCut
    }
    if (depth === maxDepth) break
    const next = level.map(async (path): Promise<readonly Path[]> => {
      const readPage = (first: number) => pages.sub(lastOf(path).account, first)
      const list = await readRest(await readPage(0), readPage)
      isCut ||= list.isCut
      return list.records
        .filter((sub) => sub.maySubaccredit && holdsAt(sub, time) && sub.recordedAt < path.until)
        .map((sub) => ({
          accreditors: [...path.accreditors, { account: sub.subject, name: sub.name }],
          until: Math.min(path.until, endOf(sub)),
        }))
    })
    level = (await Promise.all(next)).flat()
  }
  if (isCut) {
    throw new ChainUnreadableError(
      'accreditations_too_many',
      `${chain.label} holds more accreditations than are read here, and none of those read names the issuer`,
    )
  }
  return { accreditors: [], record: undefined, ended }
}

function lastOf(path: Path): Accreditor {
  return path.accreditors[path.accreditors.length - 1] as Accreditor
}

function isNew(seen: Set<string>, path: Path): boolean {
  const { account } = lastOf(path)
  if (seen.has(account)) return false
  seen.add(account)
  return true
}

/** First second at which a record holds no more. An accreditor whose right has ended cannot date a record back to before. */
function endOf({ validUntil, withdrawnAt }: Accreditation): number {
  return Math.min(validUntil || Number.POSITIVE_INFINITY, withdrawnAt || Number.POSITIVE_INFINITY)
}

/** A list whose first page is at hand; further pages are read while they are full. `isCut`: there may be more. */
async function readRest(
  firstPage: readonly Accreditation[],
  readPage: (first: number) => Promise<readonly Accreditation[]>,
): Promise<{ readonly records: readonly Accreditation[]; readonly isCut: boolean }> {
  const records = [...firstPage]
  let page = firstPage
  for (let pages = 1; page.length === accreditationPage && pages < maxPages; pages++) {
    page = await readPage(records.length)
    records.push(...page)
  }
  return { records, isCut: page.length === accreditationPage }
}

/** What the registry's own view functions answer. */
function askedPages(chain: Chain, trust: ChainTrust, block: number): AccreditationPages {
  const read = <T>(data: Hex, decode: (answer: Uint8Array) => T) =>
    readRegistry(chain, trust, data, block, decode)
  return {
    along: (accreditors, subject) =>
      read(encodeAccreditationsAlong(accreditors, subject), (answer) =>
        decodeAccreditationsAlong(answer, accreditors.length),
      ),
    of: (accreditor, subject, first) =>
      read(encodeAccreditationsOf(accreditor, subject, first), decodeAccreditations),
    sub: (accreditor, first) =>
      read(encodeSubaccreditations(accreditor, first), decodeAccreditations),
  }
}

async function readRegistry<T>(
  chain: Chain,
  trust: ChainTrust,
  data: Hex,
  block: number,
  decode: (answer: Uint8Array) => T,
): Promise<T> {
  const answer = await callContract(chain, trust.accreditationRegistry, data, block)
  try {
    return decode(answer)
  } catch (thrown) {
    throw new ChainUnreadableError(
      'chain_answer_malformed',
      `${chain.label} answers for the accreditation registry with something else`,
      thrown,
    )
  }
}
