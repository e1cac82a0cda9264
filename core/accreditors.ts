import {
  type Accreditation,
  type AccreditationPages,
  accreditationPage,
  holdsAt,
} from './accreditation.ts'
import { askedAccreditations } from './asked-accreditations.ts'
import type { JsonObject } from './canonical.ts'
import { type Block, type Chain, ChainUnreadableError } from './chain.ts'
import { isObject } from './i-json.ts'
import { anything, narrowed, type PathScope, ranks, scopeReader } from './path-scope.ts'
import { rememberedPages } from './remembered-pages.ts'
import type { ScopeResult } from './scope-coverage.ts'
import type { ChainTrust } from './trust.ts'

/** The way from a trusted root accreditor to the issuer. */
export interface AccreditationPath {
  /** From the root (first) to the one that accredited the issuer (last). */
  readonly accreditors: readonly Accreditor[]
  /** The record that held at the anchor's time. */
  readonly record: Accreditation | undefined
  /** How the credential compares with the scopes of the record and of every accreditor on the way, where there is a record. */
  readonly scope: PathScope
  /** A record about the issuer that did not hold then, to say why. */
  readonly ended: Accreditation | undefined
  /** The record of an accreditor who vouched for the issuer, and whose own right was not in force then. */
  readonly lapsed: Accreditation | undefined
}

export interface Accreditor {
  readonly account: string
  readonly name: string
  /** Within which it may accredit others; a root has none, as the verifier trusts it by itself. */
  readonly scope?: string
}

/** A way to an accreditor that held at the anchor's time. What the last one records from `until` on (seconds) counts no more. */
interface Path {
  readonly accreditors: readonly Accreditor[]
  readonly until: number
  readonly scope: PathScope
}

/** Bounds of the search: an accreditor writes its own list only, but even a trusted one may be careless. */
const maxDepth = 4
const maxAccreditors = 64
const maxPages = 8

/**
 * Looks for an accreditation of the issuer that held at `time` (seconds) and covers the credential: by a trusted root, or by one to
 * whom a root passed the right on. Breadth first, so that the shortest path is found, and else the one that covers it most; reads
 * state at `block`. Throws `ChainUnreadableError`.
 */
export function findAccreditation(
  chain: Chain,
  trust: ChainTrust,
  issuer: string,
  time: number,
  block: Block,
  credential?: JsonObject,
): Promise<AccreditationPath> {
  const pages = accreditationPages(chain, trust, block)
  return searchAccreditation(pages, chain, trust, issuer, time, credential)
}

/** How the records of the registry that the verifier trusts are read at a block: proved where the chain is, else as it answers. */
export function accreditationPages(
  chain: Chain,
  { accreditationRegistry }: ChainTrust,
  block: Block,
): AccreditationPages {
  const pages =
    chain.proved?.accreditations(block, accreditationRegistry) ??
    askedAccreditations(chain, accreditationRegistry, block.number)
  return chain.keep ? rememberedPages(pages, accreditationRegistry, chain.keep.of(block)) : pages
}

