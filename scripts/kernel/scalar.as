import { permute } from './permutation'
import { buffer, isBehind } from './node'
export { buffer, levels } from './node'

/** Bytes that one permutation takes up. */
const RATE: i32 = 136

/** The sponge; the hash stands in its first 32 bytes. */
export const state = memory.data(200, 16)

/** Hashes the pairs of `width` nodes at `from` to `to`; returns where the next node belongs. */
export function hashPairs(from: usize, to: usize, width: i32): usize {
  for (; width >= 2; width -= 2) {
    hashPair(from, from + 32)
    copyNode(to, state)
    from += 64
    to += 32
  }
  return to
}

/** Replaces `count` digests by their leaves; their status indexes stand behind them. */
export function leaves(count: i32): void {
  const indexes = buffer + (<usize>count << 5)
  for (let i = 0; i < count; i++) {
    const digest = buffer + (<usize>i << 5)
    hashLeaf(digest, load<u32>(indexes + (<usize>i << 2)))
    copyNode(digest, state)
  }
}

/** The leaf of the digest in the buffer. */
export function leaf(index: f64): void {
  hashLeaf(buffer, <u64>index)
}

/** The root that the leaf in the buffer and the `count` siblings behind it lead to. */
export function fold(count: i32): void {
  copyNode(state, buffer)
  let node = buffer
  for (; count > 0; count--) {
    // The node so far takes the place of the sibling that is used up.
    copyNode(node, state)
    hashPair(node, node + 32)
    node += 32
  }
}

/** Starts a message. */
export function start(): void {
  clear(0)
}

/** Takes up `length` bytes of the buffer, whole blocks of 136. */
export function absorb(length: i32): void {
  for (let at = 0; at < length; at += RATE) {
    for (let i: usize = 0; i < <usize>RATE; i += 8) {
      const lane = state + i
      store<u64>(lane, load<u64>(lane) ^ load<u64>(buffer + at + i))
    }
    permute(state)
  }
}

/** Takes up the last `length` bytes, with the padding of Keccak before FIPS 202. */
export function finish(length: i32): void {
  const rest = length % RATE
  absorb(length - rest)
  memory.fill(buffer + length, 0, RATE - rest)
  store<u8>(buffer + length, 1)
  const last = buffer + length - rest + RATE - 1
  store<u8>(last, load<u8>(last) | 0x80)
  // The padded block moves to the front, where absorb looks for it.
  memory.copy(buffer, buffer + length - rest, RATE)
  absorb(RATE)
}

function hashLeaf(digest: usize, index: u64): void {
  copyNode(state, digest)
  clear(32)
  store<u64>(state + 56, bswap<u64>(index))
  pad(64)
  clear(32)
  pad(32)
}

function hashPair(a: usize, b: usize): void {
  const isSwapped = isBehind(a, b)
  copyNode(state, isSwapped ? b : a)
  copyNode(state + 32, isSwapped ? a : b)
  clear(64)
  pad(64)
}

/** Ends a message of one block that has `length` bytes, with nothing behind them in the sponge. */
function pad(length: usize): void {
  store<u64>(state + length, 1)
  store<u64>(state + RATE - 8, 1 << 63)
  permute(state)
}

/** Empties the sponge from `from` on. A loop, as the engine's own fill costs more than it saves at such lengths. */
function clear(from: usize): void {
  for (; from < 200; from += 8) store<u64>(state + from, 0)
}

@inline
function copyNode(to: usize, from: usize): void {
  for (let i: usize = 0; i < 32; i += 8) store<u64>(to + i, load<u64>(from + i))
}
