import type { BatchWords } from './batch-words.ts'
import { type Hex, toHex } from './bytes.ts'
import { type Block, ChainUnreadableError } from './chain.ts'
import type { ReadWords } from './proved-accreditations.ts'
import type { Claim, RegistryState } from './registry.ts'
import { batchWordsOf, type CredentialWords, slotsOf } from './storage-layout.ts'
import { leafOf, rootFrom } from './tree-path.ts'

/** What a registry's storage says of the batch of a claim and of all credentials in the claim's status word. */
export async function readBatchWords(readWords: ReadWords, claim: Claim): Promise<BatchWords> {
  const root = rootOf(claim)
  const slots = Object.entries(slotsOf(claim.issuer, root, claim.statusIndex))
  const words = await readWords(slots.map(([, slot]) => slot))
  const named = Object.fromEntries(slots.map(([name], i) => [name, words[i]])) as CredentialWords
  return { ...batchWordsOf(named, claim.statusIndex), root }
}

function rootOf({ digest, statusIndex, siblings }: Claim): Hex {
  return toHex(rootFrom(leafOf(digest, statusIndex), siblings))
}

/** Throws `ChainUnreadableError` where an endpoint says something else of a block than is proved. */
export function requireTruth(
  label: string,
  { number }: Block,
  proved: RegistryState,
  said: RegistryState,
): void {
  if (factsOf(proved).join() === factsOf(said).join()) return
  throw new ChainUnreadableError(
    'chain_answer_disproved',
    `${label} does not tell the truth about block ${number}: it says “${tell(said)}”, and the state of the block holds “${tell(proved)}”`,
  )
}

function factsOf({ verification, anchorCount }: RegistryState): readonly unknown[] {
  const { standing, root, record } = verification
  const { anchoredAt, withdrawnAt, sequence, size } = record
  return [standing, root, anchoredAt, withdrawnAt, sequence, size, anchorCount]
}

function tell({ verification: { standing, record }, anchorCount }: RegistryState): string {
  return `${standing}, anchored at ${record.anchoredAt}, batch ${record.sequence} of ${anchorCount}`
}
