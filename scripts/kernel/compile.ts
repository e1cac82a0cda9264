import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'
import { type Extent, type Lane, permutationSource } from './permutation.ts'

/** The kernels: their AssemblyScript, the lanes of their rounds, and the file of `core/kernel/` that holds their bytes. */
export const kernels = [
  { name: 'scalar', lane: 'u64', extent: { read: 25, written: 25 } },
  // Nodes and leaves are single blocks of at most 8 lanes and the padding.
  { name: 'simd', lane: 'v128', extent: { read: 9, written: 4 } },
] as const satisfies readonly { name: string; lane: Lane; extent: Extent }[]

export type KernelName = (typeof kernels)[number]['name']

/** Compiles a kernel; the same source and compiler give the same bytes on every machine. */
export async function compileKernel(name: KernelName): Promise<Uint8Array> {
  const kernel = kernels.find((kernel) => kernel.name === name) as (typeof kernels)[number]
  const flags = kernel.lane === 'v128' ? [...options, ...vectors] : options
  const sources = new Map([
    [`${name}.ts`, await sourceOf(name)],
    ['hash.ts', `export { hashPairs } from './${name}'`],
    ['node.ts', await sourceOf('node')],
    ['permutation.ts', permutationSource(kernel.lane, kernel.extent)],
  ])
  let binary: Uint8Array | undefined
  const errors: string[] = []
  const { error } = await asc.main([`${name}.ts`, ...flags, '--outFile', 'kernel.wasm'], {
    readFile: (file) => sources.get(file) ?? null,
    writeFile: (_, contents) => {
      if (typeof contents !== 'string') binary = contents
    },
    listFiles: () => [],
    stdout: { write: () => undefined },
    stderr: { write: (text) => void errors.push(String(text)) },
  })
  if (error || !binary) throw new Error(`the kernel ${name} does not compile: ${errors.join('')}`)
  return binary
}

/** The TypeScript file that holds the bytes of a kernel. */
export function kernelModule(name: KernelName, binary: Uint8Array): string {
  const base64 = Buffer.from(binary).toString('base64')
  return `// Made by \`node scripts/kernel/build.ts\`; do not edit.\nexport const ${name}Bytes =\n  '${base64}'\n`
}

export function kernelFile(name: KernelName): string {
  return join(import.meta.dirname, `../../core/kernel/${name}-bytes.ts`)
}

// Level 1: higher ones reorder the rounds, to the compiler's taste and not to the processor's.
const options = ['--runtime', 'stub', '-O1', '--noAssert']
const vectors = ['--enable', 'simd']

async function sourceOf(name: string): Promise<string> {
  return await readFile(join(import.meta.dirname, `${name}.as`), 'utf8')
}
