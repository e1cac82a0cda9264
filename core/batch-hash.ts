import { invariant } from './error.ts'
import { batchKernel } from './kernel/batch.ts'
import { type BatchKernel, nodeSlice } from './kernel/kernel.ts'

/** Levels that are built over a slice of 2^12 nodes at once. */
const sliceHeight = 12

/**
 * Hashes all levels over the first one (format rule 6), in place.
 *
 * `nodes` holds 32 bytes a node, `levels[k]` is the node offset of level k; the first level is there already. Slices of it are taken up as high as they
 * go, so that all work is done in a core's own cache and the kernel's memory stays small.
 */
export function hashLevels(
  nodes: Uint8Array,
  levels: readonly number[],
  kernel: BatchKernel = batchKernel(),
): void {
  hashLowerLevels(nodes, levels, 0, sliceCount(levels), kernel)
  hashUpperLevels(nodes, levels, kernel)
}

/** Slices of the first level: they can be hashed in any order, and by several threads where `nodes` is shared memory. */
export function sliceCount(levels: readonly number[]): number {
  return slicesAt(levels, 0)
}

/** Hashes the levels over some slices of the first one, from `first` to before `end`. */
export function hashLowerLevels(
  nodes: Uint8Array,
  levels: readonly number[],
  first: number,
  end: number,
  kernel: BatchKernel = batchKernel(),
): void {
  for (let slice = first; slice < end; slice++) hashSlice(nodes, levels, 0, slice, kernel)
}

/** Hashes what remains when the levels over all slices of the first one are there. */
export function hashUpperLevels(
  nodes: Uint8Array,
  levels: readonly number[],
  kernel: BatchKernel = batchKernel(),
): void {
  for (let base = sliceHeight; base < levels.length - 1; base += sliceHeight) {
    const end = slicesAt(levels, base)
    for (let slice = 0; slice < end; slice++) hashSlice(nodes, levels, base, slice, kernel)
  }
}

function hashSlice(
  nodes: Uint8Array,
  levels: readonly number[],
  base: number,
  slice: number,
  { memory, buffer, levels: build }: BatchKernel,
): void {
  const height = Math.min(sliceHeight, levels.length - 1 - base)
  const from = (levels[base] as number) + slice * nodeSlice
  let width = Math.min(nodeSlice, endOf(levels, base) - from)
  memory.set(nodes.subarray(from * 32, (from + width) * 32), buffer)
  build(width, height)
  for (let up = 1, at = buffer; up <= height; up++) {
    at += width * 32
    width = Math.ceil(width / 2)
    const to = (levels[base + up] as number) + slice * 2 ** (sliceHeight - up)
    nodes.set(memory.subarray(at, at + width * 32), to * 32)
  }
}

function slicesAt(levels: readonly number[], base: number): number {
  return Math.ceil((endOf(levels, base) - (levels[base] as number)) / nodeSlice)
}

/** Where a level ends; the last one is the root alone. */
function endOf(levels: readonly number[], level: number): number {
  return levels[level + 1] ?? (levels[level] as number) + 1
}

/** Replaces digests (32 bytes each, in a row) by their leaves at the status indexes from `first` on (format rule 5), in place. */
export function hashLeaves(
  digests: Uint8Array,
  first: number,
  kernel: BatchKernel = batchKernel(),
): void {
  invariant(
    Number.isInteger(first) && first >= 0 && first + digests.length / 32 <= 2 ** 32,
    'a batch has 32-bit status indexes',
  )
  hashSlices(digests, (index, at) => first + index + at, kernel)
}

/** Replaces digests by their leaves, each at the status index of the same position. */
export function hashLeavesAt(
  digests: Uint8Array,
  indexes: Uint32Array,
  kernel: BatchKernel = batchKernel(),
): void {
  invariant(indexes.length * 32 === digests.length, 'a status index for each digest')
  hashSlices(digests, (index, at) => indexes[index + at] as number, kernel)
}

function hashSlices(
  digests: Uint8Array,
  indexOf: (slice: number, at: number) => number,
  kernel: BatchKernel,
): void {
  invariant(digests.length % 32 === 0, 'a digest has 32 bytes')
  const { memory, buffer } = kernel
  for (let from = 0, size = digests.length / 32; from < size; from += nodeSlice) {
    const count = Math.min(nodeSlice, size - from)
    const slice = digests.subarray(from * 32, (from + count) * 32)
    memory.set(slice, buffer)
    const indexes = new Uint32Array(memory.buffer, buffer + count * 32, count)
    for (let i = 0; i < count; i++) indexes[i] = indexOf(from, i)
    kernel.leaves(count)
    slice.set(memory.subarray(buffer, buffer + count * 32))
  }
}
