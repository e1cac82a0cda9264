import { kernelBinary, type ScalarKernel, startKernel } from './kernel.ts'
import { scalarBytes } from './scalar-bytes.ts'

/** The kernel that runs wherever WebAssembly does. */
export const scalar: ScalarKernel = startKernel(kernelBinary(scalarBytes))
