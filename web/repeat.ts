import { unbake } from '../core/baked.ts'
import { fromHex } from '../core/bytes.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import { parseProofs } from '../core/proof.ts'
import { encodeVerify } from '../core/registry.ts'
import type { AnchorEvidence } from '../core/report.ts'

/**
 * The question that the registry was asked, as a command for any machine with a chain endpoint: `verify(issuer, digest, statusIndex,
 * siblings)` at the same block. `undefined` where the credential's proof cannot be opened anew.
 */
export async function repeatingCommand(
  content: Uint8Array | string,
  anchor: AnchorEvidence,
): Promise<string | undefined> {
  try {
    const document = parseJson(await unbake(content))
    const proof = isObject(document) ? parseProofs(document).anchor : undefined
    if (!proof) return undefined
    const { issuer, statusIndex, siblings } = proof
    const digest = fromHex(anchor.digest)
    const data = encodeVerify({ issuer, digest, statusIndex, siblings })
    const block = `0x${anchor.block.number.toString(16)}`
    const params = [{ to: anchor.registry, data }, block]
    const question = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_call', params })
    return `curl -s "$RPC_URL" -H 'content-type: application/json' -d '${question}'`
  } catch {
    // It was checked, and is not worded here again: the rest of the evidence stands without this line.
    return undefined
  }
}
