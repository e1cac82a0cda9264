import { checksumAddress } from '../core/abi.ts'
import type { AnchorTarget, BatchSummary } from '../core/batch.ts'
import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { operatorRoles } from '../core/registry.ts'
import { formatSeconds } from '../core/time.ts'
import { action } from './action.ts'
import { readBatch } from './batch-source.ts'
import { readView, registry, requireContract } from './contracts.ts'
import { accountOf, openSession, requireChain, type Session } from './session.ts'
import { type Consent, carryOut } from './transaction.ts'

interface Arguments extends Consent {
  readonly batch: string
  readonly account: string | undefined
  readonly operator: boolean
  readonly json: boolean
}

/** Anchors a batch after recomputing its root from the credentials; running it again changes nothing. */
export default action<Arguments>(async (args, hre, output) => {
  if (args.batch === '')
    throw new InvalidInputError('batch_missing', 'name the batch: --batch out/…/batch.ndjson')
  const batch = await readBatch(args.batch, process.env['ROOTMARK_API_KEY'], output)
  const session = await openSession(hre)
  requireChain(session, batch.target.chainId, 'the batch')
  await requireRegistry(batch.target, session)

  const before = await readAnchor(session, batch)
  if (before) {
    output.say(`Nothing to do: ${describe(batch, before)}`)
    return { ...documentOf(batch), alreadyAnchored: true, anchor: before }
  }
  const from = args.operator
    ? await operatorOf(args.account, batch.target, session)
    : issuerOf(args.account, batch.target, session)
  const { root, size } = batch
  const { registry: to, issuer } = batch.target
  const data =
    from === issuer
      ? registry.encodeFunctionData('anchor', [root, size])
      : registry.encodeFunctionData('anchorFor', [issuer, root, size])
  const about = [
    ['Anchor', `batch ${batch.id}, ${size} credentials`],
    ['Root', `${root} (recomputed)`],
    ['Issuer', issuer],
    ['Registry', to],
  ] as const
  const question = `Anchor this batch on chain ${session.chainId}?`
  const intent = { session, from, calls: [{ to, data }], about, count: size, question }
  const done = await carryOut(intent, args, output)
  const anchor = done.dryRun ? undefined : await readAnchor(session, batch)
  if (anchor) output.say(describe(batch, anchor))
  return { ...documentOf(batch), alreadyAnchored: false, anchor, ...done }
})

/** A batch for another registry would be anchored where no verifier looks. */
async function requireRegistry(target: AnchorTarget, session: Session): Promise<void> {
  if (target.registry !== contractAddresses.registry) {
    throw new InvalidInputError(
      'registry_unknown',
      `the batch names registry ${target.registry}, but Rootmark's lies at ${contractAddresses.registry}: issue the batch again`,
    )
  }
  await requireContract(session, target.registry)
}

interface Anchor {
  readonly anchoredAt: string
  readonly sequence: number
  readonly size: number
  readonly withdrawnAt: string | undefined
}

async function readAnchor(
  session: Session,
  { target, root }: BatchSummary,
): Promise<Anchor | undefined> {
  const [record] = await readView(session.provider, target.registry, registry, 'anchorOf', [
    target.issuer,
    root,
  ])
  if (record.anchoredAt === 0n) return undefined
  return {
    anchoredAt: formatSeconds(Number(record.anchoredAt)),
    sequence: Number(record.sequence),
    size: Number(record.size),
    withdrawnAt: record.withdrawnAt === 0n ? undefined : formatSeconds(Number(record.withdrawnAt)),
  }
}

function issuerOf(account: string | undefined, { issuer }: AnchorTarget, session: Session): string {
  if (
    (account !== undefined && checksumAddress(account) !== issuer) ||
    !session.accounts.includes(issuer)
  ) {
    throw new InvalidInputError(
      'account_not_issuer',
      `the batch is one of ${issuer}, and network ${session.network} signs as ${account ?? (session.accounts.join(', ') || 'nobody')}: use the issuer's key, or --operator if the issuer lets this account anchor`,
    )
  }
  return issuer
}

async function operatorOf(
  account: string | undefined,
  { registry: to, issuer }: AnchorTarget,
  session: Session,
): Promise<string> {
  const from = accountOf(session, account)
  const [roles, expiry] = await readView(session.provider, to, registry, 'operatorOf', [
    issuer,
    from,
  ])
  if (from === issuer || Number(roles) & operatorRoles.anchor) return from
  throw new InvalidInputError(
    'not_authorized',
    `${from} may not anchor for ${issuer}${Number(expiry) ? ' any more' : ''}: the issuer can allow it with npx hardhat operator ${from} --roles anchor --until …`,
  )
}

function documentOf({ id, target, root, size }: BatchSummary) {
  return { id, ...target, root, size }
}

function describe(batch: BatchSummary, { anchoredAt, sequence, withdrawnAt }: Anchor): string {
  const end = withdrawnAt ? `, and withdrawn at ${withdrawnAt}` : ''
  return `batch ${batch.root} is anchored since ${anchoredAt}, as number ${sequence} of ${batch.target.issuer}${end}.`
}
