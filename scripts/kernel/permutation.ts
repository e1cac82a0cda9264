/** What the rounds are written in: one state in 64-bit words, or two states side by side in 128-bit vectors. */
export type Lane = 'u64' | 'v128'

const steps = [0, 1, 2, 3, 4]
const rotations = rotationOfLanes()

/** What a function of the permutation reads and writes: the first `read` lanes and lane 16 or all 25, the first `written`. */
export interface Extent {
  readonly read: 9 | 25
  readonly written: 4 | 25
}

/**
 * AssemblyScript of Keccak-f[1600] (FIPS 202 §3.2) for one kind of lane: `permute(state)`, in place. Lanes that are not read are 0, but for the last of
 * a block, which then has the last bit of its padding.
 *
 * Two rounds a turn, from the locals a0…a24 over e0…e24 back, so that no lane is ever moved and none goes through memory.
 */
export function permutationSource(lane: Lane, { read, written }: Extent): string {
  const { zero, padded } = operations[lane]
  const width = lane === 'u64' ? 8 : 16
  const lanes = Array.from({ length: 25 }, (_, i) => i)
  const start = (i: number) => {
    if (i < read) return `load<${lane}>(state, ${i * width})`
    return i === 16 ? padded : zero
  }
  return [
    `const CONSTANTS = memory.data<u64>([${roundConstants().map(hex).join(', ')}])`,
    'export function permute(state: usize): void {',
    ...lanes.map((i) => `let a${i} = ${start(i)}`),
    'for (let k = CONSTANTS, end = k + 192; k < end; k += 16) {',
    ...round(lane, 'a', 'const e', 0),
    ...round(lane, 'e', 'a', 8),
    '}',
    ...lanes.slice(0, written).map((i) => `store<${lane}>(state, a${i}, ${i * width})`),
    '}',
  ].join('\n')
}

/** One round from the locals `from…` to those that `to…` names; `constant` is the offset of its round constant. */
function round(lane: Lane, from: string, to: string, constant: number): string[] {
  const { xor, and, rotate, iota } = operations[lane]
  const lines: string[] = []
  for (const x of steps) {
    const [first = '', ...others] = steps.map((y) => from + (x + 5 * y))
    lines.push(`const ${from}c${x} = ${others.reduce(xor, first)}`)
  }
  for (const x of steps) {
    const turned = rotate(`${from}c${(x + 1) % 5}`, 1)
    lines.push(`const ${from}d${x} = ${xor(`${from}c${(x + 4) % 5}`, turned)}`)
  }
  for (const row of steps) {
    const moved = steps.map((y) => `${from}b${y + 5 * row}`)
    for (const y of steps) {
      const x = steps.find((x) => (2 * x + 3 * y) % 5 === row) as number
      const lane = xor(from + (x + 5 * y), `${from}d${x}`)
      lines.push(`const ${moved[y]} = ${rotate(lane, rotations[x + 5 * y] as number)}`)
    }
    for (const x of steps) {
      const [here = '', next = '', afterNext = ''] = [0, 1, 2].map((by) => moved[(x + by) % 5])
      const mixed = xor(here, and(next, afterNext))
      lines.push(`${to}${x + 5 * row} = ${x + row === 0 ? xor(mixed, iota(constant)) : mixed}`)
    }
  }
  return lines
}

/** `and` is "not the first, and the second". V8 has no rotation of vectors; two shifts are faster than a byte shuffle. */
const operations = {
  u64: {
    xor: (a: string, b: string) => `(${a} ^ ${b})`,
    and: (a: string, b: string) => `(~${a} & ${b})`,
    rotate: (a: string, by: number) => `rotl<u64>(${a}, ${by})`,
    zero: 'u64(0)',
    padded: 'u64(1 << 63)',
    iota: (offset: number) => `load<u64>(k, ${offset})`,
  },
  v128: {
    xor: (a: string, b: string) => `v128.xor(${a}, ${b})`,
    and: (a: string, b: string) => `v128.andnot(${b}, ${a})`,
    rotate: (a: string, by: number) =>
      by === 0 ? a : `v128.or(v128.shl<u64>(${a}, ${by}), v128.shr<u64>(${a}, ${64 - by}))`,
    zero: 'i64x2.splat(0)',
    padded: 'i64x2.splat(1 << 63)',
    iota: (offset: number) => `v128.load_splat<u64>(k, ${offset})`,
  },
} as const

/** FIPS 202 §3.2.2, by lane x + 5y. */
function rotationOfLanes(): readonly number[] {
  const rotations = [0]
  for (let t = 0, x = 1, y = 0; t < 24; t++) {
    rotations[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64
    ;[x, y] = [y, (2 * x + 3 * y) % 5]
  }
  return rotations
}

/** FIPS 202 §3.2.5: bits of a linear feedback shift register, at the places 2^j - 1. */
function roundConstants(): readonly bigint[] {
  let register = 1
  return Array.from({ length: 24 }, () => {
    let constant = 0n
    for (let j = 0; j < 7; j++) {
      if (register & 1) constant |= 1n << BigInt(2 ** j - 1)
      register = register & 0x80 ? (register << 1) ^ 0x171 : register << 1
    }
    return constant
  })
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`
}
