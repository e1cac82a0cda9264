import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checksumAddress } from '../core/abi.ts'
import { type Hex, toHex } from '../core/bytes.ts'
import { type Chain, readLatestBlock } from '../core/chain.ts'
import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import {
  isSamePlace,
  isSignedByIssuer,
  type Migration,
  type MigrationRecord,
  migrationFormat,
  migrationTypedData,
  parseMigration,
} from '../core/migration.ts'
import { action } from './action.ts'
import { readBatch } from './batch-source.ts'
import {
  bothOf,
  callsToCarry,
  noStatuses,
  readStatuses,
  readStatusFile,
  type Statuses,
} from './carried-status.ts'
import { readView, registry, requireContract } from './contracts.ts'
import { chainsAt } from './endpoint.ts'
import { openSession, type Session } from './session.ts'
import { type Consent, carryOut } from './transaction.ts'

interface Arguments extends Consent {
  readonly batch: string
  readonly oldRpc: string | undefined
  readonly status: string | undefined
  readonly withoutStatus: boolean
  readonly out: string
  readonly account: string | undefined
  readonly json: boolean
}

/**
 * Anchors a batch a second time, where its first chain or registry is lost, with what was ended there, and writes the record
 * that leads verifiers from one to the other. The record comes last: until it is there, nobody takes the new anchor for the
 * old one. Running it again does only what is missing.
 */
export default action<Arguments>(async (args, hre, output) => {
  if (args.batch === '')
    throw new InvalidInputError('batch_missing', 'name the batch: --batch out/…/batch.ndjson')
  const batch = await readBatch(args.batch, process.env['ROOTMARK_API_KEY'], output)
  const session = await openSession(hre)
  const { issuer, ...from } = batch.target
  const to = { chainId: session.chainId, registry: contractAddresses.registry }
  if (isSamePlace(from, to)) {
    throw new InvalidInputError(
      'migration_needless',
      'the batch names this chain and registry already: use npx hardhat anchor, or another --network',
    )
  }
  await requireContract(session, to.registry)
  requireIssuer(issuer, args.account, session)
  const { root, size } = batch
  const migration: Migration = { issuer, root, size, from, to }
  const wanted = await readWanted(migration, args, session)

  output.say(`Moves batch ${batch.id} from registry ${from.registry} on chain ${from.chainId}.`)
  output.say(`Carries over ${describe(wanted)}.`)
  const isAnchored = await hasAnchor(session, migration)
  const anchoring = isAnchored ? undefined : await anchor(session, migration, args, output)
  const document = { migration, carried: documentOf(wanted), alreadyAnchored: isAnchored }
  if (args.dryRun) return { ...document, ...anchoring, dryRun: true, file: undefined }

  const chain = { label: session.network, provider: session.provider }
  const calls = callsToCarry(
    wanted,
    await readStatuses(chain, to, migration),
    migration,
    to.registry,
  )
  const about = [['Carry over', describe(wanted)]] as const
  const question = 'Carry this over?'
  const carrying =
    calls.length === 0
      ? undefined
      : await carryOut({ session, from: issuer, calls, about, question }, args, output)
  const record = await sign(session, migration, chain)
  const file = await write(record, args.out)
  output.say(
    `The record is ${file}: hand it to whoever verifies, and publish it beside your credentials.`,
  )
  const transactions = [anchoring, carrying].flatMap((done) => done?.transactions ?? [])
  return { ...document, dryRun: false, record, file, transactions }
})

function requireIssuer(issuer: string, account: string | undefined, session: Session): void {
  const isOther = account !== undefined && checksumAddress(account) !== issuer
  if (!isOther && session.accounts.includes(issuer)) return
  throw new InvalidInputError(
    'account_not_issuer',
    `the batch is one of ${issuer}, and network ${session.network} signs as ${account ?? (session.accounts.join(', ') || 'nobody')}: only the issuer's own key can move it`,
  )
}

