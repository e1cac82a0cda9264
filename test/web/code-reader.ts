// Reads QR codes out of pictures (ISO/IEC 18004), apart from the library that draws ours: what it reads, a phone can read.
// It corrects no errors, so every module has to be where it belongs.

/** Pixels of a picture in which there is a code and nothing else: is the one at this place dark? */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly isDark: (x: number, y: number) => boolean
}

type Modules = readonly (readonly boolean[])[]

// Table 9 of the standard, for levels L and M: error correction codewords in a block, and blocks, of versions 1 to 40.
const eccLengths = {
  L: '7 10 15 20 26 18 20 24 30 18 20 24 26 30 22 24 28 30 28 28 28 28 30 30 26 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30',
  M: '10 16 26 18 24 16 18 22 22 26 30 22 22 24 24 28 28 26 26 26 26 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28',
}
const blockCounts = {
  L: '1 1 1 1 1 2 2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25',
  M: '1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49',
}
const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/** The text of the code in a picture. */
export function readCode(picture: Picture): { readonly text: string; readonly version: number } {
  const modules = sample(picture)
  const version = (modules.length - 17) / 4
  const { level, mask } = readFormat(modules)
  const bits = readBits(modules, version, masks[mask] as (x: number, y: number) => boolean)
  return { text: readSegments(dataOf(bits, version, level), version), version }
}

/** One sample in the middle of each module; the finder in the corner tells how large they are. */
function sample({ width, height, isDark }: Picture): Modules {
  const dark: [number, number][] = []
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (isDark(x, y)) dark.push([x, y])
  const left = Math.min(...dark.slice(0, 5000).map(([x]) => x))
  const top = dark[0]?.[1] ?? 0
  const right = dark.reduce((most, [x]) => Math.max(most, x), 0)
  let run = 0
  while (isDark(left + run, top)) run += 1
  const size = Math.round((((right - left + 1) / run) * 7 - 17) / 4) * 4 + 17
  const module = (right - left + 1) / size
  const at = (start: number, i: number) => Math.floor(start + (i + 0.5) * module)
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) => isDark(at(left, x), at(top, y))),
  )
}

function readFormat(modules: Modules): { readonly level: 'L' | 'M'; readonly mask: number } {
  const places: [number, number][] = [
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((y): [number, number] => [8, y]),
    ...[7, 5, 4, 3, 2, 1, 0].map((x): [number, number] => [x, 8]),
  ]
  const bits = places.reduce((sum, [x, y], i) => sum | (Number(modules[y]?.[x]) << i), 0) ^ 0x5412
  const level = bits >> 13
  if (level > 1) throw new Error(`level ${level} is not printed here`)
  return { level: level === 1 ? 'L' : 'M', mask: (bits >> 10) & 7 }
}

function readBits(
  modules: Modules,
  version: number,
  mask: (x: number, y: number) => boolean,
): readonly number[] {
  const size = modules.length
  const bits: number[] = []
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        if (isFixed(x, y, size, version)) continue
        bits.push(Number((modules[y]?.[x] ?? false) !== mask(x, y)))
      }
    }
  }
  return bits
}

/** Finders with their format, timing, alignment and version: no data. */
function isFixed(x: number, y: number, size: number, version: number): boolean {
  if (x === 6 || y === 6) return true
  if ((x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8)) return true
  if (version >= 7 && ((x >= size - 11 && y < 6) || (x < 6 && y >= size - 11))) return true
  const centres = centresOf(version, size)
  const last = size - 7
  return centres.some((cy) =>
    centres.some((cx) => {
      const isFinder =
        (cx === 6 && cy === 6) || (cx === 6 && cy === last) || (cx === last && cy === 6)
      return !isFinder && Math.abs(cx - x) <= 2 && Math.abs(cy - y) <= 2
    }),
  )
}

function centresOf(version: number, size: number): readonly number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  return [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - i * step)]
}

/** The data codewords, taken out of the blocks that they are dealt to. */
function dataOf(bits: readonly number[], version: number, level: 'L' | 'M'): readonly number[] {
  const raw = Array.from({ length: Math.floor(bits.length / 8) }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0),
  )
  const of = (table: string) => Number(table.split(' ')[version - 1])
  const ecc = of(eccLengths[level])
  const count = of(blockCounts[level])
  const short = Math.floor(raw.length / count) - ecc
  const firstLong = count - (raw.length % count)
  const blocks: number[][] = Array.from({ length: count }, () => [])
  let next = 0
  for (let i = 0; i <= short; i++) {
    for (const [at, block] of blocks.entries()) {
      if (i < short || at >= firstLong) block.push(raw[next++] as number)
    }
  }
  return blocks.flat()
}

function readSegments(data: readonly number[], version: number): string {
  const bits = data.flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1))
  let at = 0
  const take = (count: number) => {
    const value = bits.slice(at, at + count).reduce((sum, bit) => sum * 2 + bit, 0)
    at += count
    return value
  }
  let text = ''
  while (bits.length - at >= 4) {
    const mode = take(4)
    if (mode === 0) return text
    if (mode === 4) {
      const bytes = Array.from({ length: take(version < 10 ? 8 : 16) }, () => take(8))
      text += new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
    } else if (mode === 1) {
      let left = take(version < 10 ? 10 : version < 27 ? 12 : 14)
      for (; left >= 3; left -= 3) text += String(take(10)).padStart(3, '0')
      if (left > 0) text += String(take(left === 2 ? 7 : 4)).padStart(left, '0')
    } else throw new Error(`mode ${mode} is not printed here`)
  }
  return text
}
