import { type Block, readLatestBlock } from '../core/chain.ts'
import type { ServiceChain } from './chains.ts'

const freshMs = 500
const heads = new WeakMap<ServiceChain, { readonly at: number; readonly block: Promise<Block> }>()

/** The newest block as of half a second ago at most: whoever asks within that time shares a reading. Throws `ChainUnreadableError`. */
export function readHeadSoon(service: ServiceChain): Promise<Block> {
  const now = performance.now()
  const last = heads.get(service)
  if (last && now - last.at < freshMs) return last.block
  const block = readLatestBlock(service.chain, service.chainId)
  heads.set(service, { at: now, block })
  block.catch(() => {
    if (heads.get(service)?.block === block) heads.delete(service)
  })
  return block
}

/** The next reading is a new one, because this process knows of a later block. */
export function forgetHead(service: ServiceChain): void {
  heads.delete(service)
}