/** What was ended at the old place, from every source that is named. Without any, nothing is lost in silence. */
async function readWanted(
  { from, ...batch }: Migration,
  { status, oldRpc, withoutStatus }: Arguments,
  session: Session,
): Promise<Statuses> {
  const given = status === undefined ? noStatuses : await readStatusFile(status, batch.size)
  const isEnough = status !== undefined || withoutStatus
  const chain = oldChain(from.chainId, oldRpc, isEnough, session)
  try {
    if (chain) return bothOf(given, await readStatuses(chain, from, batch))
    if (isEnough) return given
  } catch (thrown) {
    throw missing(messageOf(thrown))
  }
  throw missing('no endpoint of it is named')

  function missing(why: string): InvalidInputError {
    return new InvalidInputError(
      'statuses_missing',
      `what was revoked or suspended on chain ${from.chainId} is not known (${why}): name its endpoint with --old-rpc or a file with --status, or give --without-status if nothing ever was`,
    )
  }
}

function oldChain(
  chainId: number,
  oldRpc: string | undefined,
  isEnough: boolean,
  { network, chainId: newId, provider }: Session,
): Chain | undefined {
  if (oldRpc !== undefined) return chainsAt(oldRpc, 1)(chainId)
  if (isEnough) return undefined
  if (chainId === newId) return { label: network, provider }
  const set = process.env['CHAIN_RPC_URL']
  return set ? chainsAt(set, 1)(chainId) : undefined
}

async function hasAnchor({ provider }: Session, { issuer, root, size, to }: Migration) {
  const [record] = await readView(provider, to.registry, registry, 'anchorOf', [issuer, root])
  if (record.anchoredAt === 0n) return false
  if (Number(record.size) === size) return true
  throw new InvalidInputError(
    'size_mismatch',
    `the root is anchored there with ${record.size} credentials, the batch has ${size}: no verifier would take that for the same batch`,
  )
}

function anchor(
  session: Session,
  { issuer, root, size, to }: Migration,
  consent: Consent,
  output: Parameters<typeof carryOut>[2],
) {
  const data = registry.encodeFunctionData('anchor', [root, size])
  const about = [
    ['Anchor again', `${size} credentials`],
    ['Root', `${root} (recomputed)`],
    ['Issuer', issuer],
    ['Registry', to.registry],
  ] as const
  const question = `Anchor this batch on chain ${session.chainId}?`
  const calls = [{ to: to.registry, data }]
  return carryOut({ session, from: issuer, calls, about, count: size, question }, consent, output)
}

/** Has the issuer's key sign, and takes the signature only if a verifier will. */
async function sign(
  { provider, chainId }: Session,
  migration: Migration,
  chain: Chain,
): Promise<MigrationRecord> {
  const signed = await provider.request({
    method: 'eth_signTypedData_v4',
    params: [migration.issuer, JSON.stringify(migrationTypedData(migration))],
  })
  const signature = withRecoveryId(String(signed))
  const record = parseMigration({ format: migrationFormat, ...migration, signature })
  const { number } = await readLatestBlock(chain, chainId)
  if (await isSignedByIssuer(record, chain, number)) return record
  throw new InvalidInputError(
    'signature_refused',
    `what network ${chain.label} signed for ${migration.issuer} is not a signature of that account's own key: only such a key can move a batch`,
  )
}

/** Some wallets write 0 and 1 for 27 and 28. */
function withRecoveryId(signature: string): Hex {
  const last = Number.parseInt(signature.slice(-2), 16)
  const v = last < 27 ? last + 27 : last
  return `${signature.slice(0, -2)}${toHex(Uint8Array.of(v)).slice(2)}` as Hex
}

async function write(record: MigrationRecord, out: string): Promise<string> {
  const file = join(out, `${record.root}-${record.to.chainId}.json`)
  await mkdir(out, { recursive: true })
  await writeFile(`${file}.partial`, `${JSON.stringify(record, null, 2)}\n`, { flush: true })
  await rename(`${file}.partial`, file)
  return file
}

function documentOf({ revoked, suspended, withdrawn }: Statuses) {
  return { revoked: [...revoked], suspended: [...suspended], withdrawn }
}

function describe({ revoked, suspended, withdrawn }: Statuses): string {
  const ended = `${revoked.size} revoked and ${suspended.size} suspended credentials`
  return withdrawn ? `the withdrawal of the whole batch, ${ended}` : ended
}
