import { permute } from './permutation'
import { buffer, isBehind } from './node'
export { buffer, levels } from './node'

/** Two sponges, lane by lane side by side: as much of them as a block fills. */
const state = memory.data(144, 16)

/** Hashes the pairs of `width` nodes at `from` to `to`, two at a time; returns where the next node belongs. */
export function hashPairs(from: usize, to: usize, width: i32): usize {
  for (; width >= 4; width -= 4) {
    hashTwoPairs(from, from + 64)
    store<v128>(to, low(0))
    store<v128>(to, low(2), 16)
    store<v128>(to, high(0), 32)
    store<v128>(to, high(2), 48)
    from += 128
    to += 64
  }
  if (width >= 2) {
    hashTwoPairs(from, from)
    store<v128>(to, low(0))
    store<v128>(to, low(2), 16)
    to += 32
  }
  return to
}

/** Replaces `count` digests by their leaves; their status indexes stand behind them. */
export function leaves(count: i32): void {
  const indexes = buffer + (<usize>count << 5)
  for (let i = 0; i < count; i += 2) {
    const first = buffer + (<usize>i << 5)
    // Of an odd count the last is hashed twice.
    const step: usize = i + 1 < count ? 1 : 0
    const second = first + (step << 5)
    const index = indexes + (<usize>i << 2)
    fill(0, first, second)
    for (let i: usize = 4; i < 7; i++) setLane(i, i64x2.splat(0))
    setLane(
      7,
      v128.replace_lane<u64>(
        i64x2.splat(bswap<u64>(load<u32>(index))),
        1,
        bswap<u64>(load<u32>(index + (step << 2))),
      ),
    )
    pad(8)
    pad(4)
    const a = low(0)
    const b = low(2)
    store<v128>(second, high(0))
    store<v128>(second, high(2), 16)
    store<v128>(first, a)
    store<v128>(first, b, 16)
  }
}

function hashTwoPairs(a: usize, b: usize): void {
  const swapA: usize = isBehind(a, a + 32) ? 32 : 0
  const swapB: usize = isBehind(b, b + 32) ? 32 : 0
  fill(0, a + swapA, b + swapB)
  fill(4, a + (swapA ^ 32), b + (swapB ^ 32))
  pad(8)
}

/** Ends messages of one block that have so many lanes, and hashes them. */
function pad(lanes: usize): void {
  setLane(lanes, i64x2.splat(1))
  for (let i = lanes + 1; i < 9; i++) setLane(i, i64x2.splat(0))
  permute(state)
}

/** Puts 32 bytes from each of two places into four lanes of the two sponges. */
@inline
function fill(at: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < 2; i++) {
    const x = load<v128>(a + (i << 4))
    const y = load<v128>(b + (i << 4))
    setLane(at + 2 * i, v128.shuffle<u64>(x, y, 0, 2))
    setLane(at + 2 * i + 1, v128.shuffle<u64>(x, y, 1, 3))
  }
}

/** Two lanes of the first sponge. */
@inline
function low(at: usize): v128 {
  return v128.shuffle<u64>(lane(at), lane(at + 1), 0, 2)
}

/** Two lanes of the second sponge. */
@inline
function high(at: usize): v128 {
  return v128.shuffle<u64>(lane(at), lane(at + 1), 1, 3)
}

@inline
function lane(at: usize): v128 {
  return load<v128>(state + (at << 4))
}

@inline
function setLane(at: usize, value: v128): void {
  store<v128>(state + (at << 4), value)
}
