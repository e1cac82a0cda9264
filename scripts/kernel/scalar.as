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
    memory.copy(to, state, 32)
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
    memory.copy(digest, state, 32)
  }
}

/** The leaf of the digest in the buffer. */
export function leaf(index: f64): void {
  hashLeaf(buffer, <u64>index)
}

/** The root that the leaf in the buffer and the `count` siblings behind it lead to. */
export function fold(count: i32): void {
  memory.copy(state, buffer, 32)
  for (let i = 0; i < count; i++) {
    // The node so far takes the place of the sibling that is used up.
    memory.copy(buffer + (<usize>i << 5), state, 32)
    hashPair(buffer + (<usize>i << 5), buffer + (<usize>i << 5) + 32)
  }
}

/** Starts a message. */
export function start(): void {
  memory.fill(state, 0, 200)
}

/** Takes up `length` bytes of the buffer, whole blocks of 136. */
export function absorb(length: i32): void {
  for (let at = 0; at < length; at += RATE) {
    for (let i: usize = 0; i < <usize>RATE; i += 8) mix(i, load<u64>(buffer + at + i))
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
  memory.copy(state, digest, 32)
  memory.fill(state + 32, 0, 168)
  mix(56, bswap<u64>(index))
  pad(64)
  memory.fill(state + 32, 0, 168)
  pad(32)
}

function hashPair(a: usize, b: usize): void {
  const isSwapped = isBehind(a, b)
  memory.copy(state, isSwapped ? b : a, 32)
  memory.copy(state + 32, isSwapped ? a : b, 32)
  memory.fill(state + 64, 0, 136)
  pad(64)
}

/** Ends a message of one block that has `length` bytes, a multiple of 8. */
function pad(length: usize): void {
  mix(length, 1)
  mix(RATE - 8, 1 << 63)
  permute(state)
}

@inline
function mix(offset: usize, value: u64): void {
  store<u64>(state + offset, load<u64>(state + offset) ^ value)
}