/** As `findAccreditation`, for who asks more than once at the same block. Without a credential no scopes are compared. */
export async function searchAccreditation(
  pages: AccreditationPages,
  chain: Pick<Chain, 'label'>,
  trust: Pick<ChainTrust, 'rootAccreditors'>,
  issuer: string,
  time: number,
  credential?: JsonObject,
): Promise<AccreditationPath> {
  const measure = scopeReader(credential)
  const seen = new Map<string, readonly Path[]>()
  let taken = 0
  let best: AccreditationPath | undefined
  const lapsed: Accreditation[] = []
  let ended: Accreditation | undefined
  let isCut = false
  let level: readonly Path[] = trust.rootAccreditors.map((root) => ({
    accreditors: [root],
    until: Number.POSITIVE_INFINITY,
    scope: anything,
  }))
  for (let depth = 0; ; depth++) {
    level = level.toSorted(byWorth).filter((path) => isNew(seen, path))
    if (level.length > 0 && depth > maxDepth) isCut = true
    if (level.length === 0 || depth > maxDepth) break
    isCut ||= taken + level.length > maxAccreditors
    level = level.slice(0, maxAccreditors - taken)
    taken += level.length
    const accounts = level.map((path) => lastOf(path).account)
    const firsts = await pages.along(accounts, issuer)
    for (const [i, path] of level.entries()) {
      const account = accounts[i] as string
      const list = await readRest(firsts[i] ?? [], (first) => pages.of(account, issuer, first))
      const records = list.records.filter(({ recordedAt }) => recordedAt < path.until)
      for (const record of preferred(records, time, credential)) {
        const scope = narrowed(path.scope, await measure(record.scope), record.name)
        if (best && ranks[best.scope.coverage] <= ranks[scope.coverage]) continue
        best = { ...none, accreditors: path.accreditors, record, scope }
      }
      if (best?.scope.coverage === 'covered') return best
      ended ??= records.at(-1)
      isCut ||= list.isCut
    }
    const next = level.map(async (path): Promise<readonly Path[]> => {
      const readPage = (first: number) => pages.sub(lastOf(path).account, first)
      const list = await readRest(await readPage(0), readPage)
      isCut ||= list.isCut
      const all = list.records.filter((sub) => sub.maySubaccredit && sub.recordedAt < path.until)
      const subs = all.filter((sub) => holdsAt(sub, time))
      lapsed.push(...all.filter((sub) => !holdsAt(sub, time)))
      return Promise.all(subs.map(async (sub) => step(path, sub, await measure(sub.scope))))
    })
    level = (await Promise.all(next)).flat()
  }
  if (isCut) {
    throw new ChainUnreadableError(
      'accreditations_too_many',
      `${chain.label} holds more accreditations than are read here (${maxAccreditors} accreditors, ${maxDepth} steps below a root), and none of those read accredits the issuer for this`,
    )
  }
  if (best) return best
  const gone = ended ? undefined : await findLapsed(pages, lapsed, issuer, time)
  return { ...none, ended, lapsed: gone }
}

const none: AccreditationPath = {
  accreditors: [],
  record: undefined,
  scope: anything,
  ended: undefined,
  lapsed: undefined,
}

/** Of accreditors without a right at the time, one that vouched for the issuer: it makes nothing valid, and tells why nothing is. */
async function findLapsed(
  pages: AccreditationPages,
  lapsed: readonly Accreditation[],
  issuer: string,
  time: number,
): Promise<Accreditation | undefined> {
  const some = lapsed.slice(0, maxAccreditors)
  if (some.length === 0) return undefined
  const lists = await pages.along(
    some.map(({ subject }) => subject),
    issuer,
  )
  return some.find((_, i) => lists[i]?.some((record) => holdsAt(record, time)))
}

/** Records that held, the newest first; before them those that name the DID that the credential names. */
function preferred(
  records: readonly Accreditation[],
  time: number,
  credential: JsonObject | undefined,
): readonly Accreditation[] {
  const issuer = credential?.['issuer']
  const id = isObject(issuer) ? issuer['id'] : issuer
  const held = records.filter((record) => holdsAt(record, time)).reverse()
  return [...held.filter(({ did }) => did === id), ...held.filter(({ did }) => did !== id)]
}

function step(path: Path, sub: Accreditation, result: ScopeResult): Path {
  const { subject: account, name, scope } = sub
  return {
    accreditors: [...path.accreditors, { account, name, scope }],
    until: Math.min(path.until, endOf(sub)),
    scope: narrowed(path.scope, result, name),
  }
}

function lastOf(path: Path): Accreditor {
  return path.accreditors[path.accreditors.length - 1] as Accreditor
}

/** What covers more goes first, then what holds longer. */
function byWorth(a: Path, b: Path): number {
  const byScope = ranks[a.scope.coverage] - ranks[b.scope.coverage]
  return byScope !== 0 ? byScope : a.until < b.until ? 1 : a.until > b.until ? -1 : 0
}

/** Whether no way to the same accreditor is known that covers as much and holds as long; so circles come to an end. */
function isNew(seen: Map<string, readonly Path[]>, path: Path): boolean {
  const { account } = lastOf(path)
  const others = seen.get(account) ?? []
  const isWorse = (other: Path) =>
    other.until >= path.until && ranks[other.scope.coverage] <= ranks[path.scope.coverage]
  if (others.some(isWorse)) return false
  seen.set(account, [...others, path])
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
