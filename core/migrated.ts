import {
  type AnchorState,
  type ChainState,
  type PlacedAnchor,
  readPlace,
  type Subject,
} from './anchor-state.ts'
import { ChainUnreadableError } from './chain.ts'
import { InvalidInputError } from './error.ts'
import {
  isSamePlace,
  isSignedByIssuer,
  type MigrationRecord,
  type Place,
  parseMigration,
} from './migration.ts'
import type { Readers, VerifyOptions } from './verify.ts'

/** Records that are looked at for one credential: each costs a few calls. */
const maxRecords = 4

/** Whether the registry that a credential names cannot be asked at all, so that a migration may stand in for it. */
export function isLost(state: AnchorState): boolean {
  return state instanceof ChainUnreadableError
    ? ['chain_unreachable', 'chain_mismatch', 'chain_stale', 'registry_missing'].includes(
        state.code,
      )
    : state === 'chain_untrusted' || state === 'chain_unknown'
}

/**
 * The same claim at a registry that its issuer migrated the batch to: anchored there, in force or ended, by a record that the
 * issuer's key signed. Format rule 13. Where several records hold, one at whose registry the credential has ended goes first.
 */
export async function readMigrated(
  subject: Subject,
  from: Place,
  options: VerifyOptions,
): Promise<PlacedAnchor<ChainState> | undefined> {
  const migrated: PlacedAnchor<ChainState>[] = []
  for (const record of await readRecords(subject, from, options.readers)) {
    const placed = await readRecord(record, subject, options)
    if (placed) migrated.push(placed)
  }
  return migrated.find(({ state }) => state.verification.standing !== 'active') ?? migrated[0]
}

/** Records that speak of exactly this batch and place. What is not one is passed over: anybody may have written it. */
async function readRecords(
  { claim, hashes }: Subject,
  from: Place,
  readers: Readers,
): Promise<readonly MigrationRecord[]> {
  const found = await readers.migrations?.(claim.issuer, hashes.root, from).catch(() => [])
  const records = (found ?? []).slice(0, 4 * maxRecords).flatMap((value) => {
    try {
      return [parseMigration(value)]
    } catch (thrown) {
      if (thrown instanceof InvalidInputError) return []
      throw thrown
    }
  })
  return records
    .filter(
      (record) =>
        record.issuer === claim.issuer &&
        record.root === hashes.root &&
        isSamePlace(record.from, from) &&
        !isSamePlace(record.to, from),
    )
    .slice(0, maxRecords)
}

async function readRecord(
  record: MigrationRecord,
  subject: Subject,
  options: VerifyOptions,
): Promise<PlacedAnchor<ChainState> | undefined> {
  const { state, anchor, accreditation } = await readPlace(subject, record.to, options)
  if (typeof state === 'string' || state instanceof ChainUnreadableError || !anchor)
    return undefined
  const { verification, chain, block } = state
  if (verification.standing === 'unknown' || verification.record.size !== record.size)
    return undefined
  if (anchor.testNetwork && !options.trust.acceptTestNetworks) return undefined
  try {
    if (!(await isSignedByIssuer(record, chain, block.number))) return undefined
  } catch (thrown) {
    if (thrown instanceof ChainUnreadableError) return undefined
    throw thrown
  }
  return { state, anchor: { ...anchor, migratedFrom: record.from }, accreditation }
}
