import type { AnchorRecord } from '../../core/registry.ts'
import { readView, registry } from '../contracts.ts'
import type { Place } from './place.ts'

/** Who has ended, as the registry's words of 256 bits from status index 0. */
export interface Bitmaps {
  readonly revocation: readonly bigint[]
  readonly suspension: readonly bigint[]
}

/** What an operator may do: roles as bits, and until when (seconds). */
export interface Grant {
  readonly roles: number
  readonly expiry: number
}

/** What the registry holds of an issuer at one block, however that is known. Everything throws where it cannot be read. */
export interface RegistryState {
  readonly anchorCount: () => Promise<number>
  /** All zeros where there is no such anchor. */
  readonly anchorOf: (root: string) => Promise<AnchorRecord>
  readonly bitmapsOf: (root: string, size: number) => Promise<Bitmaps>
  readonly grantOf: (operator: string) => Promise<Grant>
}

const wordsPerCall = 1024

/** What the registry's view functions answer: the endpoint is believed. */
export function askedState({ chain, address, issuer }: Place, block: number): RegistryState {
  const ask = (view: string, args: readonly unknown[]) =>
    readView(chain.provider, address, registry, view, args, block)
  const askWords = async (view: string, root: string, count: number) => {
    const words: bigint[] = []
    for (let first = 0; first < count; first += wordsPerCall) {
      const [some] = await ask(view, [issuer, root, first, Math.min(wordsPerCall, count - first)])
      words.push(...(some as readonly bigint[]))
    }
    return words
  }
  return {
    anchorCount: async () => Number((await ask('anchorCount', [issuer]))[0]),
    async anchorOf(root) {
      const [{ anchoredAt, withdrawnAt, sequence, size }] = await ask('anchorOf', [issuer, root])
      return {
        anchoredAt: Number(anchoredAt),
        withdrawnAt: Number(withdrawnAt),
        sequence: Number(sequence),
        size: Number(size),
      }
    },
    async bitmapsOf(root, size) {
      const count = Math.ceil(size / 256)
      return {
        revocation: await askWords('revocations', root, count),
        suspension: await askWords('suspensions', root, count),
      }
    },
    async grantOf(operator) {
      const [roles, expiry] = await ask('operatorOf', [issuer, operator])
      return { roles: Number(roles), expiry: Number(expiry) }
    },
  }
}
