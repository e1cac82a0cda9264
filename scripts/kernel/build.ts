import { writeFile } from 'node:fs/promises'
import { compileKernel, kernelFile, kernelModule, kernels } from './compile.ts'

for (const { name } of kernels) {
  const binary = await compileKernel(name)
  await writeFile(kernelFile(name), kernelModule(name, binary))
  console.log(`${kernelFile(name)}: ${binary.length} bytes`)
}
