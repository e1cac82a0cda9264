import { ChainUnreadableError } from '../core/chain.ts'
import { messageOf } from '../core/error.ts'
import type { Readers } from '../core/verify.ts'

/** Something that a thread has its parent read. */
export type Asked =
  | {
      readonly what: 'chain'
      readonly chainId: number
      readonly method: string
      readonly params: readonly unknown[]
    }
  | { readonly what: 'document'; readonly url: string }
  | {
      readonly what: 'migrations'
      readonly of: Parameters<NonNullable<Readers['migrations']>>
    }

/** A value, or what is told of why there is none. */
export type Read =
  | { readonly value: unknown }
  | {
      readonly failed: {
        readonly isChain: boolean
        readonly message: string
        readonly code: unknown
        readonly data: unknown
      }
    }

/** Readers of a thread: what they want is asked of the parent. `chains` are the ids and labels of those that it knows. */
export function distantReaders(
  chains: ReadonlyMap<number, string>,
  ask: (asked: Asked) => Promise<Read>,
): Readers {
  const read = async (asked: Asked): Promise<unknown> => {
    const answer = await ask(asked)
    if ('value' in answer) return answer.value
    const { isChain, message, code, data } = answer.failed
    throw isChain
      ? new ChainUnreadableError(code as ChainUnreadableError['code'], message)
      : Object.assign(new Error(message), { code, data })
  }
  return {
    chain(chainId) {
      const label = chains.get(chainId)
      if (label === undefined) return undefined
      return {
        label,
        provider: {
          request: ({ method, params = [] }) => read({ what: 'chain', chainId, method, params }),
        },
      }
    },
    document: (url) => read({ what: 'document', url }),
    migrations: async (...of) => (await read({ what: 'migrations', of })) as readonly unknown[],
  }
}

/** What the parent answers. Never throws. */
export async function readFor(readers: Readers, asked: Asked): Promise<Read> {
  try {
    return { value: await readWith(readers, asked) }
  } catch (thrown) {
    const { code, data } = (thrown ?? {}) as { readonly code?: unknown; readonly data?: unknown }
    const isChain = thrown instanceof ChainUnreadableError
    return { failed: { isChain, message: messageOf(thrown), code, data } }
  }
}

function readWith(readers: Readers, asked: Asked): unknown {
  switch (asked.what) {
    case 'chain':
      return readers.chain(asked.chainId)?.provider.request(asked)
    case 'document':
      return readers.document(asked.url)
    case 'migrations':
      return readers.migrations?.(...asked.of) ?? []
  }
}
