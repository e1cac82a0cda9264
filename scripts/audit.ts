import { checksumAddress } from '../core/abi.ts'
import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { action, type Hre } from './action.ts'
import { rebuildAll } from './audit/batches.ts'
import { type ChainView, readChainView } from './audit/chain.ts'
import { type Finding, findDifferences, findGaps } from './audit/findings.ts'
import { openOnlyChain } from './endpoint.ts'
import { type Output, table } from './output.ts'

interface Arguments {
  readonly issuer: string
  readonly batches: string | undefined
  readonly rpc: string | undefined
  readonly registry: string | undefined
  readonly json: boolean
}

/** Lists every batch of an issuer by its number, rebuilds those at hand independently, and tells every difference. */
export default action<Arguments>(async (args, hre, output) => {
  if (args.issuer === '')
    throw new InvalidInputError('issuer_missing', 'name the account of the issuer: --issuer 0x…')
  const issuer = checksumAddress(args.issuer, '--issuer')
  const registry = args.registry
    ? checksumAddress(args.registry, '--registry')
    : contractAddresses.registry
  const { chain, chainId } = await openChain(args.rpc, hre)
  const atHand = await rebuildAll(args.batches, output)
  const view = await readChainView(chain, chainId, registry, issuer, output)
  const scope = { chainId, registry, issuer }
  const findings = [...findGaps(view), ...(atHand ? findDifferences(view, atHand, scope) : [])]
  const rebuilt = new Set(atHand?.flatMap((each) => ('batch' in each ? [each.batch.root] : [])))
  const batches = view.batches.map((batch) => ({ ...batch, rebuilt: rebuilt.has(batch.root) }))
  describe(batches, view, findings, output)
  if (findings.length > 0) process.exitCode = 1
  return { ...scope, block: view.block, count: view.count, batches, findings }
})

/** The chain of the endpoint, whichever it is: an audit is of what the auditor's own node says. */
async function openChain(rpc: string | undefined, hre: Hre) {
  const opened = await openOnlyChain(rpc, hre)
  if (opened) return opened
  throw new InvalidInputError('network_missing', 'name the endpoint to read: --rpc or --network')
}

function describe(
  batches: readonly (ChainView['batches'][number] & { readonly rebuilt: boolean })[],
  { block, count }: ChainView,
  findings: readonly Finding[],
  { say }: Output,
): void {
  say(`${count} batches anchored, as of block ${block.number} (${block.time}).`)
  if (batches.length > 0) {
    say(
      table(
        batches.map(
          ({ sequence, root, size, anchoredAt, withdrawnAt, revoked, suspended, rebuilt }) => [
            `${sequence}`,
            [
              `${root}  ${size} credentials, ${anchoredAt}`,
              ...(revoked > 0 ? [`${revoked} revoked`] : []),
              ...(suspended > 0 ? [`${suspended} suspended`] : []),
              ...(withdrawnAt ? [`withdrawn ${withdrawnAt}`] : []),
              ...(rebuilt ? ['rebuilt: root matches'] : []),
            ].join(', '),
          ],
        ),
      ),
    )
  }
  for (const { code, message, file } of findings)
    say(`✗ ${file ? `${file}: ` : ''}${message} [${code}]`)
  say(findings.length === 0 ? 'Nothing to object to.' : `${findings.length} findings.`)
}
