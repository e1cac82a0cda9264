import { type Accreditation, holdsAt } from '../../core/accreditation.ts'
import { type AccreditationPath, findAccreditation } from '../../core/accreditors.ts'
import { type Block, type Chain, ChainUnreadableError } from '../../core/chain.ts'
import { contractAddresses } from '../../core/deployment.ts'
import { formatSeconds } from '../../core/time.ts'
import { type ChainTrust, parseTrust, type Trust } from '../../core/trust.ts'
import { readTrust } from '../check.ts'
import type { AnchoredBatch } from './chain.ts'
import type { Finding } from './findings.ts'
import type { Place } from './place.ts'

/** Who vouched for the issuer when a batch was anchored, with the names that the record states. */
export interface BatchAccreditation {
  readonly accreditors: readonly string[]
  readonly name: string
  readonly did: string
  readonly scope: string
  readonly validFrom: string
  /** Absent where it has no end. */
  readonly validUntil?: string
  /** Absent where it holds still; withdrawn after the anchor, it held when it mattered. */
  readonly withdrawnAt?: string
}

export interface Accreditations {
  readonly byRoot: ReadonlyMap<string, BatchAccreditation>
  readonly findings: readonly Finding[]
  readonly unread: readonly Finding[]
}

/**
 * What the auditor trusts: the registry that is audited, on whatever chain, and the root accreditors of a trust file. Without one,
 * accreditation is not asked for.
 */
export async function openTrust(
  path: string | undefined,
  { chainId, address }: Pick<Place, 'chainId' | 'address'>,
): Promise<Trust> {
  const file = path === undefined ? undefined : await readTrust(path)
  const bare = parseTrust({ version: 1, chains: { [chainId]: {} } }, contractAddresses)
  const known = (file?.chains.get(chainId) ?? bare.chains.get(chainId)) as ChainTrust
  const audited = { ...known, registries: [address], maxHeadAge: undefined }
  return { acceptTestNetworks: true, chains: new Map([[chainId, audited]]) }
}

/** Looks for the accreditation of each batch as of its anchor; what its scope covers is asked of credentials. `chain` is that of the audited block. */
export async function readAccreditations(
  chain: Chain,
  block: Block,
  { chainId, issuer }: Place,
  trust: Trust,
  batches: readonly AnchoredBatch[],
): Promise<Accreditations | undefined> {
  const terms = trust.chains.get(chainId)
  if (!terms || terms.rootAccreditors.length === 0) return undefined
  const byRoot = new Map<string, BatchAccreditation>()
  const findings: Finding[] = []
  const unread: Finding[] = []
  for (const { root, sequence, anchoredAt } of batches) {
    const time = Date.parse(anchoredAt) / 1000
    const place = { sequence, root }
    try {
      const path = await findAccreditation(chain, terms, issuer, time, block, {})
      const lie = await disproved(chain, terms, issuer, time, block, path)
      if (lie !== undefined)
        findings.push({ code: 'chain_answer_disproved', message: lie, ...place })
      const { record } = path
      if (record) {
        byRoot.set(root, accreditationOf(record, path))
        continue
      }
      findings.push({ ...objection(path, time, sequence), ...place })
    } catch (thrown) {
      if (!(thrown instanceof ChainUnreadableError)) throw thrown
      unread.push({ code: thrown.code, message: `${thrown.message}.`, ...place })
    }
  }
  return { byRoot, findings, unread }
}

function accreditationOf(
  { name, did, scope, validFrom, validUntil, withdrawnAt }: Accreditation,
  path: AccreditationPath,
): BatchAccreditation {
  return {
    accreditors: path.accreditors.map((each) => each.name),
    name,
    did,
    scope,
    validFrom: formatSeconds(validFrom),
    ...(validUntil !== 0 && { validUntil: formatSeconds(validUntil) }),
    ...(withdrawnAt !== 0 && { withdrawnAt: formatSeconds(withdrawnAt) }),
  }
}

/** Why nobody vouched for a batch, by the codes of verification. */
function objection(
  { ended, lapsed }: AccreditationPath,
  time: number,
  sequence: number,
): Pick<Finding, 'code' | 'message'> {
  const when = `when batch number ${sequence} was anchored, at ${formatSeconds(time)}`
  if (!ended && lapsed) {
    const message = `The issuer was accredited by ${lapsed.name}, which had no right to accredit anybody ${when}.`
    return { code: 'accreditor_not_in_force', message }
  }
  if (!ended) {
    const message = `Nobody whom your trust file names vouched for the issuer ${when}.`
    return { code: 'issuer_unknown', message }
  }
  const { name, withdrawnAt, validFrom, validUntil } = ended
  if (withdrawnAt !== 0 && holdsAt({ ...ended, withdrawnAt: 0 }, time)) {
    const message = `The accreditation of ${name} had been withdrawn at ${formatSeconds(withdrawnAt)} ${when}.`
    return { code: 'accreditation_withdrawn', message }
  }
  return time < validFrom
    ? {
        code: 'accreditation_not_begun',
        message: `The accreditation of ${name} began only at ${formatSeconds(validFrom)}, and not ${when}.`,
      }
    : {
        code: 'accreditation_ended',
        message: `The accreditation of ${name} was over since ${formatSeconds(validUntil)} ${when}.`,
      }
}

/** What the endpoint's own answer says, where it differs from what is proved. */
async function disproved(
  { proved, ...asked }: Chain,
  terms: ChainTrust,
  issuer: string,
  time: number,
  block: Block,
  held: AccreditationPath,
): Promise<string | undefined> {
  if (!proved) return undefined
  const said = await findAccreditation(asked, terms, issuer, time, block, {})
  if (JSON.stringify(said) === JSON.stringify(held)) return undefined
  return `${asked.label} does not tell the truth about the accreditation of the issuer at block ${block.number}: it says “${tell(said)}”, and the state of the block holds “${tell(held)}”.`
}

function tell({ record, ended, accreditors }: AccreditationPath): string {
  const by = accreditors.map(({ name }) => name).join(', then ')
  if (record) return `${record.name}, accredited by ${by}`
  return ended ? `${ended.name}, not accredited then` : 'not accredited'
}
