import { networkOf } from '../../core/networks.ts'
import type { Batch, Status } from './service.ts'

/** What an issuer does with its own key. */
export type OwnAction = 'revoke' | 'suspend' | 'reinstate' | 'withdraw'

export const ownActions: Readonly<Record<Status, OwnAction>> = {
  revoked: 'revoke',
  suspended: 'suspend',
  active: 'reinstate',
}

/** Ranges that a command line names; with more, they stand in a file. */
const mostRanges = 40
export const indexFile = 'status-indexes.txt'

/** A command, and what its file holds where it needs one. */
export interface OwnCommand {
  readonly text: string
  readonly file: string | undefined
}

/** Anchors a batch, whose file the service hands to whoever has the API key. */
export function anchorCommand({ chainId }: Batch, file: URL): OwnCommand {
  const text = `ROOTMARK_API_KEY=… npx hardhat anchor --batch ${file.href} --network ${networkOf(chainId).name}`
  return { text, file: undefined }
}

/** Changes the standing of credentials of an anchored batch; root and issuer say enough, so that neither file nor service is needed. */
export function statusCommand(
  batch: Batch,
  action: OwnAction,
  statusIndexes: readonly number[],
): OwnCommand {
  const ranges = rangesOf(statusIndexes)
  const isShort = ranges.length <= mostRanges
  const which = isShort ? `--index ${ranges.join()}` : `--indexes ${indexFile}`
  return {
    text: `npx hardhat ${action} ${nameOf(batch)} ${which} ${networkOption(batch)}`,
    file: isShort ? undefined : `${statusIndexes.join('\n')}\n`,
  }
}

/** The same for all of it. */
export function wholeCommand(batch: Batch, action: OwnAction): OwnCommand {
  const which = action === 'withdraw' ? '' : `--index 0-${batch.size - 1} `
  const text = `npx hardhat ${action} ${nameOf(batch)} ${which}${networkOption(batch)}`
  return { text, file: undefined }
}

function nameOf({ root, issuerAccount }: Batch): string {
  return `--root ${root} --issuer ${issuerAccount}`
}

function networkOption({ chainId }: Batch): string {
  return `--network ${networkOf(chainId).name}`
}

/** Numbers in order, as `3,17,40-45`. */
function rangesOf(statusIndexes: readonly number[]): readonly string[] {
  const ranges: [number, number][] = []
  for (const index of statusIndexes.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && index <= last[1] + 1) last[1] = index
    else ranges.push([index, index])
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`))
}
