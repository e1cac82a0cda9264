/** What both kernels do with nodes, digests and status indexes that lie in their memory from `buffer` on. */
export interface BatchKernel {
  readonly memory: Uint8Array
  readonly buffer: number
  readonly levels: (width: number, height: number) => void
  readonly leaves: (count: number) => void
}

/** The kernel of one lane: it also hashes messages, single leaves and the way from a leaf to its root. */
export interface ScalarKernel extends BatchKernel {
  readonly state: number
  readonly start: () => void
  readonly absorb: (length: number) => void
  readonly finish: (length: number) => void
  readonly leaf: (statusIndex: number) => void
  readonly fold: (count: number) => void
}

/** Bytes of a kernel's buffer that a message may fill: whole blocks, with room for the padding of the last. */
export const messageSlice = 136 * 1024

/** Nodes or digests that a kernel takes at once. */
export const nodeSlice = 4096

/** Starts a kernel. Both are far below the sizes that browsers refuse to compile at once. */
export function startKernel<T extends BatchKernel>(binary: Uint8Array<ArrayBuffer>): T {
  const exports: Record<string, unknown> = new WebAssembly.Instance(new WebAssembly.Module(binary))
    .exports
  const addresses = ['buffer', 'state'].map((name) => [
    name,
    (exports[name] as WebAssembly.Global | undefined)?.value,
  ])
  const memory = new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer)
  return { ...exports, ...Object.fromEntries(addresses), memory } as unknown as T
}

export function kernelBinary(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
}
