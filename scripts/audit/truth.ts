import type { Block } from '../../core/chain.ts'
import type { AnchorRecord } from '../../core/registry.ts'
import { countBits } from './anchor-log.ts'
import type { Finding } from './findings.ts'
import type { Place } from './place.ts'
import type { Bitmaps, Grant, RegistryState } from './state.ts'

/** What is proved, while `tell` hears where the endpoint says something else of the same block. */
export function toldApart(
  { chain }: Place,
  { number }: Block,
  asked: RegistryState,
  proved: RegistryState,
  tell: (finding: Finding) => void,
): RegistryState {
  const compare = async <T>(
    what: string,
    read: (state: RegistryState) => Promise<T>,
    say: (value: T) => string,
    root?: string,
  ): Promise<T> => {
    const [said, held] = await Promise.all([read(asked), read(proved)])
    if (factsOf(said) !== factsOf(held)) {
      const message = `${chain.label} does not tell the truth about ${what} at block ${number}: it says “${say(said)}”, and the state of the block holds “${say(held)}”.`
      tell({ code: 'chain_answer_disproved', message, ...(root !== undefined && { root }) })
    }
    return held
  }
  return {
    anchorCount: () => compare('the number of batches', (state) => state.anchorCount(), String),
    anchorOf: (root) =>
      compare(`the anchor of ${root}`, (state) => state.anchorOf(root), sayAnchor, root),
    bitmapsOf: (root, size) =>
      compare(
        `the statuses of batch ${root}`,
        (state) => state.bitmapsOf(root, size),
        sayStatuses,
        root,
      ),
    grantOf: (operator) =>
      compare(`the operator ${operator}`, (state) => state.grantOf(operator), sayGrant),
  }
}

function factsOf(value: unknown): string {
  return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString(16) : each))
}

function sayAnchor({ anchoredAt, withdrawnAt, sequence, size }: AnchorRecord): string {
  if (anchoredAt === 0) return 'no anchor'
  const end = withdrawnAt === 0 ? '' : `, withdrawn at ${withdrawnAt}`
  return `batch ${sequence} of ${size} credentials, anchored at ${anchoredAt}${end}`
}

function sayStatuses({ revocation, suspension }: Bitmaps): string {
  const list = (words: readonly bigint[]) => {
    const indexes = words.flatMap((word, w) =>
      word === 0n ? [] : [...bitsOf(word)].map((bit) => w * 256 + bit),
    )
    return `${countBits(words)}${indexes.length > 0 ? ` (${indexes.slice(0, 8).join(', ')}${indexes.length > 8 ? ', …' : ''})` : ''}`
  }
  return `${list(revocation)} revoked, ${list(suspension)} suspended`
}

function* bitsOf(word: bigint): Generator<number> {
  for (let bit = 0; bit < 256; bit++) if ((word >> BigInt(bit)) & 1n) yield bit
}

export function sayGrant({ roles, expiry }: Grant): string {
  return roles === 0 ? 'no role' : `roles ${roles} until ${expiry}`
}
