import { type BatchKernel, kernelBinary, startKernel } from './kernel.ts'
import { scalar } from './scalar.ts'
import { simdBytes } from './simd-bytes.ts'

let started: BatchKernel | undefined

/** The fastest kernel that runs here. Started at the first call, so that a page that builds no tree does not carry it. */
export function batchKernel(): BatchKernel {
  started ??= simdKernel() ?? scalar
  return started
}

/** The kernel that hashes two messages at a time, where WebAssembly has vectors. */
export function simdKernel(): BatchKernel | undefined {
  const binary = kernelBinary(simdBytes)
  return WebAssembly.validate(binary) ? startKernel(binary) : undefined
}
