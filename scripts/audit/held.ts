import { readFile } from 'node:fs/promises'
import { InvalidInputError } from '../../core/error.ts'
import { isObject } from '../../core/i-json.ts'
import { parseJson } from '../../core/json.ts'
import { parseProofs } from '../../core/proof.ts'
import { parseTimestamp } from '../../core/time.ts'
import { filesAt } from './batches.ts'
import type { AnchoredBatch } from './chain.ts'
import type { Finding, Scope } from './findings.ts'
import { leafFrom, rootFrom } from './rebuild.ts'

/** Clocks differ, and a chain that turns back dates an anchor anew: an hour either way is no lie. */
const toleranceMs = 3_600_000

/** Credentials as holders have them: files or folders of `.json`, separated by commas. */
export async function heldFiles(paths: string | undefined): Promise<readonly string[]> {
  const names = (paths ?? '').split(',').filter((path) => path.trim() !== '')
  return (await Promise.all(names.map((path) => filesAt(path.trim(), '.json')))).flat()
}

/**
 * What is wrong with a credential by what the auditor's own code recomputes, and by the dates of its signatures: those are made when
 * it is first handed out, which is after its anchor (format rule 14.1); `now` is in milliseconds.
 */
export function judgeHeld(
  bytes: Uint8Array,
  byRoot: ReadonlyMap<string, AnchoredBatch>,
  scope: Scope,
  now: number,
): readonly Finding[] {
  try {
    const credential = parseJson(bytes)
    if (!isObject(credential)) throw new InvalidInputError('json_malformed', 'it is no object')
    const { anchor, others } = parseProofs(credential)
    if (!anchor) return [{ code: 'anchor_missing', message: 'It carries no anchor proof.' }]
    const { issuer, registry, chainId, statusIndex, salt, siblings } = anchor
    if (issuer !== scope.issuer || registry !== scope.registry || chainId !== scope.chainId) {
      const message = `It is a credential of ${issuer} for ${registry} on chain ${chainId}.`
      return [{ code: 'credential_foreign', message }]
    }
    const root = rootFrom(leafFrom(credential, salt, statusIndex), siblings)
    const batch = byRoot.get(root)
    if (!batch || statusIndex >= batch.size) {
      const message = `It leads to root ${root}, which is not anchored: it was changed, or never part of a batch.`
      return [{ code: 'credential_altered', message, root }]
    }
    return others.flatMap((proof) => misdated(proof, batch, now))
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const { code, message } = thrown
    return [{ code, message: `It is not a credential as issued: ${message}.` }]
  }
}

/** The leaf of a credential at hand, and where in its batch it belongs. */
export interface HeldLeaf {
  readonly root: string
  readonly statusIndex: number
  readonly leaf: Buffer
  readonly file: string
}

/** The leaves of those that are well-formed; what is wrong with others, `judgeHeld` tells. */
export async function leavesOfHeld(files: readonly string[]): Promise<readonly HeldLeaf[]> {
  const leaves: HeldLeaf[] = []
  for (const file of files) {
    try {
      const credential = parseJson(await readFile(file))
      const anchor = isObject(credential) ? parseProofs(credential).anchor : undefined
      if (!anchor || !isObject(credential)) continue
      const { salt, statusIndex, siblings } = anchor
      const leaf = leafFrom(credential, salt, statusIndex)
      leaves.push({ root: rootFrom(leaf, siblings), statusIndex, leaf, file })
    } catch (thrown) {
      if (!(thrown instanceof InvalidInputError)) throw thrown
    }
  }
  return leaves
}

function misdated(
  proof: unknown,
  { sequence, root, blockTime }: AnchoredBatch,
  now: number,
): readonly Finding[] {
  const { created } = proof as { readonly created?: unknown }
  if (created === undefined) return []
  const claimed = parseTimestamp(created, '/proof/created')
  const anchored = Date.parse(blockTime)
  const place = { sequence, root }
  if (claimed < anchored - toleranceMs) {
    const message = `Its signature claims ${created}, but its batch was anchored at ${blockTime} and handed out after that.`
    return [{ code: 'signature_backdated', message, ...place }]
  }
  if (claimed <= now + toleranceMs) return []
  const message = `Its signature claims ${created}, which is yet to come.`
  return [{ code: 'signature_postdated', message, ...place }]
}
